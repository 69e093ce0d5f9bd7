// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

#include "esp_err.h"

typedef void (*esp_ipc_func_t)(void* arg);

esp_err_t esp_ipc_call(uint32_t cpu_id, esp_ipc_func_t func, void* arg);
