// The runtime's lock on a board with one thread: who is inside.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>

#include "caller.h"

/// Whether the program is inside the runtime, or in a function of a module that the runtime calls.
bool lock_is_held(void);

/// Of the call into the runtime. Only while the lock is held.
struct caller lock_caller(void);
