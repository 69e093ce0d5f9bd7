// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

#include "esp_err.h"
#include "esp_idf_version.h"

#if ESP_IDF_VERSION < ESP_IDF_VERSION_VAL(5, 1, 0)
#error "ESP-IDF 5.0 has no esp_cache.h"
#endif

#define BIT(nr) (1UL << (nr))

#define ESP_CACHE_MSYNC_FLAG_INVALIDATE    BIT(0)
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 2, 0)
#define ESP_CACHE_MSYNC_FLAG_DIR_C2M       BIT(2)
#endif

esp_err_t esp_cache_msync(void *addr, size_t size, int flags);
