// hotreload_port.h: the lock of a board with one thread. Nobody waits for it; it says who is inside.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"
#include "lock.h"
#include "processor.h"

static unsigned depth;
static struct caller caller;

void hotreload_port_lock(void)
{
    if (depth++ == 0)
        caller = caller_of_this();
}

void hotreload_port_unlock(void)
{
    depth--;
}

bool lock_is_held(void)
{
    return depth > 0;
}

struct caller lock_caller(void)
{
    return caller;
}
