// SPDX-License-Identifier: MIT
#include "clock.h"

#include "board.h"
#include "clock_interrupt.h"
#include "machine.h"

enum { TICKS_PER_US = MACHINE_TIMER_HZ / 1000000 };

uint64_t clock_now(void)
{
    uint32_t before, ticks, after;
    do {
        __asm__ volatile("rdtimeh %0\n rdtime %1\n rdtimeh %2" : "=r"(before), "=r"(ticks), "=r"(after));
    } while (after != before);
    return ((uint64_t)before << 32 | ticks) / TICKS_PER_US;
}

/// stimecmp and stimecmph (extension Sstc).
static void set_compare(uint64_t ticks)
{
    __asm__ volatile("csrw 0x15D, %0" : : "r"(UINT32_MAX));  // no interrupt from a half-written value
    __asm__ volatile("csrw 0x14D, %0" : : "r"((uint32_t)ticks));
    __asm__ volatile("csrw 0x15D, %0" : : "r"((uint32_t)(ticks >> 32)));
}

void clock_set_alarm(uint64_t time)
{
    set_compare(time * TICKS_PER_US);
}

void clock_interrupt(void)
{
    set_compare(UINT64_MAX);
}

void clock_start(void)
{
    set_compare(UINT64_MAX);
}

uint64_t board_uptime_us(void)
{
    return clock_now();
}
