// SPDX-License-Identifier: MIT
#pragma once
#include "freertos/queue.h"

typedef QueueHandle_t SemaphoreHandle_t;

#define xSemaphoreCreateRecursiveMutexStatic(storage) \
    xQueueCreateMutexStatic(queueQUEUE_TYPE_RECURSIVE_MUTEX, (storage))
#define xSemaphoreTakeRecursive(mutex, ticks) xQueueTakeMutexRecursive((mutex), (ticks))
#define xSemaphoreGiveRecursive(mutex) xQueueGiveMutexRecursive((mutex))
#define xSemaphoreCreateBinaryStatic(storage) \
    xQueueGenericCreateStatic((UBaseType_t)1, 0, NULL, (storage), queueQUEUE_TYPE_BINARY_SEMAPHORE)
#define xSemaphoreTake(semaphore, ticks) xQueueSemaphoreTake((semaphore), (ticks))
#define xSemaphoreGive(semaphore) xQueueGenericSend((QueueHandle_t)(semaphore), NULL, 0, queueSEND_TO_BACK)
