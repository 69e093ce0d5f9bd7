// Where the instruction bus sees memory of the data bus.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "esp_idf_version.h"
#include "sdkconfig.h"

// The ESP32-S2 sees external RAM on the instruction bus page by page, where somebody asks for it.
#if CONFIG_IDF_TARGET_ESP32S2 && CONFIG_SPIRAM && ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 1, 0)
#define EXTERNAL_PAGE_SIZE CONFIG_MMU_PAGE_SIZE
#endif

/// The address at which the instruction bus sees a block of this purpose (HOTRELOAD_PORT_MODULE, …). False: it does
/// not see it (RTC RAM, tightly coupled memory).
bool open_executable(int purpose, uint32_t address, uint32_t size, uint32_t *executable);
/// Gives back what open_executable() took.
void close_executable(uint32_t address, uint32_t executable);
