// hotreload_port.h: what goes on while a module is on trial.
// SPDX-License-Identifier: MIT
#include <stdbool.h>

#include "crash.h"
#include "esp_log.h"
#include "esp_timer.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "hotreload_port.h"
#include "sdkconfig.h"

static const char TAG[] = "hotreload";

// The tick ----------------------------------------------------------------------------------------

enum {
    /// Bytes. hotreload_tick() writes a mark to the flash.
    TICK_STACK_SIZE = 4096,
    TICK_PRIORITY = 5,
    /// The longest that a task which was asked for something else goes on sleeping.
    PERIOD_MS = 100,
};

static portMUX_TYPE spinlock = portMUX_INITIALIZER_UNLOCKED;
static bool has_task;       ///< It sleeps, or ticks.
static bool is_scheduled;
static int64_t due;         ///< Microseconds since boot.

/// Sleeps and ticks, and ends once nothing is scheduled any more.
static void run(void *argument)
{
    (void)argument;
    for (;;) {
        portENTER_CRITICAL(&spinlock);
        const int64_t left = due - esp_timer_get_time();
        const bool is_due = is_scheduled && left <= 0;
        has_task = is_scheduled;
        if (is_due)
            is_scheduled = false;
        portEXIT_CRITICAL(&spinlock);
        if (!has_task)
            break;
        if (is_due)
            hotreload_tick();
        else
            vTaskDelay(pdMS_TO_TICKS(left < PERIOD_MS * 1000 ? (uint32_t)left / 1000 : PERIOD_MS) + 1);
    }
    vTaskDelete(NULL);
}

void hotreload_port_schedule(uint32_t milliseconds)
{
    portENTER_CRITICAL(&spinlock);
    is_scheduled = milliseconds > 0;
    due = esp_timer_get_time() + (int64_t)milliseconds * 1000;
    const bool needs_task = is_scheduled && !has_task;
    if (needs_task)
        has_task = true;
    portEXIT_CRITICAL(&spinlock);
    if (!needs_task)
        return;
    if (xTaskCreatePinnedToCore(run, "hotreload trial", TICK_STACK_SIZE, NULL,
                                TICK_PRIORITY, NULL,
                                tskNO_AFFINITY) == pdPASS)
        return;
    portENTER_CRITICAL(&spinlock);
    has_task = false;
    portEXIT_CRITICAL(&spinlock);
    ESP_LOGE(TAG, "no memory for the task that confirms modules: call hotreload_confirm()");
}

// The watch ---------------------------------------------------------------------------------------

/// In the task of esp_timer, whose priority is above that of applications.
static void watch(void *argument)
{
    (void)argument;
    if (hotreload_is_hung())
        crash_of_hang();
}

void hotreload_port_watch(uint32_t milliseconds)
{
    static esp_timer_handle_t timer;
    const esp_timer_create_args_t arguments = {.callback = watch, .name = "hotreload watch"};
    if (timer == NULL && (milliseconds == 0 || esp_timer_create(&arguments, &timer) != ESP_OK)) {
        if (milliseconds > 0)
            ESP_LOGE(TAG, "no memory for the timer that watches modules on trial");
        return;
    }
    esp_timer_stop(timer);  // Says so if it does not run.
    if (milliseconds > 0)
        esp_timer_start_periodic(timer, (uint64_t)milliseconds * 1000);
}
