// Translation by the page table (Xtensa ISA, "MMU Option"): one entry for each 4 KiB of the address space, which the
// core reads by itself. The whole table is there, so that no look-up ever misses.
// SPDX-License-Identifier: MIT
#include "memory_map.h"

#include <stdint.h>

enum { PAGE_SIZE = 1 << 12 };

// Attributes in an entry, of ring 0.
enum {
    READ = 0,
    EXECUTE = 1 << 0,
    WRITE = 1 << 1,
    NO_ACCESS = 15,
};

extern uint32_t __page_table_start[], __page_table_end[];

/// Makes `size` bytes from `physical` appear at `address`; all three are multiples of PAGE_SIZE.
static void map(uint32_t address, uint32_t physical, uint32_t size, uint32_t rights)
{
    for (uint32_t done = 0; done < size; done += PAGE_SIZE)
        __page_table_start[(address + done) / PAGE_SIZE] = (physical + done) | rights;
}

void memory_map_start(void)
{
    extern char __module_memory_start[];
    const uint32_t modules = (uint32_t)__module_memory_start;

    for (uint32_t *entry = __page_table_start; entry != __page_table_end; entry++)
        *entry = NO_ACCESS;
    if (CHIP_DATA_ADDRESS == CHIP_CODE_ADDRESS) {
        map(CHIP_DATA_ADDRESS, modules, CHIP_MEMORY_SIZE, READ | WRITE | EXECUTE);
    } else {
        map(CHIP_DATA_ADDRESS, modules, CHIP_MEMORY_SIZE, READ | WRITE);
        map(CHIP_CODE_ADDRESS, modules, CHIP_MEMORY_SIZE, READ | EXECUTE);
    }
    __asm__ volatile("wsr.ptevaddr %0\n isync" : : "a"(__page_table_start) : "memory");
}
