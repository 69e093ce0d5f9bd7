// hotreload_port.h: the runtime's lock, a recursive mutex of FreeRTOS.
// SPDX-License-Identifier: MIT
#include "lock.h"

#include <stdint.h>

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"
#include "hotreload_port.h"

#if __XTENSA__
#include "xtensa/hal.h"
#endif

static StaticSemaphore_t storage;
static SemaphoreHandle_t mutex;

/// Before the scheduler starts, so that no two tasks can be the first.
static __attribute__((constructor)) void create(void)
{
    mutex = xSemaphoreCreateRecursiveMutexStatic(&storage);
}

/// Of the task that has the lock: how often it took it, and from where it came.
static unsigned depth;
static caller_t caller;

void hotreload_port_lock(void)
{
    xSemaphoreTakeRecursive(mutex, portMAX_DELAY);
    if (depth++ > 0)
        return;
#if __XTENSA__
    xthal_window_spill();
#endif
    caller = caller_of_this();
}

void hotreload_port_unlock(void)
{
    depth--;
    xSemaphoreGiveRecursive(mutex);
}

caller_t lock_caller(void)
{
    return caller;
}

/// Swift's globals are initialised through this, under the lock. It stands for Swift's own, in which a task of
/// higher priority would spin for ever, and which calls __atomic_load_4() and the like: ESP-IDF has them for
/// chips without atomic instructions only.
void swift_once(intptr_t *done, void (*initialize)(void *), void *context);
void swift_once(intptr_t *done, void (*initialize)(void *), void *context)
{
    // hotreload_update_available() takes no lock. Initialisation does nothing but write constants: twice is harmless.
    if (*done == 0) {
        initialize(context);
        *done = -1;
    }
}
