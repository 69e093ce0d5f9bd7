// hotreload_port.h: the lock of a board with one thread. Nobody waits for it; it says who is inside.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"
#include "lock.h"

static unsigned depth;

// Weak: an application may have a lock of its own.
__attribute__((weak)) void hotreload_port_lock(void)
{
    depth++;
}

__attribute__((weak)) void hotreload_port_unlock(void)
{
    depth--;
}

bool lock_is_held(void)
{
    return depth > 0;
}
