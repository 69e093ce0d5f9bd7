// Interrupts as the core has them (privileged specification, sstatus), and calls.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

#include "caller.h"

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

/// The caller of the function that this is inlined into. Its stack begins where that function was entered (psABI, "Integer
/// Calling Convention": the stack grows downwards), and has its return address.
static inline __attribute__((always_inline)) struct caller caller_of_this(void)
{
    return (struct caller){.stack = (uint32_t)(uintptr_t)__builtin_frame_address(0)};
}
