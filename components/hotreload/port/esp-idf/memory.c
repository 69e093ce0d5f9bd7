// hotreload_port.h: memory. A block is a piece of one of ESP-IDF's heaps that the instruction bus
// sees as well.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <inttypes.h>

#include "esp_heap_caps.h"
#include "esp_log.h"
#include "sdkconfig.h"
#include "soc/soc.h"

static const char TAG[] = "hotreload";

// The option that takes the right to be executed from all RAM that can be written
// (components/esp_system/Kconfig).
#if CONFIG_ESP_SYSTEM_MEMPROT  // ESP-IDF 6.0 on
#define PROTECTED_BY "CONFIG_ESP_SYSTEM_MEMPROT"
#elif CONFIG_ESP_SYSTEM_MEMPROT_FEATURE
#define PROTECTED_BY "CONFIG_ESP_SYSTEM_MEMPROT_FEATURE"
#elif CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT
#define PROTECTED_BY "CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT"
#elif CONFIG_ESP_SYSTEM_MEMPROT_FEATURE_VIA_TEE
#define PROTECTED_BY "CONFIG_ESP_SYSTEM_MEMPROT_FEATURE_VIA_TEE"
#else
#define PROTECTED_BY NULL
#endif

// External RAM and its executable alias (soc/soc.h of the chips that can execute it). One address
// space: no offset.
#if CONFIG_SPIRAM && defined(SOC_EXTRAM_DATA_LOW)  // C5, C61
#define EXTERNAL_LOW SOC_EXTRAM_DATA_LOW
#define EXTERNAL_HIGH SOC_EXTRAM_DATA_HIGH
#elif CONFIG_SPIRAM  // P4
#define EXTERNAL_LOW SOC_EXTRAM_LOW
#define EXTERNAL_HIGH SOC_EXTRAM_HIGH
#endif

// Blocks are whole lines of the longest cache. The runtime knows of lines of 64 bytes; this one is
// a matter of configuration.
#ifdef CONFIG_CACHE_L2_CACHE_LINE_SIZE
enum { LONGEST_LINE = CONFIG_CACHE_L2_CACHE_LINE_SIZE };
#else
enum { LONGEST_LINE = 1 };
#endif

enum { INTERNAL = MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT };

static bool lies_within(uint32_t address, uint32_t size, uint32_t low, uint32_t high)
{
    return address >= low && address < high && size <= high - address;
}

/// What the instruction bus adds to this address. False: it does not see the memory (RTC RAM,
/// tightly coupled memory).
static bool find_executable_offset(uint32_t address, uint32_t size, uint32_t *offset)
{
    if (lies_within(address, size, SOC_DIRAM_DRAM_LOW, SOC_DIRAM_DRAM_HIGH)) {
        *offset = SOC_DIRAM_IRAM_LOW - SOC_DIRAM_DRAM_LOW;
        return true;
    }
#ifdef EXTERNAL_LOW
    if (lies_within(address, size, EXTERNAL_LOW, EXTERNAL_HIGH)) {
        *offset = 0;
        return true;
    }
#endif
    return false;
}

/// The capabilities to allocate with; 0: the application wants external RAM, and there is none.
static uint32_t choose_capabilities(uint32_t heap_caps)
{
    if (heap_caps == 0)
        return INTERNAL;
    if ((heap_caps & MALLOC_CAP_SPIRAM) == 0 || heap_caps_get_total_size(MALLOC_CAP_SPIRAM) > 0)
        return heap_caps;
#if CONFIG_HOTRELOAD_SPIRAM_FALLBACK
    ESP_LOGW(TAG, "no PSRAM on this board: the module goes into internal RAM");
    return INTERNAL;
#elif CONFIG_SPIRAM
    ESP_LOGE(TAG, "no PSRAM for the module: none was found at start, or it is not part of the "
                  "heap. Check mode and speed under Component config > ESP PSRAM, use "
                  "CONFIG_SPIRAM_USE_CAPS_ALLOC, or set CONFIG_HOTRELOAD_SPIRAM_FALLBACK");
    return 0;
#else
    ESP_LOGE(TAG, "no PSRAM for the module: this firmware is built without it. Set "
                  "CONFIG_SPIRAM, or use HOTRELOAD_CONFIG_DEFAULT()");
    return 0;
#endif
}

int hotreload_port_allocate(uint32_t size, uint32_t alignment, uint32_t heap_caps, int purpose,
                            hotreload_port_block_t *block)
{
    (void)purpose;  // one block: HOTRELOAD_PORT_MODULE
    const char *const protected_by = PROTECTED_BY;
    if (protected_by != NULL) {
        ESP_LOGE(TAG, "no executable RAM: %s protects it. Set it to n: idf.py menuconfig, "
                      "Component config > ESP System Settings > Memory protection",
                 protected_by);
        return HOTRELOAD_PORT_NOT_EXECUTABLE;
    }
    const uint32_t capabilities = choose_capabilities(heap_caps);
    if (capabilities == 0)
        return HOTRELOAD_PORT_NO_MEMORY;
    if (alignment < LONGEST_LINE)
        alignment = LONGEST_LINE;
    size = (size + LONGEST_LINE - 1) & ~(uint32_t)(LONGEST_LINE - 1);
    void *memory = heap_caps_aligned_alloc(alignment, size, capabilities);
    if (memory == NULL)
        return HOTRELOAD_PORT_NO_MEMORY;
    const uint32_t address = (uint32_t)(uintptr_t)memory;
    uint32_t offset;
    if (!find_executable_offset(address, size, &offset)) {
        // The heap takes such memory last: nothing else is free, or nothing else has these
        // capabilities.
        ESP_LOGE(TAG, "no executable RAM: the heap gave 0x%08" PRIx32 " for the capabilities "
                      "0x%" PRIx32 ", which cannot be executed. Leave more internal RAM free, or "
                      "ask for others",
                 address, capabilities);
        heap_caps_free(memory);
        return HOTRELOAD_PORT_NO_MEMORY;
    }
    *block = (hotreload_port_block_t){
        .data_address = address,
        .executable_address = address + offset,
        .size = size,
    };
    return HOTRELOAD_PORT_OK;
}

void hotreload_port_free(const hotreload_port_block_t *block)
{
    heap_caps_free((void *)(uintptr_t)block->data_address);
}
