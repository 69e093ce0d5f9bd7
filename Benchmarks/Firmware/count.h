// Counting instructions, and what QEMU puts into RAM for it (Sources/Measurements/CountingBoard.swift).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// One of a row, each followed by its image, padded to 16 bytes; at the end one of size 0.
struct request {
    uint32_t size;
    uint32_t is_stored;  ///< First in flash, and loaded from there.
    uint32_t reserved[2];
};

// A third of the way into RAM, where nobody else is: few bytes of the heap are used.
#if __riscv
static const struct request *const first_request = (const struct request *)0x81000000;
#else
static const struct request *const first_request = (const struct request *)0x49000000;
#endif

static inline const struct request *next_request(const struct request *request)
{
    return request + 1 + (request->size + sizeof *request - 1) / sizeof *request;
}

/// Instructions since the start, by a clock that QEMU advances by 128 ns for each (-icount shift=7).
static inline uint64_t instructions(void)
{
#if __riscv
    // QEMU counts its nanoseconds in place of instructions.
    uint32_t high, low, again;
    do {
        __asm__ volatile("rdinstreth %0\n rdinstret %1\n rdinstreth %2" : "=r"(high), "=r"(low), "=r"(again));
    } while (high != again);
    return ((uint64_t)high << 32 | low) / 128;
#else
    // In units of 100 ns. It wraps; nothing here takes so long.
    uint32_t count;
    __asm__ volatile("rsr.ccount %0" : "=a"(count));
    return (uint64_t)count * 100 / 128;
#endif
}
