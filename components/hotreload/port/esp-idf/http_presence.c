// Who is in a request of the HTTP server.
// SPDX-License-Identifier: MIT
#include "http.h"

#include "freertos/FreeRTOS.h"
#include "freertos/semphr.h"

static portMUX_TYPE spinlock = portMUX_INITIALIZER_UNLOCKED;
static bool is_open;
static unsigned inside;

/// Given by the last one that leaves a closed server.
static StaticSemaphore_t storage;
static SemaphoreHandle_t empty;

void http_open(void)
{
    if (empty == NULL)
        empty = xSemaphoreCreateBinaryStatic(&storage);
    portENTER_CRITICAL(&spinlock);
    is_open = true;
    portEXIT_CRITICAL(&spinlock);
}

void http_close(void)
{
    portENTER_CRITICAL(&spinlock);
    const bool has_to_wait = is_open && inside > 0;
    is_open = false;
    portEXIT_CRITICAL(&spinlock);
    if (has_to_wait)
        xSemaphoreTake(empty, portMAX_DELAY);
}

bool http_is_open(void)
{
    portENTER_CRITICAL(&spinlock);
    const bool result = is_open;
    portEXIT_CRITICAL(&spinlock);
    return result;
}

bool http_enter(void)
{
    portENTER_CRITICAL(&spinlock);
    const bool result = is_open;
    inside += result;
    portEXIT_CRITICAL(&spinlock);
    return result;
}

void http_leave(void)
{
    portENTER_CRITICAL(&spinlock);
    inside--;
    const bool is_last = inside == 0 && !is_open;
    portEXIT_CRITICAL(&spinlock);
    if (is_last)
        xSemaphoreGive(empty);
}
