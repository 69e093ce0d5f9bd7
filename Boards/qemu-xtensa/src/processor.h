// Interrupts as the core has them (Xtensa ISA, "Interrupt Option": PS.INTLEVEL), and its register windows.
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

/// Puts all windows but that of the function that this is inlined into on their stacks, as setjmp() does it.
static inline __attribute__((always_inline)) void spill_windows(void)
{
    register uint32_t spill __asm__("a2") = 0;
    __asm__ volatile("syscall" : "+a"(spill) : : "memory");
}
