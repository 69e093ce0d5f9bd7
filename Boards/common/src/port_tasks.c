// hotreload_port.h: the one task of a board. It is inside the runtime whenever somebody asks, so what counts is the stack
// of those who called it. Nothing but the board itself handles interrupts.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "alarm.h"
#include "clock.h"
#include "hotreload_port.h"
#include "interrupt.h"
#include "processor.h"

static uint32_t masked;

bool hotreload_port_stop_tasks(void)
{
    masked = interrupt_mask();
    spill_windows();
    return true;
}

bool hotreload_port_task(uint32_t index, hotreload_port_task_t *task)
{
    extern const uint8_t __stack_top[];
    if (index > 0)
        return false;
    *task = (hotreload_port_task_t){
        .name = "main",
        .stack = (uint32_t)(uintptr_t)__builtin_frame_address(0),
        .stack_end = (uint32_t)(uintptr_t)__stack_top,
        .is_caller = true,
    };
    return true;
}

void hotreload_port_resume_tasks(void)
{
    interrupt_unmask(masked);
}

/// Nothing is served meanwhile: whoever waits is inside the runtime.
void hotreload_port_delay(uint32_t milliseconds)
{
    const uint64_t end = clock_now() + (uint64_t)milliseconds * 1000;
    while (clock_now() < end) {
        const uint32_t masked_before = interrupt_mask();
        alarm_set(ALARM_WAIT, end, NULL);
        interrupt_wait();
        interrupt_unmask(masked_before);
    }
}
