// hotreload_port.h: what was written through the data bus becomes visible to instruction fetch.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "sdkconfig.h"
#include "soc/soc_caps.h"

// Where RAM lies behind a cache: internal RAM on the P4, external RAM on the C5, C61 and P4.
// Elsewhere esp_cache_msync() has nothing to do, and says so with an error.
#if SOC_CACHE_INTERNAL_MEM_VIA_L1CACHE || CONFIG_SPIRAM
#define HAS_CACHED_RAM 1
#include "esp_cache.h"
#include "esp_log.h"
#include "soc/soc.h"
#endif

#if HAS_CACHED_RAM
static bool is_cached(uint32_t address)
{
#if SOC_CACHE_INTERNAL_MEM_VIA_L1CACHE
    (void)address;
    return true;
#else
    return address < SOC_DIRAM_DRAM_LOW || address >= SOC_DIRAM_DRAM_HIGH;
#endif
}
#endif

void hotreload_port_synchronize(const hotreload_port_block_t *block)
{
#if HAS_CACHED_RAM
    // To memory, and out of all caches, those of instructions included. Blocks are whole cache
    // lines.
    if (is_cached(block->data_address)) {
        const esp_err_t error =
            esp_cache_msync((void *)(uintptr_t)block->data_address, block->size,
                            ESP_CACHE_MSYNC_FLAG_DIR_C2M | ESP_CACHE_MSYNC_FLAG_INVALIDATE);
        if (error != ESP_OK)
            ESP_LOGE("hotreload", "esp_cache_msync(): %s; the module may run stale code",
                     esp_err_to_name(error));
    }
#else
    (void)block;
#endif
    __asm__ volatile("fence.i" : : : "memory");
}
