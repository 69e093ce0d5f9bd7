// SPDX-License-Identifier: MIT
#include "idle.h"

#include <stddef.h>

#include "alarm.h"
#include "board.h"
#include "clock.h"
#include "interrupt.h"
#include "lock.h"

static const struct idle_service *current;

/// What is called once.
static struct {
    uint64_t time;
    void (*called)(void);
} task = {.time = CLOCK_NEVER};

void idle_set_service(const struct idle_service *service)
{
    current = service;
}

void idle_call_at(uint64_t time, void (*called)(void))
{
    task.time = time;
    task.called = called;
}

/// Does what there is to do, as far as the function that waits is not in the way of it.
static void work(void)
{
    if (current != NULL)
        current->work();
    if (task.time <= clock_now() && !lock_is_held()) {
        task.time = CLOCK_NEVER;
        task.called();
    }
}

/// Sleeps to `deadline` at most, and not at all if there is work.
static void sleep_until(uint64_t deadline)
{
    const uint32_t masked = interrupt_mask();
    // Masked: an alarm that is over before the processor waits stays pending, and ends the wait.
    alarm_set(ALARM_WAIT, deadline, NULL);
    if (current == NULL || !current->has_work())
        interrupt_wait();
    interrupt_unmask(masked);
}

void board_delay_ms(uint32_t milliseconds)
{
    const uint64_t end = clock_now() + (uint64_t)milliseconds * 1000;
    for (;;) {
        work();
        const uint64_t now = clock_now();
        if (now >= end)
            return;
        sleep_until(end - now < IDLE_PERIOD_US ? end : now + IDLE_PERIOD_US);
    }
}
