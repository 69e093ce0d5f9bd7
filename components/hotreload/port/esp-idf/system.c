// hotreload_port.h: clock, randomness, log.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "esp_log.h"
#include "esp_random.h"
#include "esp_timer.h"

static const char TAG[] = "hotreload";

uint64_t hotreload_port_now(void)
{
    return (uint64_t)esp_timer_get_time();
}

bool hotreload_port_random(void *bytes, size_t size)
{
    // True random numbers while a radio is on. Without one the generator lives on what the
    // bootloader and the RC oscillator feed it, which is enough for nonces that must not repeat.
    esp_fill_random(bytes, size);
    return true;
}

void hotreload_port_log(int level, const char *line, size_t size)
{
    switch (level) {
    case HOTRELOAD_PORT_ERROR:
        ESP_LOGE(TAG, "%.*s", (int)size, line);
        break;
    case HOTRELOAD_PORT_WARNING:
        ESP_LOGW(TAG, "%.*s", (int)size, line);
        break;
    default:
        ESP_LOGI(TAG, "%.*s", (int)size, line);
        break;
    }
}
