// Translation by Sv32.
// SPDX-License-Identifier: MIT
#include "memory_map.h"

#include <stdint.h>
#include <stdlib.h>

#include "machine.h"

// Bits of a page table entry (privileged specification, "Sv32: Addressing and Memory Protection"). Accessed and
// dirty are set from the beginning, so that nothing has to be written later.
enum {
    VALID = 1 << 0,
    READ = 1 << 1,
    WRITE = 1 << 2,
    EXECUTE = 1 << 3,
    ACCESSED = 1 << 6,
    DIRTY = 1 << 7,
    LEAF = VALID | READ | ACCESSED | DIRTY,
};

enum { PAGE_SIZE = 1 << 12, MEGAPAGE_SIZE = 1 << 22, ENTRIES = 1024, TABLES = 2 };

typedef uint32_t page_table_t[ENTRIES] __attribute__((aligned(PAGE_SIZE)));

/// Of 4 MiB each; of pages for what is no multiple of that: one for each bus.
static page_table_t root, tables[TABLES];
static unsigned tables_used;

/// The entry that points to a table, or to memory.
static uint32_t entry(uint32_t physical, uint32_t bits)
{
    return physical / PAGE_SIZE << 10 | bits;
}

static uint32_t *table_for(uint32_t address)
{
    uint32_t *const slot = &root[address / MEGAPAGE_SIZE];
    if (*slot == 0) {
        if (tables_used == TABLES)
            abort();  // board.toml: a chip's memory does not lie within 4 MiB
        *slot = entry((uint32_t)tables[tables_used++], VALID);
    }
    return (uint32_t *)(*slot >> 10 << 12);
}

/// Makes `size` bytes from `physical` appear at `address`; all three are multiples of PAGE_SIZE.
static void map(uint32_t address, uint32_t physical, uint32_t size, uint32_t rights)
{
    for (uint32_t done = 0; done < size;) {
        const uint32_t from = physical + done, to = address + done;
        if ((from | to) % MEGAPAGE_SIZE == 0 && size - done >= MEGAPAGE_SIZE) {
            root[to / MEGAPAGE_SIZE] = entry(from, LEAF | rights);
            done += MEGAPAGE_SIZE;
        } else {
            table_for(to)[to / PAGE_SIZE % ENTRIES] = entry(from, LEAF | rights);
            done += PAGE_SIZE;
        }
    }
}

static void map_devices(void)
{
    static const struct {
        uint32_t address, size;
    } devices[] = {
        {0, MEGAPAGE_SIZE},  // the finisher; the machine has nothing at NULL, which stays an access fault
        {MACHINE_PLIC, MEGAPAGE_SIZE},
        {MACHINE_UART, MEGAPAGE_SIZE},  // and virtio behind it
        {MACHINE_FLASH, MACHINE_FLASH_SIZE},
    };
    for (unsigned index = 0; index < sizeof devices / sizeof devices[0]; index++)
        map(devices[index].address, devices[index].address, devices[index].size, WRITE);
}

void memory_map_start(void)
{
    extern char _start[], __module_memory_start[];
    const uint32_t start = (uint32_t)_start, modules = (uint32_t)__module_memory_start;

    map_devices();
    map(start, start, modules - start, WRITE | EXECUTE);
    if (CHIP_DATA_ADDRESS == CHIP_CODE_ADDRESS) {
        map(CHIP_DATA_ADDRESS, modules, CHIP_MEMORY_SIZE, WRITE | EXECUTE);
    } else {
        map(CHIP_DATA_ADDRESS, modules, CHIP_MEMORY_SIZE, WRITE);
        map(CHIP_CODE_ADDRESS, modules, CHIP_MEMORY_SIZE, EXECUTE);
    }
    const uint32_t sv32 = 1u << 31;
    __asm__ volatile("csrw satp, %0\n sfence.vma" : : "r"(sv32 | (uint32_t)root / PAGE_SIZE) : "memory");
}
