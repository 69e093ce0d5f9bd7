// SPDX-License-Identifier: MIT
#include "finish.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "board.h"
#include "machine.h"

// Commands of the device sifive_test (hw/misc/sifive_test.c).
enum { FINISHER_FAIL = 0x3333, FINISHER_PASS = 0x5555 };

_Noreturn void finish(int status)
{
    const uint32_t failure = ((uint32_t)status & 0xFF) << 16 | FINISHER_FAIL;
    *machine_register(MACHINE_FINISHER) = status == 0 ? FINISHER_PASS : failure;
    for (;;) {}  // until QEMU's main loop has taken note
}

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
