// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

int Cache_Invalidate_Addr(uint32_t addr, uint32_t size);
int Cache_WriteBack_Addr(uint32_t addr, uint32_t size);
