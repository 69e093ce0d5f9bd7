// The runtime's lock: who has it.
// SPDX-License-Identifier: MIT
#pragma once

#include "../caller.h"

/// Of the call into the runtime; only for the task that has the lock.
caller_t lock_caller(void);
