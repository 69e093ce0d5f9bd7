// Atomic operations that the core has no instructions for, as the compilers call them: up to 32 bits on
// chips without the A extension, 64 bits on all of them. One hart: without interrupts nothing comes between.
// GCC's and LLVM's "Atomics libcall" ABI; ESP-IDF has the same functions.
// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stdint.h>

#include "interrupt.h"

// Declared under names of their own: the compiler knows the real ones, with other parameters.
#define NAMED(name) __asm__(#name)

#define FETCH(operation, symbol, size, type) \
    type fetch_##operation##size(volatile void *, type, int) NAMED(__atomic_fetch_##operation##_##size); \
    type fetch_##operation##size(volatile void *address, type operand, int order) \
    { \
        (void)order; \
        volatile type *const object = address; \
        const uint32_t masked = interrupt_mask(); \
        const type old = *object; \
        *object = old symbol operand; \
        interrupt_unmask(masked); \
        return old; \
    }

#define ATOMICS(size, type) \
    FETCH(add, +, size, type) \
    FETCH(sub, -, size, type) \
    FETCH(and, &, size, type) \
    FETCH(or, |, size, type) \
    FETCH(xor, ^, size, type) \
    \
    type load##size(const volatile void *, int) NAMED(__atomic_load_##size); \
    type load##size(const volatile void *address, int order) \
    { \
        (void)order; \
        const uint32_t masked = interrupt_mask(); \
        const type value = *(const volatile type *)address; \
        interrupt_unmask(masked); \
        return value; \
    } \
    \
    type exchange##size(volatile void *, type, int) NAMED(__atomic_exchange_##size); \
    type exchange##size(volatile void *address, type value, int order) \
    { \
        (void)order; \
        volatile type *const object = address; \
        const uint32_t masked = interrupt_mask(); \
        const type old = *object; \
        *object = value; \
        interrupt_unmask(masked); \
        return old; \
    } \
    \
    void store##size(volatile void *, type, int) NAMED(__atomic_store_##size); \
    void store##size(volatile void *address, type value, int order) \
    { \
        exchange##size(address, value, order); \
    } \
    \
    bool compare_exchange##size(volatile void *, void *, type, int, int) \
        NAMED(__atomic_compare_exchange_##size); \
    bool compare_exchange##size(volatile void *address, void *expected, type desired, int success, \
                                int failure) \
    { \
        (void)success; \
        (void)failure; \
        volatile type *const object = address; \
        type *const wanted = expected; \
        const uint32_t masked = interrupt_mask(); \
        const type old = *object; \
        const bool is_equal = old == *wanted; \
        if (is_equal) \
            *object = desired; \
        else \
            *wanted = old; \
        interrupt_unmask(masked); \
        return is_equal; \
    }

#ifndef __riscv_atomic
ATOMICS(1, uint8_t)
ATOMICS(2, uint16_t)
ATOMICS(4, uint32_t)
#endif
ATOMICS(8, uint64_t)
