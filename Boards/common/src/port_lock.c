// hotreload_port.h: the lock of a board with one thread. Nobody waits for it; it says who is inside.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"
#include "lock.h"
#include "processor.h"

static unsigned depth;
static caller_t caller;

// Weak: an application may have a lock of its own.
__attribute__((weak)) void hotreload_port_lock(void)
{
    if (depth++ > 0)
        return;
    spill_windows();
    caller = caller_of_this();
}

__attribute__((weak)) void hotreload_port_unlock(void)
{
    depth--;
}

bool lock_is_held(void)
{
    return depth > 0;
}

caller_t lock_caller(void)
{
    return caller;
}
