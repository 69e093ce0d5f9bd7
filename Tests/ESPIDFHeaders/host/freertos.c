// FreeRTOS on the computer, with one task: a new one runs to its end at once.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "freertos/queue.h"
#include "freertos/task.h"

/// What xTaskCreatePinnedToCore() answers.
BaseType_t task_answer = pdPASS;

BaseType_t xTaskCreatePinnedToCore(TaskFunction_t pvTaskCode, const char *const pcName,
                                   const uint32_t ulStackDepth, void *const pvParameters,
                                   UBaseType_t uxPriority, TaskHandle_t *const pxCreatedTask,
                                   const BaseType_t xCoreID)
{
    (void)pxCreatedTask, (void)xCoreID;
    if (task_answer != pdPASS)
        return task_answer;
    printf("task %s: stack %u, priority %u\n", pcName, (unsigned)ulStackDepth, uxPriority);
    pvTaskCode(pvParameters);
    return pdPASS;
}

void vTaskDelete(TaskHandle_t xTaskToDelete)
{
    (void)xTaskToDelete;
    printf("task ends\n");
}

void vPortEnterCritical(void) {}
void vPortExitCritical(void) {}

QueueHandle_t xQueueGenericCreateStatic(const UBaseType_t uxQueueLength, const UBaseType_t uxItemSize,
                                        uint8_t *pucQueueStorage, StaticQueue_t *pxStaticQueue,
                                        const uint8_t ucQueueType)
{
    (void)uxQueueLength, (void)uxItemSize, (void)pucQueueStorage, (void)ucQueueType;
    return (QueueHandle_t)pxStaticQueue;
}

BaseType_t xQueueSemaphoreTake(QueueHandle_t xQueue, TickType_t xTicksToWait)
{
    (void)xQueue, (void)xTicksToWait;
    printf("waits for ever\n");
    exit(3);
}

BaseType_t xQueueGenericSend(QueueHandle_t xQueue, const void *const pvItemToQueue, TickType_t xTicksToWait,
                             const BaseType_t xCopyPosition)
{
    (void)xQueue, (void)pvItemToQueue, (void)xTicksToWait, (void)xCopyPosition;
    printf("the last one has left\n");
    return pdTRUE;
}
