// SPDX-License-Identifier: MIT
#include "finish.h"

#include <stdint.h>

#include "semihosting.h"
#include "terminal.h"

_Noreturn void finish(int status)
{
    terminal_flush();
    for (;;)
        semihosting_call(SEMIHOSTING_EXIT, (uint32_t)status & 0xFF, 0, 0);
}
