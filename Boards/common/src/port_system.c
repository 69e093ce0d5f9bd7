// hotreload_port.h: clock, randomness, log, restarts, calls without a module.
// SPDX-License-Identifier: MIT
#include <stdio.h>

#include "board.h"
#include "clock.h"
#include "crash.h"
#include "hotreload_port.h"
#include "randomness.h"
#include "reset.h"

uint64_t hotreload_port_now(void)
{
    return clock_now();
}

bool hotreload_port_random(void *bytes, size_t size)
{
    return randomness_fill(bytes, size);
}

void hotreload_port_log(int level, const char *line, size_t size)
{
    static const char letters[] = "?EWI";  // as ESP-IDF's log
    const bool is_known = level >= HOTRELOAD_PORT_ERROR && level <= HOTRELOAD_PORT_INFO;
    printf("%c (%u) hotreload: %.*s\n", letters[is_known ? level : 0],
           (unsigned)(clock_now() / 1000), (int)size, line);
}

int hotreload_port_reset_reason(void)
{
    return reset_reason();
}

void *hotreload_port_retained(void)
{
    static uint32_t retained[HOTRELOAD_PORT_RETAINED_SIZE / sizeof(uint32_t)]
        __attribute__((section(".noinit")));
    return retained;
}

_Noreturn void hotreload_port_empty_slot(const char *symbol)
{
    // Here, not by crash_report(): the name may be longer than any buffer.
    printf("\nhotreload: called %s, but no module is loaded", symbol);
    const hotreload_port_crash_t crash = {.kind = HOTRELOAD_PORT_CRASH_ABORT};
    crash_report("", &crash);
    crash_end(BOARD_STATUS_EMPTY_SLOT);
}
