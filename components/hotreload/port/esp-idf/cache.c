// hotreload_port.h: what was written through the data bus becomes visible to instruction fetch.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "sdkconfig.h"
#include "soc/soc_caps.h"

#if CONFIG_SPIRAM && CONFIG_IDF_TARGET_ESP32S2
#define HAS_TWO_CACHES 1
#include "esp32s2/rom/cache.h"
#elif CONFIG_SPIRAM && CONFIG_IDF_TARGET_ESP32S3
#define HAS_TWO_CACHES 1
#include "esp32s3/rom/cache.h"
#elif SOC_CACHE_INTERNAL_MEM_VIA_L1CACHE || (CONFIG_SPIRAM && !CONFIG_IDF_TARGET_ESP32)
// Where RAM lies behind a cache: internal RAM on the P4, external RAM on the C5, C61 and P4.
// Elsewhere esp_cache_msync() has nothing to do, and says so with an error.
#define HAS_CACHED_RAM 1
#include "esp_cache.h"
#include "esp_log.h"
#endif

#if HAS_TWO_CACHES || HAS_CACHED_RAM
#include "freertos/FreeRTOS.h"
#include "soc/soc.h"

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

/// To memory, and out of the caches of instructions. Blocks are whole cache lines.
static void synchronize_caches(const hotreload_port_block_t *block)
{
#if HAS_TWO_CACHES
    // One cache for each bus, which do not know of each other: each is told of its own address. By functions in
    // ROM, which all versions of ESP-IDF have, and which are called as esp_cache_msync() does it.
    static portMUX_TYPE spinlock = portMUX_INITIALIZER_UNLOCKED;
    if (is_cached(block->data_address)) {
        portENTER_CRITICAL(&spinlock);
        Cache_WriteBack_Addr(block->data_address, block->size);
        Cache_Invalidate_Addr(block->executable_address, block->size);
        portEXIT_CRITICAL(&spinlock);
    }
#elif HAS_CACHED_RAM
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
}

void hotreload_port_synchronize(const hotreload_port_block_t *block)
{
    synchronize_caches(block);
#if __XTENSA__
    __asm__ volatile("memw\n\tisync" : : : "memory");
#else
    __asm__ volatile("fence.i" : : : "memory");
#endif
}
