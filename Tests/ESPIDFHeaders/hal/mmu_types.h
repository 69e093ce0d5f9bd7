// SPDX-License-Identifier: MIT
#pragma once

#define BIT(nr) (1UL << (nr))

typedef enum {
    MMU_MEM_CAP_EXEC  = BIT(0),
    MMU_MEM_CAP_READ  = BIT(1),
    MMU_MEM_CAP_WRITE = BIT(2),
    MMU_MEM_CAP_32BIT = BIT(3),
    MMU_MEM_CAP_8BIT  = BIT(4),
} mmu_mem_caps_t;

typedef enum {
    MMU_TARGET_FLASH0 = BIT(0),
    MMU_TARGET_PSRAM0 = BIT(1),
} mmu_target_t;
