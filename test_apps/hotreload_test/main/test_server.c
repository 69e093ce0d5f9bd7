// F16, F17: the server's beginning and end. What it answers is asked over the network: test_hotreload.py.
#include "esp_event.h"
#include "esp_netif.h"
#include "hotreload.h"
#include "unity.h"

/// lwIP runs from here on. Beginning twice is no error.
static void start_network_stack(void)
{
    TEST_ASSERT_EQUAL(ESP_OK, esp_netif_init());
    const esp_err_t error = esp_event_loop_create_default();
    TEST_ASSERT_TRUE(error == ESP_OK || error == ESP_ERR_INVALID_STATE);
}

TEST_CASE("a server starts once and stops once", "[server][F16]")
{
    start_network_stack();
    hotreload_server_config_t config = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_server_start(NULL));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_STATE, hotreload_server_stop());
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_server_start(&config));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_STATE, hotreload_server_start(&config));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_server_stop());
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_STATE, hotreload_server_stop());
}

TEST_CASE("zero fields of the server's configuration are the defaults", "[server][F17]")
{
    const hotreload_server_config_t defaults = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(8080, defaults.port);
    TEST_ASSERT_EQUAL_STRING("hotreload", defaults.partition_label);
    TEST_ASSERT_EQUAL(128 * 1024, defaults.max_elf_size);

    start_network_stack();
    const hotreload_server_config_t zero = {0};
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_server_start(&zero));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_server_stop());
    const hotreload_server_config_t elsewhere = {.partition_label = "nowhere"};
    TEST_ASSERT_EQUAL(ESP_ERR_NOT_FOUND, hotreload_server_start(&elsewhere));
}
