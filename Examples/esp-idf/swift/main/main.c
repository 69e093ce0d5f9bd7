// A firmware in C that goes on running while one of its components, in Swift, is replaced.
#include <stdbool.h>
#include <stdint.h>

#include "esp_err.h"
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "hotreload.h"
#include "nvs_flash.h"
#include "protocol_examples_common.h"
#include "reloadable.h"

enum {
    HELLO_PERIOD_MS = 1000,
    POLL_PERIOD_MS = 50,  // The longest that a stored update waits for its reload.
};

static const char *const TAG = "example";

/// Wi-Fi keeps its calibration there.
static void start_nvs(void)
{
    esp_err_t error = nvs_flash_init();
    if (error == ESP_ERR_NVS_NO_FREE_PAGES || error == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        ESP_ERROR_CHECK(nvs_flash_erase());
        error = nvs_flash_init();
    }
    ESP_ERROR_CHECK(error);
}

/// Wi-Fi or Ethernet, whatever "Example Connection Configuration" of menuconfig says.
static void connect_network(void)
{
    ESP_ERROR_CHECK(esp_netif_init());
    ESP_ERROR_CHECK(esp_event_loop_create_default());
    ESP_ERROR_CHECK(example_connect());
}

/// Waits for the next greeting. True as soon as a new module is stored.
static bool wait_for_update(void)
{
    for (uint32_t waited = 0; waited < HELLO_PERIOD_MS; waited += POLL_PERIOD_MS) {
        if (hotreload_update_available()) {
            return true;
        }
        vTaskDelay(pdMS_TO_TICKS(POLL_PERIOD_MS));
    }
    return hotreload_update_available();
}

void app_main(void)
{
    start_nvs();
    connect_network();

    // Without a module the device still answers: a reload can bring one.
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    bool has_module = hotreload_load(&config) == ESP_OK;

    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_server_start(&server));

    while (true) {
        if (has_module) {
            reloadable_hello("World");
        }

        // A safe point: no code of the module is on the stack.
        if (wait_for_update()) {
            ESP_LOGI(TAG, "update available, reloading");
            esp_err_t error = hotreload_reload(&config);
            if (error == ESP_OK) {
                has_module = true;
            } else {
                ESP_LOGE(TAG, "reload failed (%s): what ran before goes on", esp_err_to_name(error));
            }
        }
    }
}
