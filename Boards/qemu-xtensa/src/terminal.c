// By semihosting. Each call costs QEMU a system call, so output goes by the line.
// SPDX-License-Identifier: MIT
#include "terminal.h"

#include "semihosting.h"

enum { STDIN = 0, STDOUT = 1 };

static char line[256];
static uint32_t line_size;

void terminal_flush(void)
{
    const char *next = line;
    while (line_size > 0) {
        const int32_t written = semihosting_call(SEMIHOSTING_WRITE, STDOUT, (uint32_t)next, line_size);
        if (written <= 0)
            break;  // nobody reads any more
        next += written;
        line_size -= (uint32_t)written;
    }
    line_size = 0;
}

void terminal_put(char byte)
{
    line[line_size++] = byte;
    if (byte == '\n' || line_size == sizeof line)
        terminal_flush();
}

bool terminal_get(char *byte)
{
    static uint32_t no_time[2];  // a time-out of 0: seconds, microseconds
    return semihosting_call(SEMIHOSTING_SELECT_ONE, STDIN, SEMIHOSTING_READABLE, (uint32_t)no_time) > 0
        && semihosting_call(SEMIHOSTING_READ, STDIN, (uint32_t)byte, 1) == 1;
}
