// SPDX-License-Identifier: MIT
#pragma once
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

typedef struct xTASK_SNAPSHOT {
    void *pxTCB;
    StackType_t *pxTopOfStack;
    StackType_t *pxEndOfStack;
} TaskSnapshot_t;

TaskHandle_t pxTaskGetNext( TaskHandle_t pxTask );
BaseType_t vTaskGetSnapshot( TaskHandle_t pxTask, TaskSnapshot_t *pxTaskSnapshot );
