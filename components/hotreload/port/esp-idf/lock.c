// hotreload_port.h: the runtime's lock, a recursive mutex of FreeRTOS.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <stdint.h>

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"

static StaticSemaphore_t storage;
static SemaphoreHandle_t mutex;

/// Before the scheduler starts, so that no two tasks can be the first.
static __attribute__((constructor)) void create(void)
{
    mutex = xSemaphoreCreateRecursiveMutexStatic(&storage);
}

void hotreload_port_lock(void)
{
    xSemaphoreTakeRecursive(mutex, portMAX_DELAY);
}

void hotreload_port_unlock(void)
{
    xSemaphoreGiveRecursive(mutex);
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
