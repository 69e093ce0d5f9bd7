// hotreload_port.h: what goes on while a module is on trial.
// SPDX-License-Identifier: MIT
#include <stddef.h>

#include "alarm.h"
#include "board.h"
#include "clock.h"
#include "crash.h"
#include "hotreload_port.h"
#include "idle.h"
#include "interrupted.h"

void hotreload_port_schedule(uint32_t milliseconds)
{
    idle_call_at(milliseconds == 0 ? CLOCK_NEVER : clock_now() + (uint64_t)milliseconds * 1000,
                 hotreload_tick);
}

static uint32_t watch_period;  ///< Milliseconds.

static void watch(void);

static void watch_again(void)
{
    alarm_set(ALARM_WATCH, clock_now() + (uint64_t)watch_period * 1000, watch);
}

/// Whatever the program does: only masked interrupts keep this from being called.
static void watch(void)
{
    if (!hotreload_is_hung())
        return watch_again();
    const struct interrupted program = interrupted_program();
    const hotreload_port_crash_t crash = {
        .kind = HOTRELOAD_PORT_CRASH_HANG,
        .pc = program.pc,
        .return_address = program.return_address,
    };
    crash_report("watchdog: the program hangs", &crash);
    crash_end(BOARD_STATUS_WATCHDOG);
}

void hotreload_port_watch(uint32_t milliseconds)
{
    watch_period = milliseconds;
    if (milliseconds == 0)
        alarm_set(ALARM_WATCH, CLOCK_NEVER, NULL);
    else
        watch_again();
}
