// SPDX-License-Identifier: MIT
#include "external_memory.h"

#include "chip.h"
#include "module_heap.h"
#include "page_table.h"

#if defined CHIP_EXTERNAL_PAGE_SIZE

static struct module_heap heap = {
    .start = CHIP_EXTERNAL_DATA_ADDRESS, .end = CHIP_EXTERNAL_DATA_ADDRESS + CHIP_EXTERNAL_SIZE};
/// Addresses of the instruction bus, in pages. The first one is somebody else's, so that no block is as far into
/// these as it is into the memory.
static struct module_heap pages = {
    .start = CHIP_EXTERNAL_CODE_ADDRESS + CHIP_EXTERNAL_PAGE_SIZE,
    .end = CHIP_EXTERNAL_CODE_ADDRESS + CHIP_EXTERNAL_SIZE};

static uint32_t whole_pages(uint32_t size)
{
    return (size + CHIP_EXTERNAL_PAGE_SIZE - 1) & ~(uint32_t)(CHIP_EXTERNAL_PAGE_SIZE - 1);
}

bool external_memory_allocate(uint32_t size, uint32_t alignment, hotreload_port_block_t *block)
{
    if (size > CHIP_EXTERNAL_SIZE)
        return false;
    const uint32_t span = whole_pages(size);
    const uint32_t boundary = alignment > CHIP_EXTERNAL_PAGE_SIZE ? alignment : CHIP_EXTERNAL_PAGE_SIZE;
    uint32_t data, code;
    if (!module_heap_allocate(&heap, span, boundary, &data))
        return false;
    if (!module_heap_allocate(&pages, span, CHIP_EXTERNAL_PAGE_SIZE, &code)) {
        module_heap_free(&heap, data);
        return false;
    }
    page_table_map(code, data - CHIP_EXTERNAL_DATA_ADDRESS + CHIP_PHYSICAL_EXTERNAL, span, PAGE_EXECUTE);
    *block = (hotreload_port_block_t){.data_address = data, .executable_address = code, .size = size};
    return true;
}

void external_memory_free(const hotreload_port_block_t *block)
{
    if (block->data_address - CHIP_EXTERNAL_DATA_ADDRESS >= CHIP_EXTERNAL_SIZE)
        return;
    page_table_unmap(block->executable_address, whole_pages(block->size));
    module_heap_free(&pages, block->executable_address);
    module_heap_free(&heap, block->data_address);
}

#elif defined CHIP_EXTERNAL_SIZE

static struct module_heap heap = {
    .start = CHIP_EXTERNAL_DATA_ADDRESS, .end = CHIP_EXTERNAL_DATA_ADDRESS + CHIP_EXTERNAL_SIZE};

bool external_memory_allocate(uint32_t size, uint32_t alignment, hotreload_port_block_t *block)
{
    uint32_t address;
    if (!module_heap_allocate(&heap, size, alignment, &address))
        return false;
    *block = (hotreload_port_block_t){
        .data_address = address,
        .executable_address = address - CHIP_EXTERNAL_DATA_ADDRESS + CHIP_EXTERNAL_CODE_ADDRESS,
        .size = size,
    };
    return true;
}

void external_memory_free(const hotreload_port_block_t *block)
{
    module_heap_free(&heap, block->data_address);
}

#else

bool external_memory_allocate(uint32_t size, uint32_t alignment, hotreload_port_block_t *block)
{
    (void)size;
    (void)alignment;
    (void)block;
    return false;
}

void external_memory_free(const hotreload_port_block_t *block)
{
    (void)block;
}

#endif
