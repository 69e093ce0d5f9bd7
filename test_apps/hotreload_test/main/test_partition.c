// F10, F12: storing a module, and knowing that there is a new one.
#include <stdlib.h>

#include "hotreload.h"
#include "reloadable.h"
#include "stored_image.h"
#include "unity.h"

TEST_CASE("an update is available between its store and its load", "[partition][F10]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_FALSE(hotreload_update_available());

    size_t size;
    uint8_t *image = copy_stored_image(&size);
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_update_partition("hotreload", image, size));
    free(image);
    TEST_ASSERT_TRUE(hotreload_update_available());
    TEST_ASSERT_EQUAL(5, reloadable_add(2, 3));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
    TEST_ASSERT_TRUE(hotreload_update_available());
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_FALSE(hotreload_update_available());
    TEST_ASSERT_EQUAL(5, reloadable_add(2, 3));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
    TEST_ASSERT_FALSE(hotreload_update_available());
}

TEST_CASE("what cannot be stored is refused", "[partition][F12]")
{
    static const uint8_t bytes[64];
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_update_partition(NULL, bytes, sizeof bytes));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_update_partition("hotreload", NULL, sizeof bytes));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_update_partition("hotreload", bytes, 0));
    TEST_ASSERT_EQUAL(ESP_ERR_NOT_FOUND, hotreload_update_partition("nowhere", bytes, sizeof bytes));
    // A slot is half of the 512 KiB. Nothing is read before the size is known to fit.
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_SIZE, hotreload_update_partition("hotreload", bytes, 256 * 1024));
    TEST_ASSERT_FALSE(hotreload_update_available());
}
