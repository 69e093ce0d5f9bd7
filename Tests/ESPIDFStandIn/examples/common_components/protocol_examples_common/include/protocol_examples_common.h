// SPDX-License-Identifier: MIT
#pragma once
#include "esp_err.h"
#include "esp_netif.h"

esp_err_t example_connect(void);
