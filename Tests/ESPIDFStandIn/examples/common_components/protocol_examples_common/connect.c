// SPDX-License-Identifier: MIT
#include "protocol_examples_common.h"

esp_err_t example_connect(void)
{
    return ESP_OK;
}
