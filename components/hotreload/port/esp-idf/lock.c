// hotreload_port.h: the runtime's lock, a recursive mutex of FreeRTOS.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

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
