// The application of test_hotreload.py: it greets, and reloads what arrives. A test of its own kind: it goes on
// until the board is reset.
#include "esp_event.h"
#include "esp_log.h"
#include "esp_netif.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "hotreload.h"
#include "nvs_flash.h"
#include "protocol_examples_common.h"
#include "reloadable.h"
#include "unity.h"

enum {
    HELLO_PERIOD_MS = 1000,
    POLL_PERIOD_MS = 50,
};

static const char *const TAG = "integration";

static void start_network(void)
{
    esp_err_t error = nvs_flash_init();
    if (error == ESP_ERR_NVS_NO_FREE_PAGES || error == ESP_ERR_NVS_NEW_VERSION_FOUND) {
        TEST_ASSERT_EQUAL(ESP_OK, nvs_flash_erase());
        error = nvs_flash_init();
    }
    TEST_ASSERT_EQUAL(ESP_OK, error);
    TEST_ASSERT_EQUAL(ESP_OK, esp_netif_init());
    error = esp_event_loop_create_default();
    TEST_ASSERT_TRUE(error == ESP_OK || error == ESP_ERR_INVALID_STATE);
    TEST_ASSERT_EQUAL(ESP_OK, example_connect());
}

static void wait_for_update(void)
{
    for (int waited = 0; waited < HELLO_PERIOD_MS && !hotreload_update_available(); waited += POLL_PERIOD_MS) {
        vTaskDelay(pdMS_TO_TICKS(POLL_PERIOD_MS));
    }
}

TEST_CASE("hotreload_integration", "[integration]")
{
    start_network();
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    reloadable_init();
    reloadable_hello("from initial load");

    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_server_start(&server));

    while (true) {
        reloadable_hello("from main loop");
        wait_for_update();
        if (hotreload_update_available()) {
            const esp_err_t error = hotreload_reload(&config);
            if (error == ESP_OK) {
                reloadable_init();
                ESP_LOGI(TAG, "Reload successful");
            } else {
                ESP_LOGE(TAG, "Reload failed: %s", esp_err_to_name(error));
            }
        }
    }
}
