// hotreload_port.h: memory. All of the RAM is executable, on one bus; modules live in the C heap.
// SPDX-License-Identifier: MIT
#include <malloc.h>
#include <stdlib.h>

#include "hotreload_port.h"

enum { MALLOC_CAP_SPIRAM = 1 << 10 };  // esp_heap_caps.h; there is no external RAM here

int hotreload_port_allocate(uint32_t size, uint32_t alignment, uint32_t heap_caps,
                            hotreload_port_block_t *block)
{
    if ((heap_caps & MALLOC_CAP_SPIRAM) != 0)
        return HOTRELOAD_PORT_NO_MEMORY;
    void *memory = memalign(alignment, size);
    if (memory == NULL)
        return HOTRELOAD_PORT_NO_MEMORY;
    *block = (hotreload_port_block_t){
        .data_address = (uint32_t)memory,
        .executable_address = (uint32_t)memory,
        .size = size,
    };
    return HOTRELOAD_PORT_OK;
}

void hotreload_port_free(const hotreload_port_block_t *block)
{
    free((void *)block->data_address);
}

void hotreload_port_synchronize(const hotreload_port_block_t *block)
{
    (void)block;
    __asm__ volatile("fence.i" : : : "memory");
}
