// SPDX-License-Identifier: MIT
#include "idle.h"

#include <stddef.h>

#include "board.h"
#include "clock.h"
#include "interrupt.h"

static const struct idle_service *current;

void idle_set_service(const struct idle_service *service)
{
    current = service;
}

/// Sleeps to `deadline` at most, and not at all if there is work.
static void sleep_until(uint64_t deadline)
{
    const uint32_t masked = interrupt_mask();
    // Masked: an alarm that is over before the processor waits stays pending, and ends the wait.
    clock_set_alarm(deadline);
    if (current == NULL || !current->has_work())
        interrupt_wait();
    interrupt_unmask(masked);
}

void board_delay_ms(uint32_t milliseconds)
{
    const uint64_t end = clock_now() + (uint64_t)milliseconds * 1000;
    for (;;) {
        if (current != NULL)
            current->work();
        const uint64_t now = clock_now();
        if (now >= end)
            return;
        sleep_until(end - now < IDLE_PERIOD_US ? end : now + IDLE_PERIOD_US);
    }
}
