// The runtime's lock on a board with one thread: who is inside.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>

/// Whether the program is inside the runtime, or in a function of a module that the runtime calls.
bool lock_is_held(void);
