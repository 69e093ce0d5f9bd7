// Firmware for CLibraryTests.
// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "library.h"

int main(void)
{
    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_server_start(&server));
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_load(&config));
    int here = check_in_firmware();
    int there = check_in_module();
    printf("C library: %d wrong in the firmware, %d in the module\n", here, there);
    return here + there;
}
