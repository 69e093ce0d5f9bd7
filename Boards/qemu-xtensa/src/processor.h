// Interrupts as the core has them (Xtensa ISA, "Interrupt Option": PS.INTLEVEL), and calls.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

#include "caller.h"

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

/// The caller of the function that this is inlined into. All windows go to their stacks: a frame's a0 to a3 lie below
/// the stack pointer of the function that it called (ABI, "Stack Frame Layout"), so that the caller's own return address is in a
/// frame that is not part of its stack.
static inline __attribute__((always_inline)) struct caller caller_of_this(void)
{
    register uint32_t spill_windows __asm__("a2") = 0;
    const uint32_t *stack;
    __asm__ volatile("syscall\n mov %0, a1" : "=a"(stack) : "a"(spill_windows) : "memory");
    return (struct caller){.stack = stack[-3] - 16, .return_address = stack[-4]};
}
