// SPDX-License-Identifier: MIT
#include "clock.h"

#include "alarm.h"
#include "board.h"
#include "clock_interrupt.h"
#include "machine.h"

enum { TICKS_PER_US = MACHINE_TIMER_HZ / 1000000 };

/// What the counter had when the chip started: a restart does not set it back. In ticks.
static uint64_t start;

/// Since QEMU started.
static uint64_t ticks(void)
{
    uint32_t before, ticks, after;
    do {
        __asm__ volatile("rdtimeh %0\n rdtime %1\n rdtimeh %2" : "=r"(before), "=r"(ticks), "=r"(after));
    } while (after != before);
    return (uint64_t)before << 32 | ticks;
}

uint64_t clock_now(void)
{
    return (ticks() - start) / TICKS_PER_US;
}

/// stimecmp and stimecmph (extension Sstc).
static void set_compare(uint64_t ticks)
{
    __asm__ volatile("csrw 0x15D, %0" : : "r"(UINT32_MAX));  // no interrupt from a half-written value
    __asm__ volatile("csrw 0x14D, %0" : : "r"((uint32_t)ticks));
    __asm__ volatile("csrw 0x15D, %0" : : "r"((uint32_t)(ticks >> 32)));
}

void clock_interrupt_at(uint64_t time)
{
    set_compare(time <= (UINT64_MAX - start) / TICKS_PER_US ? start + time * TICKS_PER_US : UINT64_MAX);
}

void clock_interrupt(void)
{
    set_compare(UINT64_MAX);
    alarm_interrupt();
}

void clock_start(void)
{
    start = ticks();
    set_compare(UINT64_MAX);
}

uint64_t board_uptime_us(void)
{
    return clock_now();
}
