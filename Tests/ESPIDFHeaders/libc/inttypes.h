// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

#ifdef __UINT32_FMTx__
#define PRIu32 __UINT32_FMTu__
#define PRIx32 __UINT32_FMTx__
#else  // GCC for Xtensa, whose uint32_t is unsigned int where no C library says otherwise
#define PRIu32 "u"
#define PRIx32 "x"
#endif
