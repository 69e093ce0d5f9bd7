// hotreload_port.h: memory. Modules live where the chip has its RAM.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "hotreload_port.h"
#include "module_heap.h"

static struct module_heap heap = {
    .start = CHIP_DATA_ADDRESS, .end = CHIP_DATA_ADDRESS + CHIP_MEMORY_SIZE};

enum { MALLOC_CAP_SPIRAM = 1 << 10 };  // esp_heap_caps.h; there is no external RAM here

int hotreload_port_allocate(uint32_t size, uint32_t alignment, uint32_t heap_caps, int purpose,
                            hotreload_port_block_t *block)
{
    (void)purpose;  // one block: HOTRELOAD_PORT_MODULE, or HOTRELOAD_PORT_IMAGE
    uint32_t address;
    if ((heap_caps & MALLOC_CAP_SPIRAM) != 0 || !module_heap_allocate(&heap, size, alignment, &address))
        return HOTRELOAD_PORT_NO_MEMORY;
    *block = (hotreload_port_block_t){
        .data_address = address,
        .executable_address = address - CHIP_DATA_ADDRESS + CHIP_CODE_ADDRESS,
        .size = size,
    };
    return HOTRELOAD_PORT_OK;
}

void hotreload_port_free(const hotreload_port_block_t *block)
{
    module_heap_free(&heap, block->data_address);
}

uint32_t board_module_memory_used(void)
{
    return module_heap_used(&heap);
}

void hotreload_port_synchronize(const hotreload_port_block_t *block)
{
    (void)block;
    __asm__ volatile("fence.i" : : : "memory");
}
