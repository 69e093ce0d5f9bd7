// SPDX-License-Identifier: MIT
#pragma once
#include <stdio.h>

#define ESP_LOGE(tag, ...) ((void)(tag), (void)printf(__VA_ARGS__), (void)printf("\n"))
#define ESP_LOGW(tag, ...) ESP_LOGE(tag, __VA_ARGS__)
#define ESP_LOGI(tag, ...) ((void)(tag))
#define ESP_LOGD(tag, ...) ((void)(tag))
#define ESP_LOGV(tag, ...) ((void)(tag))
