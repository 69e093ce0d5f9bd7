// Interrupts as the core has them (privileged specification, sstatus), and its register windows.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

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

/// There are none.
static inline void spill_windows(void)
{
}
