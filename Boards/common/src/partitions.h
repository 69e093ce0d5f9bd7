// The partition table of this board.
// SPDX-License-Identifier: MIT
#pragma once

#include <stddef.h>
#include <stdint.h>

/// A part of the flash chip, whole erase units.
struct partition {
    const char *label;
    uint32_t offset;
    uint32_t size;
};

/// NULL: there is none of this label.
const struct partition *partition_find(const char *label);
