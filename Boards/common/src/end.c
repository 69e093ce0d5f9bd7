// How C programs end, and what ends them.
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "board.h"
#include "crash.h"
#include "finish.h"

void _exit(int status)
{
    finish(status);
}

/// `caller` is where the program called what ends it.
static _Noreturn void end(const char *what, const void *caller)
{
    const hotreload_port_crash_t crash = {
        .kind = HOTRELOAD_PORT_CRASH_ABORT,
        .pc = (uint32_t)(uintptr_t)caller,
    };
    crash_report(what, &crash);
    crash_end(BOARD_STATUS_ABORT);
}

void abort(void)
{
    end("abort() was called", __builtin_return_address(0));
}

_Noreturn void board_check_failed(int error, const char *file, int line, const char *expression)
{
    printf("%s:%d: error %#x from %s\n", file, line, (unsigned)error, expression);
    end("a check failed", __builtin_return_address(0));
}
