// Interrupts as the core has them (Xtensa ISA, "Interrupt Option": PS.INTLEVEL).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Keeps interrupts from being taken; returns what interrupt_unmask() needs. Level 3 masks all that PS.EXCM
/// masks (XCHAL_EXCM_LEVEL of the core).
static inline uint32_t interrupt_mask(void)
{
    uint32_t status;
    __asm__ volatile("rsil %0, 3" : "=a"(status) : : "memory");
    return status;
}

static inline void interrupt_unmask(uint32_t masked)
{
    __asm__ volatile("wsr.ps %0\n rsync" : : "a"(masked) : "memory");
}

/// Called and left with interrupts masked: sleeps until one has been taken. The core unmasks and sleeps in one
/// instruction, so "mask, look for work, wait, unmask" misses none.
static inline void interrupt_wait(void)
{
    uint32_t status;
    __asm__ volatile("waiti 0\n rsil %0, 3" : "=a"(status) : : "memory");
}
