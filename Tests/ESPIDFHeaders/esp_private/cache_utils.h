// SPDX-License-Identifier: MIT
#pragma once
#include <stdbool.h>

bool spi_flash_cache_enabled(void);
