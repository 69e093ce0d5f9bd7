// SPDX-License-Identifier: MIT
#include "clock.h"

#include "board.h"
#include "machine.h"

// Registers of the CLINT.
enum { CLINT_MTIMECMP = 0x4000, CLINT_MTIME = 0xBFF8 };

enum { TICKS_PER_US = MACHINE_TIMER_HZ / 1000000 };

uint64_t clock_now(void)
{
    volatile uint32_t *low = machine_register(MACHINE_CLINT + CLINT_MTIME), *high = low + 1;
    uint32_t before, ticks;
    do {
        before = *high;
        ticks = *low;
    } while (*high != before);
    return ((uint64_t)before << 32 | ticks) / TICKS_PER_US;
}

static void set_compare(uint64_t ticks)
{
    volatile uint32_t *low = machine_register(MACHINE_CLINT + CLINT_MTIMECMP), *high = low + 1;
    *high = UINT32_MAX;  // no interrupt from a half-written value
    *low = (uint32_t)ticks;
    *high = (uint32_t)(ticks >> 32);
}

void clock_set_alarm(uint64_t time)
{
    set_compare(time * TICKS_PER_US);
}

void clock_clear_alarm(void)
{
    set_compare(UINT64_MAX);
}

uint64_t board_uptime_us(void)
{
    return clock_now();
}
