// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

#define PRIu32 __UINT32_FMTu__
#define PRIx32 __UINT32_FMTx__
