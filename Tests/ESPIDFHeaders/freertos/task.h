// SPDX-License-Identifier: MIT
#pragma once
#include "freertos/FreeRTOS.h"

typedef struct tskTaskControlBlock * TaskHandle_t;
typedef void (* TaskFunction_t)( void * );

#define tskIDLE_PRIORITY    ( ( UBaseType_t ) 0U )
#define tskNO_AFFINITY      ( ( BaseType_t ) 0x7FFFFFFF )

BaseType_t xTaskCreatePinnedToCore( TaskFunction_t pvTaskCode,
                                    const char * const pcName,
                                    const uint32_t ulStackDepth,
                                    void * const pvParameters,
                                    UBaseType_t uxPriority,
                                    TaskHandle_t * const pxCreatedTask,
                                    const BaseType_t xCoreID );
char * pcTaskGetName( TaskHandle_t xTaskToQuery );
TaskHandle_t xTaskGetCurrentTaskHandle( void );
void vTaskSuspendAll( void );
BaseType_t xTaskResumeAll( void );
void vTaskDelay( const TickType_t xTicksToDelay );
void vTaskDelete( TaskHandle_t xTaskToDelete );
