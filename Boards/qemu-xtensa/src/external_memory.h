// External RAM that modules may be executed from, if the chip has any.
// SPDX-License-Identifier: MIT
#pragma once

#include "hotreload_port.h"

/// False: there is none, or none of this size.
bool external_memory_allocate(uint32_t size, uint32_t alignment, hotreload_port_block_t *block);
/// Does nothing with blocks of other memories.
void external_memory_free(const hotreload_port_block_t *block);
