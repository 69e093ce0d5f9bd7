// Prints how many instructions calls of a module take, beside calls of the firmware; then loads the images that lie in
// RAM, one after the other, and prints what each takes. Where there are none, takes uploads.
// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "calls.h"
#include "count.h"
#include "names.h"

static uint32_t erased, written;

bool __real_pflash_erase(uint32_t offset, uint32_t size);
bool __real_pflash_write(uint32_t offset, const void *bytes, uint32_t size);

/// In place of the board's function (--wrap of the linker).
bool __wrap_pflash_erase(uint32_t offset, uint32_t size)
{
    erased += size;
    return __real_pflash_erase(offset, size);
}

/// Likewise.
bool __wrap_pflash_write(uint32_t offset, const void *bytes, uint32_t size)
{
    written += size;
    return __real_pflash_write(offset, bytes, size);
}

static const char *const partition = "hotreload";

static void load(const struct request *request, unsigned index)
{
    const void *const image = request + 1;
    const hotreload_config_t config = {.partition_label = partition};
    erased = written = 0;
    if (request->is_stored)
        ESP_ERROR_CHECK(hotreload_update_partition(partition, image, request->size));
    const uint32_t used = board_module_memory_used();
    const uint64_t start = instructions();
    const esp_err_t error =
        request->is_stored ? hotreload_load(&config) : hotreload_load_from_buffer(image, request->size);
    const uint64_t end = instructions();
    printf("load %u: error %x, %u instructions, %u bytes, %u erased, %u written\n", index, (unsigned)error,
           (unsigned)(end - start), (unsigned)(board_module_memory_used() - used), (unsigned)erased, (unsigned)written);
    if (error == ESP_OK)
        ESP_ERROR_CHECK(hotreload_unload());
}

enum { CALLS = 1000 };

static void call(void)
{
    const hotreload_config_t config = {.partition_label = partition};
    ESP_ERROR_CHECK(hotreload_load(&config));
    const uint64_t start = instructions();
    for (int number = 0; number < CALLS; number++)
        of_firmware(number);
    const uint64_t middle = instructions();
    for (int number = 0; number < CALLS; number++)
        s00(number);
    const uint64_t end = instructions();
    printf("%d calls: %u instructions, through a stub %u\n", CALLS, (unsigned)(middle - start),
           (unsigned)(end - middle));
}

static void take_uploads(void)
{
    hotreload_server_config_t config = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    config.max_elf_size = 2 << 20;
    ESP_ERROR_CHECK(hotreload_server_start(&config));
    while (true)
        board_delay_ms(1000);
}

int main(void)
{
    if (first_request->size == 0)
        take_uploads();
    call();
    ESP_ERROR_CHECK(hotreload_unload());
    unsigned index = 0;
    for (const struct request *request = first_request; request->size > 0; request = next_request(request))
        load(request, index++);
    return 0;
}
