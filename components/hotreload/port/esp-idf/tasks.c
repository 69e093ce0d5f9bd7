// hotreload_port.h: the other tasks stop, and what FreeRTOS knows of their stacks.
//
// Scheduling is suspended on this core; a task of the highest priority (esp_ipc) keeps the other one busy, which puts the
// registers of whatever ran there on its stack. Interrupts go on, and callbacks of timers in interrupts with them: the port
// does not know who registered them.
// SPDX-License-Identifier: MIT
#include "esp_idf_version.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "hotreload_port.h"
#include "sdkconfig.h"

void hotreload_port_delay(uint32_t milliseconds)
{
    vTaskDelay(pdMS_TO_TICKS(milliseconds) + 1);
}

// From 6.0 on there is no such option.
#if CONFIG_FREERTOS_ENABLE_TASK_SNAPSHOT || ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(6, 0, 0)

#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(6, 0, 0)
#include "freertos/freertos_debug.h"
#elif ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 2, 0)
#include "esp_private/freertos_debug.h"
#else
#include "freertos/task_snapshot.h"
#endif

#if __XTENSA__
#include "xtensa/hal.h"
#include "xtensa_context.h"
#else
#include "riscv/rvruntime-frames.h"
#endif

#if !CONFIG_FREERTOS_UNICORE
#include "esp_ipc.h"

static volatile bool is_parked;
static TaskHandle_t parking_task;

/// In a task of the other core.
static void park(void *argument)
{
    (void)argument;
    parking_task = xTaskGetCurrentTaskHandle();
    while (is_parked) {}
}

/// Returns once the other core does nothing else. This task cannot get there.
static bool park_other_core(void)
{
    is_parked = true;
    parking_task = NULL;
    if (esp_ipc_call(xPortGetCoreID() == 0 ? 1 : 0, park, NULL) != ESP_OK)
        return false;
    while (*(TaskHandle_t volatile *)&parking_task == NULL) {}
    return true;
}

static void release_other_core(void)
{
    is_parked = false;
}
#else
static const TaskHandle_t parking_task;

static bool park_other_core(void)
{
    return true;
}

static void release_other_core(void)
{
}
#endif

bool hotreload_port_stop_tasks(void)
{
    if (!park_other_core())
        return false;
    vTaskSuspendAll();
#if __XTENSA__
    xthal_window_spill();
#endif
    return true;
}

void hotreload_port_resume_tasks(void)
{
    xTaskResumeAll();
    release_other_core();
}

/// The registers that a task's context switch or interrupt left at the top of its stack.
static uint32_t saved_registers(const uint32_t *top)
{
#if __XTENSA__
    // A task that called FreeRTOS has a short frame, whose first word is 0 (XT_SOL_EXIT).
    return (*top == 0 ? sizeof(XtSolFrame) : sizeof(XtExcFrame)) / sizeof(uint32_t);
#else
    (void)top;
    return sizeof(RvExcFrame) / sizeof(uint32_t);
#endif
}

static void describe(TaskHandle_t handle, hotreload_port_task_t *task)
{
    TaskSnapshot_t snapshot;
    vTaskGetSnapshot(handle, &snapshot);
    const uint32_t *top = (const uint32_t *)snapshot.pxTopOfStack;
    const uint32_t count = saved_registers(top);
    *task = (hotreload_port_task_t){
        .name = pcTaskGetName(handle),
        .registers = top,
        .register_count = count,
        .stack = (uint32_t)(uintptr_t)(top + count),
        .stack_end = (uint32_t)(uintptr_t)snapshot.pxEndOfStack,
    };
    if (handle != xTaskGetCurrentTaskHandle())
        return;
    task->register_count = 0;
    task->stack = (uint32_t)(uintptr_t)__builtin_frame_address(0);
    task->is_caller = true;
}

/// The next task; NULL behind the last one.
static TaskHandle_t next_task(bool is_first)
{
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 3, 0)
    static TaskIterator_t iterator;
    if (is_first)
        iterator = (TaskIterator_t){0};
    return xTaskGetNext(&iterator) < 0 ? NULL : iterator.pxTaskHandle;
#else
    static TaskHandle_t last;
    last = pxTaskGetNext(is_first ? NULL : last);
    return last;
#endif
}

/// Where the last call stopped: tasks are asked for one after the other.
bool hotreload_port_task(uint32_t index, hotreload_port_task_t *task)
{
    static uint32_t next_index;
    static TaskHandle_t handle;
    if (index == 0 || index < next_index)
        next_index = 0;
    do {
        handle = next_task(next_index == 0);
        if (handle == NULL)
            return false;
        if (handle != parking_task)
            next_index++;
    } while (next_index <= index);
    describe(handle, task);
    return true;
}

#else  // Nobody tells where the stacks are.

bool hotreload_port_stop_tasks(void)
{
    return false;
}

bool hotreload_port_task(uint32_t index, hotreload_port_task_t *task)
{
    (void)index;
    (void)task;
    return false;
}

void hotreload_port_resume_tasks(void)
{
}

#endif
