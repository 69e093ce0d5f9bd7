// SPDX-License-Identifier: MIT
#include "alarm.h"

#include <stddef.h>

#include "clock.h"
#include "interrupt.h"

static struct {
    uint64_t time;
    void (*handler)(void);
} alarms[ALARM_COUNT] = {
    [ALARM_WAIT] = {.time = CLOCK_NEVER},
    [ALARM_WATCH] = {.time = CLOCK_NEVER},
};

static void arm(void)
{
    uint64_t next = CLOCK_NEVER;
    for (unsigned index = 0; index < ALARM_COUNT; index++) {
        if (alarms[index].time < next)
            next = alarms[index].time;
    }
    clock_interrupt_at(next);
}

void alarm_set(enum alarm alarm, uint64_t time, void (*handler)(void))
{
    const uint32_t masked = interrupt_mask();
    alarms[alarm].time = time;
    alarms[alarm].handler = handler;
    arm();
    interrupt_unmask(masked);
}

void alarm_interrupt(void)
{
    const uint64_t now = clock_now();
    for (unsigned index = 0; index < ALARM_COUNT; index++) {
        if (alarms[index].time > now)
            continue;
        alarms[index].time = CLOCK_NEVER;
        if (alarms[index].handler != NULL)
            alarms[index].handler();
    }
    arm();
}
