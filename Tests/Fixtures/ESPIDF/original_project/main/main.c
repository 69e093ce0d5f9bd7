#include "esp_err.h"
#include "esp_log.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "hotreload.h"
#include "lamp.h"

static const char *TAG = "lamp_firmware";

void app_main(void)
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_load(&config));
    lamp_init(4);

    hotreload_server_config_t server_config = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_server_start(&server_config));

    while (1) {
        ESP_LOGI(TAG, "the lamp is at %d", lamp_step());
        if (hotreload_update_available()) {
            ESP_ERROR_CHECK(hotreload_reload(&config));
            lamp_init(4);
        }
        vTaskDelay(pdMS_TO_TICKS(1000));
    }
}
