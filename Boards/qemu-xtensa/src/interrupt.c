// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <stddef.h>

#include "machine.h"

static interrupt_handler_t handlers[MACHINE_INTERRUPT_COUNT];

static uint32_t enabled(void)
{
    uint32_t sources;
    __asm__ volatile("rsr.intenable %0" : "=a"(sources));
    return sources;
}

void interrupt_attach(unsigned source, interrupt_handler_t handler)
{
    if (source >= MACHINE_INTERRUPT_COUNT)
        return;
    handlers[source] = handler;
    const uint32_t masked = interrupt_mask();
    __asm__ volatile("wsr.intenable %0\n rsync" : : "a"(enabled() | 1u << source));
    interrupt_unmask(masked);
}

void interrupt_dispatch(void)
{
    uint32_t pending;
    __asm__ volatile("rsr.interrupt %0" : "=a"(pending));
    pending &= enabled();
    for (unsigned source = 0; source < MACHINE_INTERRUPT_COUNT; source++) {
        if ((pending & 1u << source) != 0 && handlers[source] != NULL)
            handlers[source]();
    }
}

void interrupt_start(void)
{
    uint32_t status;
    __asm__ volatile("rsil %0, 0" : "=a"(status) : : "memory");
}
