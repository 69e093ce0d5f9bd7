// What an interrupt has interrupted.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// A place in the program.
struct interrupted {
    uint32_t pc;
    uint32_t return_address;  ///< Of the function that was called last, by the calling convention.
};

/// Where the program goes on. Called by handlers of interrupts only.
struct interrupted interrupted_program(void);
