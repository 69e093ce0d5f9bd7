// The tasks of the HTTP server, as configured (Kconfig).
// SPDX-License-Identifier: MIT
#pragma once

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"

#define HTTP_STACK_SIZE CONFIG_HOTRELOAD_SERVER_STACK_SIZE
#define HTTP_TASK_PRIORITY CONFIG_HOTRELOAD_SERVER_TASK_PRIORITY

// Without a second core there is nothing to choose.
#if defined(CONFIG_HOTRELOAD_SERVER_CORE_ID) && CONFIG_HOTRELOAD_SERVER_CORE_ID >= 0
#define HTTP_CORE CONFIG_HOTRELOAD_SERVER_CORE_ID
#else
#define HTTP_CORE tskNO_AFFINITY
#endif
