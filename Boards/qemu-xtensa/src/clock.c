// CCOUNT, 32 bits that wrap every 7 minutes, extended to 64 bits; CCOMPARE0 interrupts more often than that.
// SPDX-License-Identifier: MIT
#include "clock.h"

#include <stdbool.h>

#include "alarm.h"
#include "board.h"
#include "interrupt.h"
#include "machine.h"

enum { TICKS_PER_US = MACHINE_CLOCK_HZ / 1000000 };

/// The longest that CCOMPARE0 is set ahead: half of CCOUNT's range would make "over" and "to come" the same.
#define LONGEST_WAIT (1u << 30)

static uint64_t next = UINT64_MAX;  ///< In ticks.

/// What the counter had when the chip started: a restart does not set it back.
static uint32_t start;

static uint32_t cycle_count(void)
{
    uint32_t count;
    __asm__ volatile("rsr.ccount %0" : "=a"(count));
    return count - start;
}

static uint64_t ticks(void)
{
    static uint32_t last, wraps;
    const uint32_t masked = interrupt_mask();
    const uint32_t count = cycle_count();
    if (count < last)
        wraps++;
    last = count;
    const uint64_t now = (uint64_t)wraps << 32 | count;
    interrupt_unmask(masked);
    return now;
}

uint64_t clock_now(void)
{
    return ticks() / TICKS_PER_US;
}

/// Interrupts at `next`, or before CCOUNT wraps; at once if that is over.
static void arm(void)
{
    const uint64_t now = ticks();
    uint32_t wait = LONGEST_WAIT;
    if (next <= now)
        wait = 0;
    else if (next - now < LONGEST_WAIT)
        wait = (uint32_t)(next - now);
    const uint32_t compare = (uint32_t)now + wait;
    __asm__ volatile("wsr.ccompare0 %0\n esync" : : "a"(compare + start));
    // CCOUNT may be there already: then it comes by again in 7 minutes.
    if ((int32_t)(cycle_count() - compare) >= 0)
        __asm__ volatile("wsr.intset %0\n rsync" : : "a"(1u << MACHINE_SOFTWARE_INTERRUPT));
}

static void on_timer(void)
{
    __asm__ volatile("wsr.intclear %0" : : "a"(1u << MACHINE_SOFTWARE_INTERRUPT));
    const bool is_time = ticks() >= next;
    if (is_time)
        next = UINT64_MAX;
    arm();  // writing CCOMPARE0 takes back its interrupt
    if (is_time)
        alarm_interrupt();
}

void clock_start(void)
{
    start = cycle_count();
    interrupt_attach(MACHINE_TIMER_INTERRUPT, on_timer);
    interrupt_attach(MACHINE_SOFTWARE_INTERRUPT, on_timer);
    arm();
}

void clock_interrupt_at(uint64_t time)
{
    next = time <= UINT64_MAX / TICKS_PER_US ? time * TICKS_PER_US : UINT64_MAX;
    arm();
}

uint64_t board_uptime_us(void)
{
    return clock_now();
}
