// The NOR flash: one 16-bit chip, or two side by side; Intel's command set (CFI primary command set 1).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Finds the flash and reads its geometry. False: there is none, or none that this driver knows.
bool pflash_find(void);
/// Bytes, of the whole and of one erase unit.
uint32_t pflash_size(void);
uint32_t pflash_erase_size(void);
/// Where the byte at `offset` can be read, except during an erase or a write.
const void *pflash_address(uint32_t offset);
/// Erases the units that the range touches. Ranges end within the chip.
bool pflash_erase(uint32_t offset, uint32_t size);
/// Writes erased bytes; `offset` and `size` are multiples of 4.
bool pflash_write(uint32_t offset, const void *bytes, uint32_t size);
