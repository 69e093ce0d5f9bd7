// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

#define PRIu32 __UINT32_FMTu__
#ifdef __UINT32_FMTx__
#define PRIx32 __UINT32_FMTx__
#else  // GCC for Xtensa, whose uint32_t is unsigned int without a C library
#define PRIx32 "x"
#endif
