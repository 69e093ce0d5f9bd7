// Plays what happens while a module is on trial over a FreeRTOS with one task at a time, and writes down what it is asked:
//   trial schedule|no-memory|watch|hang|tasks|busy
//   trial crash trap|abort|watchdog|no-cache
// SPDX-License-Identifier: MIT
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_ipc.h"
#include "esp_private/cache_utils.h"
#include "esp_private/freertos_debug.h"
#include "esp_private/panic_internal.h"
#include "esp_system.h"
#include "esp_timer.h"
#include "hotreload_port.h"
#include "riscv/rvruntime-frames.h"

extern BaseType_t task_answer;
void __real_esp_panic_handler(panic_info_t *info);
void __wrap_esp_panic_handler(panic_info_t *info);

static const char *word;

// Time -------------------------------------------------------------------------------------------------------

static int64_t now;

int64_t esp_timer_get_time(void)
{
    return now;
}

void vTaskDelay(const TickType_t xTicksToDelay)
{
    now += (int64_t)xTicksToDelay * 10000;
}

static esp_timer_cb_t callback;

esp_err_t esp_timer_create(const esp_timer_create_args_t *create_args, esp_timer_handle_t *out_handle)
{
    callback = create_args->callback;
    *out_handle = (esp_timer_handle_t)&callback;
    return ESP_OK;
}

esp_err_t esp_timer_start_periodic(esp_timer_handle_t timer, uint64_t period)
{
    (void)timer;
    printf("timer every %u us\n", (unsigned)period);
    return ESP_OK;
}

esp_err_t esp_timer_stop(esp_timer_handle_t timer)
{
    (void)timer;
    printf("timer stops\n");
    return ESP_OK;
}

// The runtime ------------------------------------------------------------------------------------------------

void hotreload_tick(void)
{
    static unsigned count;
    printf("tick at %u ms\n", (unsigned)(now / 1000));
    if (++count == 1)
        hotreload_port_schedule(250);
}

bool hotreload_is_hung(void)
{
    printf("hung?\n");
    return strcmp(word, "hang") == 0;
}

bool hotreload_crashed(const hotreload_port_crash_t *crash, char *line, size_t size)
{
    printf("crash %d, cause %u, pc %#x, from %#x\n", crash->kind, (unsigned)crash->cause,
           (unsigned)crash->pc, (unsigned)crash->return_address);
    snprintf(line, size, "in reloadable_hello+0x1c, module 'hotreload'");
    return true;
}

// The panic handler --------------------------------------------------------------------------------------------

bool g_panic_abort;

bool spi_flash_cache_enabled(void)
{
    return strcmp(word, "no-cache") != 0;
}

uint32_t panic_get_cause(const void *frame)
{
    return (uint32_t)((const RvExcFrame *)frame)->mcause;
}

void panic_print_str(const char *str)
{
    fputs(str, stdout);
}

void __real_esp_panic_handler(panic_info_t *info)
{
    (void)info;
    printf("Guru Meditation Error\n");
}

static void panic(panic_exception_t exception)
{
    const RvExcFrame frame = {.mepc = 0x40380010, .ra = 0x42001234, .mcause = 2};
    panic_info_t info = {.exception = exception, .addr = (const void *)0x40380010, .frame = &frame};
    __wrap_esp_panic_handler(&info);
}

void esp_system_abort(const char *details)
{
    printf("abort: %s\n", details);
    g_panic_abort = true;
    panic(PANIC_EXCEPTION_FAULT);
    exit(0);
}

// Tasks ------------------------------------------------------------------------------------------------------

static struct tskTaskControlBlock {
    char *name;
    RvExcFrame frame;
    StackType_t stack[64];
} tasks[] = {{.name = "main"}, {.name = "worker"}, {.name = "ipc1"}};
enum { TASK_COUNT = sizeof tasks / sizeof tasks[0] };
static _Thread_local TaskHandle_t current = &tasks[0];

TaskHandle_t xTaskGetCurrentTaskHandle(void)
{
    return current;
}

char *pcTaskGetName(TaskHandle_t xTaskToQuery)
{
    return xTaskToQuery->name;
}

int xTaskGetNext(TaskIterator_t *xIterator)
{
    if (xIterator->uxCurrentListIndex == TASK_COUNT)
        return -1;
    xIterator->pxTaskHandle = &tasks[xIterator->uxCurrentListIndex++];
    return 0;
}

BaseType_t vTaskGetSnapshot(TaskHandle_t pxTask, TaskSnapshot_t *pxTaskSnapshot)
{
    pxTaskSnapshot->pxTCB = pxTask;
    pxTaskSnapshot->pxTopOfStack = (StackType_t *)&pxTask->frame;
    pxTaskSnapshot->pxEndOfStack = pxTask->stack + sizeof pxTask->stack;
    return pdTRUE;
}

void vTaskSuspendAll(void)
{
    printf("this core stops\n");
}

BaseType_t xTaskResumeAll(void)
{
    printf("this core goes on\n");
    return pdTRUE;
}

BaseType_t xPortGetCoreID(void)
{
    return 0;
}

static esp_ipc_func_t parked;

static void *run_other_core(void *argument)
{
    current = &tasks[2];
    parked(argument);
    return NULL;
}

static pthread_t other_core;

esp_err_t esp_ipc_call(uint32_t cpu_id, esp_ipc_func_t func, void *arg)
{
    printf("core %u is asked\n", (unsigned)cpu_id);
    if (strcmp(word, "busy") == 0)
        return ESP_ERR_INVALID_STATE;
    parked = func;
    return pthread_create(&other_core, NULL, run_other_core, arg) == 0 ? ESP_OK : ESP_FAIL;
}

static void print(uint32_t index)
{
    hotreload_port_task_t task;
    if (!hotreload_port_task(index, &task)) {
        printf("no task %u\n", (unsigned)index);
        return;
    }
    if (task.is_caller)
        printf("task %u %s: the caller, %u registers\n", (unsigned)index, task.name, (unsigned)task.register_count);
    else
        printf("task %u %s: another, %u registers, stack of %u bytes\n", (unsigned)index, task.name,
               (unsigned)task.register_count, (unsigned)(task.stack_end - task.stack));
}

static void look_at_tasks(void)
{
    if (!hotreload_port_stop_tasks()) {
        printf("nothing has stopped\n");
        return;
    }
    for (uint32_t index = 0; index < 3; index++)
        print(index);
    print(1);  // again, for its name
    hotreload_port_resume_tasks();
    if (other_core != 0)
        pthread_join(other_core, NULL);
    printf("the other core goes on\n");
}

int main(int argc, char **argv)
{
    word = argv[argc - 1];
    task_answer = strcmp(word, "no-memory") == 0 ? !pdPASS : pdPASS;
    if (strcmp(argv[1], "crash") == 0) {
        g_panic_abort = strcmp(word, "abort") == 0;
        panic(strcmp(word, "watchdog") == 0 ? PANIC_EXCEPTION_IWDT : PANIC_EXCEPTION_FAULT);
    } else if (strcmp(word, "tasks") == 0 || strcmp(word, "busy") == 0) {
        look_at_tasks();
    } else if (strcmp(word, "watch") == 0 || strcmp(word, "hang") == 0) {
        hotreload_port_watch(0);
        hotreload_port_watch(10000);
        callback(NULL);
        hotreload_port_watch(0);
    } else {
        hotreload_port_schedule(100);
    }
    return 0;
}
