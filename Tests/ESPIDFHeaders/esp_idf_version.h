// SPDX-License-Identifier: MIT
#pragma once
// ESP_IDF_VERSION_MAJOR, _MINOR and _PATCH come from the command line.
#define ESP_IDF_VERSION_VAL(major, minor, patch) ((major << 16) | (minor << 8) | (patch))
#define ESP_IDF_VERSION \
    ESP_IDF_VERSION_VAL(ESP_IDF_VERSION_MAJOR, ESP_IDF_VERSION_MINOR, ESP_IDF_VERSION_PATCH)

const char* esp_get_idf_version(void);
