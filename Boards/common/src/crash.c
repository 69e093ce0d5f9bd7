// SPDX-License-Identifier: MIT
#include "crash.h"

#include <stdio.h>

#include "finish.h"
#include "reset.h"

// Weak: a program of the board alone has no runtime to tell.
extern __typeof__(hotreload_crashed) hotreload_crashed __attribute__((weak));

/// Of the restart; HOTRELOAD_PORT_RESET_OTHER: QEMU ends.
static int reason = HOTRELOAD_PORT_RESET_OTHER;

void crash_report(const char *what, const hotreload_port_crash_t *crash)
{
    // Not on the stack, which may be a small one.
    static char where[160];
    printf("\n%s", what);
    const bool is_on_trial = hotreload_crashed != NULL && hotreload_crashed(crash, where, sizeof where);
    printf("%s%s\n", where[0] != '\0' ? " " : "", where);
    if (!is_on_trial)
        return;
    const bool is_fault = crash->kind == HOTRELOAD_PORT_CRASH_TRAP || crash->kind == HOTRELOAD_PORT_CRASH_ABORT;
    reason = is_fault ? HOTRELOAD_PORT_RESET_CRASH : HOTRELOAD_PORT_RESET_WATCHDOG;
}

_Noreturn void crash_end(int status)
{
    if (reason != HOTRELOAD_PORT_RESET_OTHER)
        reset(reason);
    finish(status);
}
