// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Bytes that the loader has allocated and not freed.
extern uint32_t allocated;
