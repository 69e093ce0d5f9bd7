// F6, F8, F14, F15: where a module lies, and what becomes of its memory.
#include "esp_heap_caps.h"
#include "hotreload.h"
#include "reloadable.h"
#include "sdkconfig.h"
#include "unity.h"

enum {
    MODULE_AT_LEAST = 256,  // Bytes: no module of this project fits.
    BLOCK_COUNT = 256,
    ALIAS_WORD = 8,  // The heap keeps a word beside executable memory that is also data.
#if CONFIG_IDF_TARGET_ESP32
    SCARCE = MALLOC_CAP_EXEC | MALLOC_CAP_32BIT,  // For the code; the few bytes of data fit anywhere.
#else
    SCARCE = MALLOC_CAP_8BIT,
#endif
};

TEST_CASE("without memory a load fails, and the loaded module goes on", "[memory][F6]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));

    static void *blocks[BLOCK_COUNT];
    size_t count = 0;
    while (count < BLOCK_COUNT) {
        const size_t largest = heap_caps_get_largest_free_block(SCARCE);
        if (largest < MODULE_AT_LEAST) {
            break;
        }
        blocks[count] = heap_caps_malloc(largest - ALIAS_WORD, SCARCE);
        if (blocks[count] == NULL) {
            break;
        }
        count++;
    }
    const esp_err_t error = hotreload_load(&config);
    while (count > 0) {
        heap_caps_free(blocks[--count]);
    }
    TEST_ASSERT_EQUAL(ESP_ERR_NO_MEM, error);
    TEST_ASSERT_EQUAL(5, reloadable_add(2, 3));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

TEST_CASE("an unload gives all memory back", "[memory][F8]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    // The first load may leave something behind that is made once.
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
    const size_t before = heap_caps_get_free_size(MALLOC_CAP_8BIT);
    for (int i = 0; i < 10; i++) {
        TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
        TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
    }
    TEST_ASSERT_EQUAL(before, heap_caps_get_free_size(MALLOC_CAP_8BIT));
}

TEST_CASE("a module lies where its heap capabilities say", "[memory][F15]")
{
    const hotreload_config_t config = {
        .partition_label = "hotreload",
        .heap_caps = MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT,
    };
    const size_t before = heap_caps_get_free_size(config.heap_caps);
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_LESS_THAN(before, heap_caps_get_free_size(config.heap_caps));
    TEST_ASSERT_EQUAL(5, reloadable_add(2, 3));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

#if CONFIG_SPIRAM
TEST_CASE("a module in PSRAM runs and leaves internal RAM alone", "[memory][psram][F14]")
{
    if (heap_caps_get_total_size(MALLOC_CAP_SPIRAM) == 0) {
        TEST_IGNORE_MESSAGE("this board has no PSRAM");
    }
    const hotreload_config_t config = HOTRELOAD_CONFIG_SPIRAM();
    const size_t internal = heap_caps_get_free_size(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT);
    const size_t external = heap_caps_get_free_size(MALLOC_CAP_SPIRAM);
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_LESS_THAN(external, heap_caps_get_free_size(MALLOC_CAP_SPIRAM));
    TEST_ASSERT_LESS_THAN(2048, internal - heap_caps_get_free_size(MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT));
    TEST_ASSERT_EQUAL(5, reloadable_add(2, 3));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}
#endif
