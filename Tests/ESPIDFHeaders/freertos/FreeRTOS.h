// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "esp_idf_version.h"

typedef int BaseType_t;
typedef unsigned int UBaseType_t;
typedef uint32_t TickType_t;
typedef uint8_t StackType_t;
typedef struct xLIST_ITEM ListItem_t;

#define pdTRUE ( ( BaseType_t ) 1 )
#define pdPASS ( pdTRUE )
#define pdMS_TO_TICKS( milliseconds ) ( ( TickType_t ) ( milliseconds ) / 10U )
#define portMAX_DELAY ( TickType_t ) 0xffffffffUL

typedef struct {
    uint32_t owner;
    uint32_t count;
} portMUX_TYPE;

#define portMUX_INITIALIZER_UNLOCKED { .owner = 0, .count = 0 }

typedef struct xSTATIC_QUEUE {
    void *pvDummy[20];
} StaticQueue_t;
typedef StaticQueue_t StaticSemaphore_t;

BaseType_t xPortGetCoreID(void);
void vPortEnterCritical(void);
void vPortExitCritical(void);

#define portENTER_CRITICAL(mux) ((void)(mux), vPortEnterCritical())
#define portEXIT_CRITICAL(mux) ((void)(mux), vPortExitCritical())
