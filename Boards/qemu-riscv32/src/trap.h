// Traps: exceptions end the program, interrupts are handed on.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// The interrupted program, as trap_entry (start.S) stores it.
struct trap_frame {
    uint32_t pc;
    uint32_t x[31];  ///< x1 to x31.
};

/// Called by trap_entry with scause and stval.
void trap_handle(const struct trap_frame *frame, uint32_t cause, uint32_t value);
