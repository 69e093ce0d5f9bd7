// hotreload_port.h: the lock of a board with one thread.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

void hotreload_port_lock(void)
{
}

void hotreload_port_unlock(void)
{
}
