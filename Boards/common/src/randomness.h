// The host's randomness.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Fills `bytes` with unpredictable ones. False: QEMU was started without a source of them.
bool randomness_fill(void *bytes, size_t size);
