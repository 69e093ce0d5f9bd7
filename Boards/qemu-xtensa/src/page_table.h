// Which physical address appears at which address, by pages (Xtensa ISA, "MMU Option"). What is mapped neither here
// nor by start.S cannot be accessed.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

enum { PAGE_SIZE = 1 << 12 };

/// Rights, beside that to read (attributes of an entry, without cache).
enum { PAGE_EXECUTE = 1 << 0, PAGE_WRITE = 1 << 1 };

/// Turns the table on, empty.
void page_table_start(void);
/// Makes `size` bytes from `physical` appear at `address`; all three are multiples of PAGE_SIZE.
void page_table_map(uint32_t address, uint32_t physical, uint32_t size, uint32_t rights);
/// Makes them disappear.
void page_table_unmap(uint32_t address, uint32_t size);
