// One entry for each 4 KiB of the address space, which the core reads by itself. The whole table is there (4 MiB), so
// that no look-up ever misses.
// SPDX-License-Identifier: MIT
#include "page_table.h"

enum { NO_ACCESS = 15, AUTOREFILL_WAYS = 4 };

extern uint32_t __page_table_start[], __page_table_end[];

/// Forgets what the TLBs have read of the page's entry.
static void invalidate(uint32_t address)
{
    for (uint32_t way = 0; way < AUTOREFILL_WAYS; way++)
        __asm__ volatile("iitlb %0\n idtlb %0" : : "a"(address | way));
}

static void set(uint32_t address, uint32_t size, uint32_t first_entry, uint32_t step)
{
    for (uint32_t done = 0; done < size; done += PAGE_SIZE) {
        __page_table_start[(address + done) / PAGE_SIZE] = first_entry;
        invalidate(address + done);
        first_entry += step;
    }
    __asm__ volatile("isync\n dsync" : : : "memory");
}

void page_table_start(void)
{
    for (uint32_t *entry = __page_table_start; entry != __page_table_end; entry++)
        *entry = NO_ACCESS;
    __asm__ volatile("wsr.ptevaddr %0\n isync" : : "a"(__page_table_start) : "memory");
}

void page_table_map(uint32_t address, uint32_t physical, uint32_t size, uint32_t rights)
{
    set(address, size, physical | rights, PAGE_SIZE);
}

void page_table_unmap(uint32_t address, uint32_t size)
{
    set(address, size, NO_ACCESS, 0);
}
