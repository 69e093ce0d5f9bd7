// The services of ESP-IDF that igrr/hotreload's loader calls: memory and the cache.
// SPDX-License-Identifier: MIT
#include "services.h"

#include <malloc.h>
#include <string.h>

#include "esp_cache.h"
#include "esp_heap_caps.h"

uint32_t allocated;

void *__real_malloc(size_t size);
void __real_free(void *block);

void *__wrap_malloc(size_t size)
{
    size_t *const block = __real_malloc(size + 16);
    if (block == NULL)
        return NULL;
    *block = size;
    allocated += size;
    return block + 16 / sizeof *block;
}

void *__wrap_calloc(size_t count, size_t size)
{
    void *const block = __wrap_malloc(count * size);
    return block == NULL ? NULL : memset(block, 0, count * size);
}

void __wrap_free(void *block)
{
    if (block == NULL)
        return;
    size_t *const start = (size_t *)block - 16 / sizeof *start;
    allocated -= *start;
    __real_free(start);
}

void *heap_caps_aligned_alloc(size_t alignment, size_t size, uint32_t caps)
{
    (void)alignment;  // 4
    (void)caps;
    return __wrap_malloc(size);
}

void heap_caps_free(void *block)
{
    __wrap_free(block);
}

esp_err_t esp_cache_msync(void *address, size_t size, int flags)
{
    (void)address;
    (void)size;
    (void)flags;
    return ESP_OK;
}
