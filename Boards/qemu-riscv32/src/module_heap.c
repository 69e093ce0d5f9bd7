// SPDX-License-Identifier: MIT
#include "module_heap.h"

#include <string.h>

/// Each loaded module has one, a reload needs one more.
enum { BLOCK_LIMIT = 32 };

/// What is allocated, by address. Kept apart from the memory itself: a module that writes over its end
/// destroys another module, not this.
static struct block {
    uint32_t start, end;
} blocks[BLOCK_LIMIT];
static unsigned count;

/// The first multiple of `alignment` from `start` with `size` bytes before `end`.
static bool fits(uint32_t start, uint32_t end, uint32_t size, uint32_t alignment, uint32_t *address)
{
    *address = (start + alignment - 1) & ~(alignment - 1);
    return *address >= start && *address <= end && size <= end - *address;
}

bool module_heap_allocate(uint32_t size, uint32_t alignment, uint32_t *address)
{
    if (count == BLOCK_LIMIT)
        return false;
    uint32_t start = CHIP_DATA_ADDRESS;
    for (unsigned index = 0; index <= count; index++) {
        const uint32_t end =
            index < count ? blocks[index].start : CHIP_DATA_ADDRESS + CHIP_MEMORY_SIZE;
        if (fits(start, end, size, alignment, address)) {
            memmove(&blocks[index + 1], &blocks[index], (count - index) * sizeof blocks[0]);
            blocks[index] = (struct block){.start = *address, .end = *address + size};
            count++;
            return true;
        }
        start = blocks[index].end;
    }
    return false;
}

void module_heap_free(uint32_t address)
{
    for (unsigned index = 0; index < count; index++) {
        if (blocks[index].start == address) {
            count--;
            memmove(&blocks[index], &blocks[index + 1], (count - index) * sizeof blocks[0]);
            return;
        }
    }
}
