// SPDX-License-Identifier: MIT
#pragma once
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

typedef struct xTASK_SNAPSHOT {
    void * pxTCB;
    StackType_t * pxTopOfStack;
    StackType_t * pxEndOfStack;
} TaskSnapshot_t;

#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 3, 0)
typedef struct TaskIterator {
    UBaseType_t uxCurrentListIndex;
    ListItem_t * pxNextListItem;
    TaskHandle_t pxTaskHandle;
} TaskIterator_t;

int xTaskGetNext( TaskIterator_t * xIterator );
#else
TaskHandle_t pxTaskGetNext( TaskHandle_t pxTask );
#endif
BaseType_t vTaskGetSnapshot( TaskHandle_t pxTask,
                             TaskSnapshot_t * pxTaskSnapshot );
