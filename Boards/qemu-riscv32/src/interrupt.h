// Interrupts: the PLIC's sources, and the switch for all of them.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

typedef void (*interrupt_handler_t)(void);

/// Calls `handler` on every interrupt of PLIC source `source` (1 to 10).
void interrupt_attach(unsigned source, interrupt_handler_t handler);
/// Called by the trap handler.
void interrupt_dispatch(void);

/// Lets the timer and the PLIC interrupt from now on.
void interrupt_start(void);

/// Keeps interrupts from being taken; returns what interrupt_unmask() needs.
static inline uint32_t interrupt_mask(void)
{
    uint32_t status;
    __asm__ volatile("csrrci %0, sstatus, 2" : "=r"(status) : : "memory");  // SIE
    return status & 2;
}

static inline void interrupt_unmask(uint32_t masked)
{
    __asm__ volatile("csrs sstatus, %0" : : "r"(masked) : "memory");
}

/// Sleeps until an interrupt is pending. With interrupts masked it is taken when they are unmasked, so
/// "mask, look for work, wait, unmask" misses none.
static inline void interrupt_wait(void)
{
    __asm__ volatile("wfi" : : : "memory");
}
