// Who called a function: for ports, which have to know what of a stack is older than a call into the runtime.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

typedef struct {
    uint32_t stack;           ///< The lowest word of its stack.
    uint32_t return_address;  ///< Its own, as its register has it; 0: its stack has it.
} caller_t;

/// The caller of the function that this is inlined into.
///
/// RISC-V: its stack ends where that function was entered (psABI, "Integer Calling Convention"), and has its return address.
///
/// Xtensa: all windows but that of the function have to be on their stacks. A frame's a0 to a3 lie below the stack pointer
/// of the function that it called (ABI, "Stack Frame Layout"): the caller's own return address is in a frame that is not its.
static inline __attribute__((always_inline)) caller_t caller_of_this(void) {
#ifdef __XTENSA__
    const uint32_t *stack;
    __asm__ volatile("mov %0, a1" : "=a"(stack) : : "memory");
    return (caller_t){.stack = stack[-3] - 16, .return_address = stack[-4]};
#else
    return (caller_t){.stack = (uint32_t)(uintptr_t)__builtin_frame_address(0), .return_address = 0};
#endif
}
