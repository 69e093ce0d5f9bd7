// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "esp_err.h"
#include "esp_idf_version.h"
#include "hal/mmu_types.h"

#if ESP_IDF_VERSION < ESP_IDF_VERSION_VAL(5, 1, 0)
#error "ESP-IDF 5.0 has no esp_mmu_map.h"
#endif

#define BIT(nr) (1UL << (nr))

#define ESP_MMU_MMAP_FLAG_PADDR_SHARED    BIT(0)

typedef uint32_t esp_paddr_t;

esp_err_t esp_mmu_map(esp_paddr_t paddr_start, size_t size, mmu_target_t target, mmu_mem_caps_t caps, int flags, void **out_ptr);
esp_err_t esp_mmu_unmap(void *ptr);
esp_err_t esp_mmu_vaddr_to_paddr(void *vaddr, esp_paddr_t *out_paddr, mmu_target_t *out_target);
