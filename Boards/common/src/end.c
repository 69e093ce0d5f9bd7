// How C programs end, and what ends them.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "board.h"
#include "finish.h"

void _exit(int status)
{
    finish(status);
}

void abort(void)
{
    printf("abort() was called\n");
    finish(BOARD_STATUS_ABORT);
}

_Noreturn void board_check_failed(int error, const char *file, int line, const char *expression)
{
    printf("%s:%d: error %#x from %s\n", file, line, (unsigned)error, expression);
    finish(BOARD_STATUS_ABORT);
}
