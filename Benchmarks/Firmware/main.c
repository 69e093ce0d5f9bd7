// Prints how many instructions calls of a module take, beside calls of the firmware; then loads the images that lie in
// RAM, one after the other, and prints what each takes. Where there are none, takes uploads.
// SPDX-License-Identifier: MIT
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "calls.h"
#include "names.h"

// What Sources/Measurements/CountingBoard.swift has QEMU put there: a row of these, each followed by its image,
// padded to 16 bytes; at the end one of size 0.
struct request {
    uint32_t size;
    uint32_t is_stored;  // first in flash, and loaded from there
    uint32_t reserved[2];
};

// A third of the way into RAM, where nobody else is: the heap of the C library is not used.
#if __riscv
static const struct request *const first_request = (const struct request *)0x81000000;
#else
static const struct request *const first_request = (const struct request *)0x49000000;
#endif

/// Instructions since the start, by a clock that QEMU advances by 128 ns for each (-icount shift=7).
static uint64_t instructions(void)
{
#if __riscv
    // QEMU counts its nanoseconds in place of instructions.
    uint32_t high, low, again;
    do {
        __asm__ volatile("rdinstreth %0\n rdinstret %1\n rdinstreth %2" : "=r"(high), "=r"(low), "=r"(again));
    } while (high != again);
    return ((uint64_t)high << 32 | low) / 128;
#else
    // In units of 100 ns. It wraps; nothing here takes so long.
    uint32_t count;
    __asm__ volatile("rsr.ccount %0" : "=a"(count));
    return (uint64_t)count * 100 / 128;
#endif
}

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
    for (const struct request *request = first_request; request->size > 0; index++) {
        load(request, index);
        request += 1 + (request->size + sizeof *request - 1) / sizeof *request;
    }
    return 0;
}
