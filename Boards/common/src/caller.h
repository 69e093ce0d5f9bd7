// Who called a function. caller_of_this() is the core's: processor.h.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

struct caller {
    uint32_t stack;  ///< The lowest word of its stack.
    uint32_t return_address;  ///< Its own, as its register has it; 0: its stack has it.
};
