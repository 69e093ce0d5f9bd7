// SPDX-License-Identifier: MIT
#include "memory_map.h"

#include "chip.h"
#include "page_table.h"

#ifdef CHIP_CODE_SIZE
/// Code memory apart, of aligned words: no other access may succeed, so the data TLB has no rights there, and
/// word_memory.S does what is allowed. Way 5 has pages of 128 MiB; fetches go by the page table, which is for both.
static void map_internal_memory(void)
{
    const uint32_t page_of_128_mib = CHIP_CODE_ADDRESS & ~(UINT32_C(0x08000000) - 1), way = 5, no_access = 15;
    page_table_map(CHIP_DATA_ADDRESS, CHIP_PHYSICAL_MEMORY, CHIP_MEMORY_SIZE, PAGE_WRITE);
    page_table_map(CHIP_CODE_ADDRESS, CHIP_PHYSICAL_CODE, CHIP_CODE_SIZE, PAGE_EXECUTE);
    page_table_map(CHIP_CODE_ALIAS, CHIP_PHYSICAL_CODE, CHIP_CODE_SIZE, PAGE_WRITE);
    __asm__ volatile("wdtlb %0, %1\n dsync" : : "a"(no_access), "a"(page_of_128_mib | way) : "memory");
}
#else
static void map_internal_memory(void)
{
    if (CHIP_DATA_ADDRESS == CHIP_CODE_ADDRESS) {
        page_table_map(CHIP_DATA_ADDRESS, CHIP_PHYSICAL_MEMORY, CHIP_MEMORY_SIZE, PAGE_WRITE | PAGE_EXECUTE);
    } else {
        page_table_map(CHIP_DATA_ADDRESS, CHIP_PHYSICAL_MEMORY, CHIP_MEMORY_SIZE, PAGE_WRITE);
        page_table_map(CHIP_CODE_ADDRESS, CHIP_PHYSICAL_MEMORY, CHIP_MEMORY_SIZE, PAGE_EXECUTE);
    }
}
#endif

static void map_external_memory(void)
{
#ifdef CHIP_EXTERNAL_SIZE
    page_table_map(CHIP_EXTERNAL_DATA_ADDRESS, CHIP_PHYSICAL_EXTERNAL, CHIP_EXTERNAL_SIZE, PAGE_WRITE);
#ifndef CHIP_EXTERNAL_PAGE_SIZE  // else what is executed is mapped when it is allocated
    page_table_map(CHIP_EXTERNAL_CODE_ADDRESS, CHIP_PHYSICAL_EXTERNAL, CHIP_EXTERNAL_SIZE, PAGE_EXECUTE);
#endif
#endif
}

void memory_map_start(void)
{
    page_table_start();
    map_internal_memory();
    map_external_memory();
}
