// Two slots, each with a header and an image: docs/STORE.md.
#include "stored_image.h"

#include <stdlib.h>
#include <string.h>

#include "esp_partition.h"
#include "unity.h"

enum {
    IMAGE_OFFSET = 512,
};

typedef struct {
    char magic[4];
    uint16_t version;
    uint16_t header_size;
    uint32_t image_size;
    uint32_t zero;
    uint64_t sequence;
} slot_header_t;

uint8_t *copy_stored_image(size_t *size)
{
    const esp_partition_t *partition =
        esp_partition_find_first(ESP_PARTITION_TYPE_APP, ESP_PARTITION_SUBTYPE_ANY, "hotreload");
    TEST_ASSERT_NOT_NULL_MESSAGE(partition, "there is no partition hotreload");

    const uint32_t slots[] = {0, partition->size / 2};
    slot_header_t newest = {0};
    uint32_t newest_slot = 0;
    for (size_t i = 0; i < 2; i++) {
        slot_header_t header;
        TEST_ASSERT_EQUAL(ESP_OK, esp_partition_read(partition, slots[i], &header, sizeof header));
        if (memcmp(header.magic, "HRS1", 4) == 0 && header.sequence >= newest.sequence) {
            newest = header;
            newest_slot = slots[i];
        }
    }
    TEST_ASSERT_NOT_EQUAL_MESSAGE(0, newest.image_size, "no module was flashed: idf.py flash");

    uint8_t *image = malloc(newest.image_size);
    TEST_ASSERT_NOT_NULL(image);
    TEST_ASSERT_EQUAL(ESP_OK, esp_partition_read(partition, newest_slot + IMAGE_OFFSET, image, newest.image_size));
    *size = newest.image_size;
    return image;
}
