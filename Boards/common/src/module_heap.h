// Memory for modules: first fit.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Each loaded module has one, as has each image that waits in RAM; a reload needs one more.
enum { MODULE_HEAP_BLOCK_LIMIT = 32 };

/// A range of addresses that blocks are cut from. What is allocated is kept apart from the memory itself: a
/// module that writes over its end destroys another module, not this.
struct module_heap {
    uint32_t start, end;
    struct {
        uint32_t start, end;
    } blocks[MODULE_HEAP_BLOCK_LIMIT];  ///< By address.
    unsigned count;
};

/// Finds room for `size` bytes (more than 0) at a multiple of `alignment` (a power of two). False: there is
/// none, or too many blocks are allocated.
bool module_heap_allocate(struct module_heap *heap, uint32_t size, uint32_t alignment, uint32_t *address);
/// Returns a block by the address that module_heap_allocate() gave; any other is ignored.
void module_heap_free(struct module_heap *heap, uint32_t address);
/// Bytes of all blocks.
uint32_t module_heap_used(const struct module_heap *heap);
