// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

typedef enum { ESP_LOG_NONE, ESP_LOG_ERROR, ESP_LOG_WARN, ESP_LOG_INFO } esp_log_level_t;

uint32_t esp_log_timestamp(void);
void esp_log_write(esp_log_level_t level, const char* tag, const char* format, ...) __attribute__((format(printf, 3, 4)));

#define STUB_LOG_LINE(level, letter, tag, format, ...) \
    esp_log_write(level, tag, letter " (%u) %s: " format "\n", (unsigned)esp_log_timestamp(), tag, ##__VA_ARGS__)
#define ESP_LOGE(tag, format, ...) STUB_LOG_LINE(ESP_LOG_ERROR, "E", tag, format, ##__VA_ARGS__)
#define ESP_LOGW(tag, format, ...) STUB_LOG_LINE(ESP_LOG_WARN, "W", tag, format, ##__VA_ARGS__)
#define ESP_LOGI(tag, format, ...) STUB_LOG_LINE(ESP_LOG_INFO, "I", tag, format, ##__VA_ARGS__)
