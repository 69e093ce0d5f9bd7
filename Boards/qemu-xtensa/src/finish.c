// SPDX-License-Identifier: MIT
#include "finish.h"

#include <stdint.h>

#include "machine.h"
#include "semihosting.h"
#include "terminal.h"

_Noreturn void finish(int status)
{
    terminal_flush();
    for (;;)
        semihosting_call(SEMIHOSTING_EXIT, (uint32_t)status & 0xFF, 0, 0);
}

_Noreturn void finish_and_restart(void)
{
    terminal_flush();
    *machine_register(MACHINE_RESET) = MACHINE_RESET_VALUE;
    for (;;) {}  // until QEMU's main loop has taken note
}
