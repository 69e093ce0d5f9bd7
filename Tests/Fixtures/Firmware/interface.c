// Firmware for InterfaceTests: every function of hotreload.h with every error that its comment promises, and
// calls through stubs of every kind. Prints one line a failed check, and how many held.
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "../port/hotreload_port.h"
#include "board.h"
#include "hotreload.h"
#include "interface.h"

static int held, failed;

static void check(const char *what, long long expected, long long found)
{
    if (expected == found) {
        held++;
        return;
    }
    failed++;
    printf("FAILED %s: %lld, expected %lld\n", what, found, expected);
}

#define CHECK(expected, expression) check(#expression, (long long)(expected), (long long)(expression))

// Slot 0 of the partition (docs/STORE.md), where the board maps its flash.
static const uint8_t *slot;
static const uint8_t *image(void) { return slot + 512; }
static uint32_t image_size(void) { return *(const uint32_t *)(slot + 8); }

static bool find_slot(void)
{
    hotreload_port_partition_t partition;
    uintptr_t mapping;
    return hotreload_port_find_partition("hotreload", &partition) == HOTRELOAD_PORT_OK
           && hotreload_port_map(&partition, 0, partition.size / 2, (const void **)&slot, &mapping)
                  == HOTRELOAD_PORT_OK;
}

static uint8_t copy[8192];

static esp_err_t load_changed(uint32_t offset, uint8_t byte)
{
    memcpy(copy, image(), image_size());
    copy[offset] = byte;
    return hotreload_load_from_buffer(copy, image_size());
}

static esp_err_t load_label(const char *label)
{
    hotreload_config_t config = {.partition_label = label};
    return hotreload_load(&config);
}

/// Loads while others have the memory for modules.
static esp_err_t load_without_memory(const hotreload_config_t *config)
{
    hotreload_port_block_t blocks[32];
    size_t count = 0;
    for (uint32_t size = 16 << 20; size > 0; size /= 2) {
        while (count < sizeof blocks / sizeof blocks[0]
               && hotreload_port_allocate(size, 1, 0, HOTRELOAD_PORT_MODULE, &blocks[count])
                      == HOTRELOAD_PORT_OK)
            count++;
    }
    esp_err_t result = hotreload_load(config);
    while (count > 0)
        hotreload_port_free(&blocks[--count]);
    return result;
}

static void check_loading(void)
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    CHECK(0, strcmp(config.partition_label, "hotreload"));
    CHECK(0, config.heap_caps);

    CHECK(ESP_ERR_INVALID_ARG, hotreload_load(NULL));
    CHECK(ESP_ERR_INVALID_ARG, load_label(NULL));
    CHECK(ESP_ERR_NOT_FOUND, load_label("nowhere"));
    CHECK(ESP_ERR_NOT_FOUND, load_label("seventeen letters"));
    CHECK(ESP_ERR_NOT_FOUND, load_label(""));
    CHECK(ESP_ERR_INVALID_STATE, hotreload_unload());
    CHECK(false, hotreload_update_available());
    CHECK(ESP_OK, hotreload_load(&config));
    CHECK(42, small(41));
    CHECK(ESP_OK, hotreload_load(&config));
    CHECK(ESP_OK, hotreload_reload(&config));
    CHECK(43, small(42));
    CHECK(ESP_ERR_NO_MEM, load_without_memory(&config));
    CHECK(44, small(43));
    hotreload_config_t external = {.partition_label = "hotreload", .heap_caps = 1 << 10};
    CHECK(ESP_ERR_NO_MEM, hotreload_load(&external));
    CHECK(ESP_OK, hotreload_unload());
    CHECK(ESP_ERR_INVALID_STATE, hotreload_unload());
}

static void check_images_in_memory(void)
{
    CHECK(ESP_ERR_INVALID_ARG, hotreload_load_from_buffer(NULL, 100));
    CHECK(ESP_ERR_INVALID_ARG, hotreload_load_from_buffer(image(), 51));
    CHECK(ESP_ERR_NOT_SUPPORTED, load_changed(0, 0));    // EI_MAG0
    CHECK(ESP_ERR_NOT_SUPPORTED, load_changed(4, 2));    // EI_CLASS: 64 bits
    CHECK(ESP_ERR_NOT_SUPPORTED, load_changed(5, 2));    // EI_DATA: big-endian
    CHECK(ESP_ERR_NOT_SUPPORTED, load_changed(6, 9));    // EI_VERSION
    CHECK(ESP_ERR_NOT_SUPPORTED, load_changed(16, 1));   // e_type: ET_REL
    CHECK(ESP_ERR_NOT_SUPPORTED, load_changed(18, 3));   // e_machine: 386
    CHECK(ESP_ERR_NOT_FOUND, load_changed(44, 1));       // e_phnum: the note alone
    CHECK(ESP_OK, hotreload_load_from_buffer(image(), image_size()));
    CHECK(8, small(7));
}

static void check_updates(void)
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    CHECK(ESP_ERR_INVALID_ARG, hotreload_update_partition(NULL, image(), 100));
    CHECK(ESP_ERR_INVALID_ARG, hotreload_update_partition("hotreload", NULL, 100));
    CHECK(ESP_ERR_INVALID_ARG, hotreload_update_partition("hotreload", image(), 0));
    CHECK(ESP_ERR_INVALID_SIZE, hotreload_update_partition("hotreload", image(), 600 * 1024));
    CHECK(ESP_ERR_NOT_FOUND, hotreload_update_partition("nowhere", image(), 100));
    CHECK(false, hotreload_update_available());
    // From RAM: NOR flash cannot be read while it is written.
    memcpy(copy, image(), image_size());
    CHECK(ESP_OK, hotreload_update_partition("hotreload", copy, image_size()));
    CHECK(true, hotreload_update_available());
    CHECK(ESP_OK, hotreload_unload());
    CHECK(true, hotreload_update_available());
    CHECK(ESP_OK, hotreload_reload(&config));
    CHECK(false, hotreload_update_available());
}

static void check_partitions(void)
{
    CHECK(ESP_ERR_INVALID_ARG, hotreload_unload_partition(NULL));
    CHECK(ESP_ERR_NOT_FOUND, hotreload_unload_partition("nowhere"));
    CHECK(ESP_ERR_NOT_FOUND, hotreload_unload_partition("seventeen letters"));
    CHECK(ESP_OK, hotreload_unload_partition("hotreload"));
    CHECK(ESP_ERR_INVALID_STATE, hotreload_unload_partition("hotreload"));
    CHECK(ESP_OK, hotreload_reload_all());
    CHECK(4, small(3));
    CHECK(ESP_OK, hotreload_reload_all());
    CHECK(5, small(4));
}

static void check_server(void)
{
    hotreload_server_config_t standard = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    CHECK(8080, standard.port);
    CHECK(128 * 1024, standard.max_elf_size);
    hotreload_server_config_t zeros = {0};
    hotreload_server_config_t elsewhere = {.partition_label = "nowhere"};
    CHECK(ESP_ERR_INVALID_ARG, hotreload_server_start(NULL));
    CHECK(ESP_ERR_INVALID_STATE, hotreload_server_stop());
    CHECK(ESP_ERR_NOT_FOUND, hotreload_server_start(&elsewhere));
    CHECK(ESP_ERR_INVALID_ARG, hotreload_server_attach(NULL, &zeros));
    CHECK(ESP_ERR_INVALID_ARG, hotreload_server_attach(&zeros, NULL));
    CHECK(ESP_ERR_NOT_SUPPORTED, hotreload_server_attach(&zeros, &zeros));
    CHECK(ESP_ERR_INVALID_STATE, hotreload_server_stop());
    CHECK(ESP_OK, hotreload_server_start(&zeros));
    CHECK(ESP_ERR_INVALID_STATE, hotreload_server_start(&standard));
    CHECK(ESP_OK, hotreload_server_stop());
    CHECK(ESP_ERR_INVALID_STATE, hotreload_server_stop());
}

static void check_stubs(void)
{
    CHECK(0x1122334455667788, wide(0x1122334455667780, 8));
    CHECK(2500, (int)(1000 * real(1.25, 2.0)));
    CHECK(2500, (int)(1000 * single(1.25f, 2.0f)));
    CHECK(78, twelve(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    CHECK(150, variadic(5, 10, 20, 30, 40, 50));
    struct big result = structure((struct big){.words = {1, 2, 3, 4, 5, 6}}, 10);
    CHECK(11, result.words[0]);
    CHECK(16, result.words[5]);
    int (*pointer)(int) = small;
    CHECK(2, pointer(1));
    CHECK(120, factorial(5));
}

/// Half of a recursion: the module calls back.
int firmware_factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }
int firmware_variable = 5;

int main(void)
{
    CHECK(true, find_slot());
    check_loading();
    check_images_in_memory();
    check_updates();
    check_partitions();
    check_stubs();
    check_server();
    printf("%d checks held, %d failed\n", held, failed);
    board_delay_ms(1);
    return failed == 0 ? 0 : 1;
}
