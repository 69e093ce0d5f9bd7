// Firmware for CLibraryTests.
// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "library.h"

int main(void)
{
    ESP_ERROR_CHECK(HOTRELOAD_LOAD_DEFAULT());
    int here = check_in_firmware();
    int there = check_in_module();
    printf("C library: %d wrong in the firmware, %d in the module\n", here, there);
    return here + there;
}
