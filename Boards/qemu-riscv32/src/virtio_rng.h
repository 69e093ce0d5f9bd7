// The host's randomness (virtio 1.1: 5.4 "Entropy Device").
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>

/// Fills `bytes` with unpredictable ones. False: there is no device.
bool virtio_rng_fill(void *bytes, size_t size);
