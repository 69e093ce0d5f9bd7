// hotreload_port.h: memory. Modules live where the chip has its RAM.
// SPDX-License-Identifier: MIT
#include "board.h"
#include "external_memory.h"
#include "hotreload_port.h"
#include "module_heap.h"

enum { MALLOC_CAP_SPIRAM = 1 << 10 };  // esp_heap_caps.h

static struct module_heap heap = {
    .start = CHIP_DATA_ADDRESS, .end = CHIP_DATA_ADDRESS + CHIP_MEMORY_SIZE};

#ifdef CHIP_CODE_SIZE
/// Data and code apart: each block has one address.
static struct module_heap code_heap = {
    .start = CHIP_CODE_ADDRESS, .end = CHIP_CODE_ADDRESS + CHIP_CODE_SIZE};

static bool allocate_internal(uint32_t size, uint32_t alignment, int purpose, hotreload_port_block_t *block)
{
    uint32_t address;
    struct module_heap *const chosen = purpose == HOTRELOAD_PORT_CODE ? &code_heap : &heap;
    if (purpose == HOTRELOAD_PORT_MODULE || !module_heap_allocate(chosen, size, alignment, &address))
        return false;
    *block = (hotreload_port_block_t){.data_address = address, .executable_address = address, .size = size};
    return true;
}

static void free_internal(const hotreload_port_block_t *block)
{
    module_heap_free(&heap, block->data_address);
    module_heap_free(&code_heap, block->data_address);
}

uint32_t board_module_memory_used(void)
{
    return module_heap_used(&heap) + module_heap_used(&code_heap);
}
#else
static bool allocate_internal(uint32_t size, uint32_t alignment, int purpose, hotreload_port_block_t *block)
{
    uint32_t address;
    if ((purpose != HOTRELOAD_PORT_MODULE && purpose != HOTRELOAD_PORT_IMAGE) ||
        !module_heap_allocate(&heap, size, alignment, &address))
        return false;
    *block = (hotreload_port_block_t){
        .data_address = address,
        .executable_address = address - CHIP_DATA_ADDRESS + CHIP_CODE_ADDRESS,
        .size = size,
    };
    return true;
}

static void free_internal(const hotreload_port_block_t *block)
{
    module_heap_free(&heap, block->data_address);
}

uint32_t board_module_memory_used(void)
{
    return module_heap_used(&heap);
}
#endif

int hotreload_port_allocate(uint32_t size, uint32_t alignment, uint32_t heap_caps, int purpose,
                            hotreload_port_block_t *block)
{
    const bool is_allocated = (heap_caps & MALLOC_CAP_SPIRAM) != 0
        ? purpose == HOTRELOAD_PORT_MODULE && external_memory_allocate(size, alignment, block)
        : allocate_internal(size, alignment, purpose, block);
    return is_allocated ? HOTRELOAD_PORT_OK : HOTRELOAD_PORT_NO_MEMORY;
}

void hotreload_port_free(const hotreload_port_block_t *block)
{
    free_internal(block);
    external_memory_free(block);
}

void hotreload_port_synchronize(const hotreload_port_block_t *block)
{
    (void)block;
    __asm__ volatile("isync" : : : "memory");
}
