// SPDX-License-Identifier: MIT
#include "module_heap.h"

#include <string.h>

/// The first multiple of `alignment` from `start` with `size` bytes before `end`.
static bool fits(uint32_t start, uint32_t end, uint32_t size, uint32_t alignment, uint32_t *address)
{
    *address = (start + alignment - 1) & ~(alignment - 1);
    return *address >= start && *address <= end && size <= end - *address;
}

bool module_heap_allocate(struct module_heap *heap, uint32_t size, uint32_t alignment, uint32_t *address)
{
    if (heap->count == MODULE_HEAP_BLOCK_LIMIT)
        return false;
    uint32_t start = heap->start;
    for (unsigned index = 0; index <= heap->count; index++) {
        const uint32_t end = index < heap->count ? heap->blocks[index].start : heap->end;
        if (fits(start, end, size, alignment, address)) {
            memmove(&heap->blocks[index + 1], &heap->blocks[index],
                    (heap->count - index) * sizeof heap->blocks[0]);
            heap->blocks[index].start = *address;
            heap->blocks[index].end = *address + size;
            heap->count++;
            return true;
        }
        start = heap->blocks[index].end;
    }
    return false;
}

void module_heap_free(struct module_heap *heap, uint32_t address)
{
    for (unsigned index = 0; index < heap->count; index++) {
        if (heap->blocks[index].start == address) {
            heap->count--;
            memmove(&heap->blocks[index], &heap->blocks[index + 1],
                    (heap->count - index) * sizeof heap->blocks[0]);
            return;
        }
    }
}

uint32_t module_heap_used(const struct module_heap *heap)
{
    uint32_t used = 0;
    for (unsigned index = 0; index < heap->count; index++)
        used += heap->blocks[index].end - heap->blocks[index].start;
    return used;
}
