// Loads the images that lie in RAM by igrr/hotreload's loader, in the order of its hotreload_load_from_buffer(), and prints
// how many instructions each took.
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdio.h>

#include "count.h"
#include "elf_loader.h"
#include "names.h"
#include "services.h"

#define NAME(name) #name,
static const char *const names[] = {SHORT_FUNCTIONS(NAME)};
enum { NAMES = sizeof names / sizeof names[0] };

/// What the stubs jump through.
static void *table[NAMES];

static esp_err_t load(elf_loader_ctx_t *context, const struct request *request)
{
    esp_err_t error = elf_loader_init(context, request + 1, request->size);
    if (error == ESP_OK)
        error = elf_loader_calculate_memory_layout(context, NULL, NULL);
    if (error == ESP_OK)
        error = elf_loader_allocate(context);
    if (error == ESP_OK)
        error = elf_loader_load_sections(context);
    if (error == ESP_OK)
        error = elf_loader_apply_relocations(context);
    if (error == ESP_OK)
        error = elf_loader_sync_cache(context);
    for (unsigned index = 0; error == ESP_OK && index < NAMES; index++) {
        table[index] = elf_loader_get_symbol(context, names[index]);
        if (table[index] == NULL)
            error = ESP_ERR_NOT_FOUND;
    }
    return error;
}

int main(void)
{
    unsigned index = 0;
    for (const struct request *request = first_request; request->size > 0; request = next_request(request)) {
        static elf_loader_ctx_t context;
        const uint64_t start = instructions();
        const esp_err_t error = load(&context, request);
        const uint64_t end = instructions();
        printf("load %u: error %x, %u instructions, %u bytes, 0 erased, 0 written\n", index++, (unsigned)error,
               (unsigned)(end - start), (unsigned)allocated);
        elf_loader_cleanup(&context);
    }
    return 0;
}
