// F1 to F5, F7 to F9, F11, F13: loading, replacing, unloading.
#include <stdlib.h>
#include <string.h>

#include "hotreload.h"
#include "reloadable.h"
#include "stored_image.h"
#include "unity.h"

static esp_err_t load_label(const char *label)
{
    hotreload_config_t config = {.partition_label = label};
    return hotreload_load(&config);
}

TEST_CASE("a stored module loads and runs", "[load][F1][F13]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL_STRING("hotreload", config.partition_label);
    TEST_ASSERT_EQUAL(0, config.heap_caps);
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    reloadable_init();
    TEST_ASSERT_EQUAL(0, reloadable_hello("test"));
    TEST_ASSERT_EQUAL(1, reloadable_hello("test"));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

TEST_CASE("a load without a configuration or a label is refused", "[load][F2]")
{
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_load(NULL));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, load_label(NULL));
}

TEST_CASE("an unknown partition is not found", "[load][F3]")
{
    TEST_ASSERT_EQUAL(ESP_ERR_NOT_FOUND, load_label("nowhere"));
    TEST_ASSERT_EQUAL(ESP_ERR_NOT_FOUND, load_label(""));
}

TEST_CASE("an image from memory runs", "[load][F11]")
{
    size_t size;
    uint8_t *image = copy_stored_image(&size);
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load_from_buffer(image, size));
    // The image is only read during the call.
    memset(image, 0xff, size);
    free(image);
    TEST_ASSERT_EQUAL(5, reloadable_add(2, 3));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

// Offsets in an ELF32 header: gABI, "ELF Header".
typedef struct {
    const char *what;
    size_t offset;
    uint8_t value;
    esp_err_t error;
} changed_byte_t;

TEST_CASE("what is no module is refused, each mistake with its error", "[load][F4][F5]")
{
    static const changed_byte_t changes[] = {
        {"magic", 0, 0x7e, ESP_ERR_NOT_SUPPORTED},
        {"class: 64 bits", 4, 2, ESP_ERR_NOT_SUPPORTED},
        {"byte order: big-endian", 5, 2, ESP_ERR_NOT_SUPPORTED},
        {"version", 6, 2, ESP_ERR_NOT_SUPPORTED},
        {"type: relocatable", 16, 1, ESP_ERR_NOT_SUPPORTED},
        {"machine", 18, 62, ESP_ERR_NOT_SUPPORTED},
        {"program headers: the note alone", 44, 1, ESP_ERR_NOT_FOUND},
    };
    size_t size;
    uint8_t *image = copy_stored_image(&size);
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_load_from_buffer(NULL, size));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_load_from_buffer(image, 0));
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_ARG, hotreload_load_from_buffer(image, 51));
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        const uint8_t right = image[changes[i].offset];
        image[changes[i].offset] = changes[i].value;
        TEST_ASSERT_EQUAL_MESSAGE(changes[i].error, hotreload_load_from_buffer(image, size), changes[i].what);
        image[changes[i].offset] = right;
    }
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load_from_buffer(image, size));
    free(image);
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

TEST_CASE("a load replaces the module, and one that fails leaves it", "[load][F7][F9]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    reloadable_init();
    reloadable_hello("before");
    TEST_ASSERT_EQUAL(1, reloadable_count());
    TEST_ASSERT_EQUAL(ESP_ERR_NOT_FOUND, load_label("nowhere"));
    TEST_ASSERT_EQUAL(1, reloadable_count());

    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_EQUAL(0, reloadable_count());
    reloadable_hello("before");
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_reload(&config));
    TEST_ASSERT_EQUAL(0, reloadable_count());
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
}

TEST_CASE("a second unload is refused", "[load][F8]")
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_load(&config));
    TEST_ASSERT_EQUAL(ESP_OK, hotreload_unload());
    TEST_ASSERT_EQUAL(ESP_ERR_INVALID_STATE, hotreload_unload());
}
