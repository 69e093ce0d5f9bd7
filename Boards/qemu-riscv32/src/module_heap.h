// The memory for modules: first fit.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Finds room for `size` bytes (more than 0) at a multiple of `alignment` (a power of two) on the data bus. False:
/// there is none, or too many blocks are allocated.
bool module_heap_allocate(uint32_t size, uint32_t alignment, uint32_t *address);
/// Returns a block by the address that module_heap_allocate() gave.
void module_heap_free(uint32_t address);
