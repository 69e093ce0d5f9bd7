// hotreload_port.h: memory. A block is a piece of one of ESP-IDF's heaps that the instruction bus
// sees as well; on the ESP32 it is for data or for code.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <inttypes.h>

#include "esp_heap_caps.h"
#include "esp_log.h"
#include "executable.h"
#include "sdkconfig.h"

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

// What a block consists of. Whole lines of the longest cache, where that is a matter of configuration: the runtime knows of
// lines of 64 bytes. In the external RAM of the ESP32-S2 whole pages.
#ifdef CONFIG_CACHE_L2_CACHE_LINE_SIZE
enum { UNIT = CONFIG_CACHE_L2_CACHE_LINE_SIZE, EXTERNAL_UNIT = UNIT };
#elif EXTERNAL_PAGE_SIZE
enum { UNIT = 1, EXTERNAL_UNIT = EXTERNAL_PAGE_SIZE };
#else
enum { UNIT = 1, EXTERNAL_UNIT = UNIT };
#endif

enum { INTERNAL = MALLOC_CAP_INTERNAL | MALLOC_CAP_8BIT };

/// The capabilities to allocate with; 0: the application wants external RAM, and there is none.
static uint32_t choose_capabilities(uint32_t heap_caps, int purpose)
{
    if (purpose == HOTRELOAD_PORT_CODE)
        return MALLOC_CAP_EXEC | MALLOC_CAP_32BIT;  // IRAM. What the application wants is for data.
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

/// Whether memory with these capabilities cannot be executed, which is said.
static bool is_protected(uint32_t capabilities)
{
#if CONFIG_IDF_TARGET_ESP32S2 || CONFIG_IDF_TARGET_ESP32S3
    // The permission control of these watches internal RAM alone.
    if ((capabilities & MALLOC_CAP_SPIRAM) != 0)
        return false;
#else
    (void)capabilities;
#endif
    const char *const protected_by = PROTECTED_BY;
    if (protected_by == NULL)
        return false;
    ESP_LOGE(TAG, "no executable RAM: %s protects it. Set it to n: idf.py menuconfig, "
                  "Component config > ESP System Settings > Memory protection",
             protected_by);
    return true;
}

/// Memory for an image, which is in nobody's way in PSRAM, and may be wherever bytes can be written.
static int allocate_image(uint32_t size, uint32_t alignment, hotreload_port_block_t *block)
{
    void *memory = heap_caps_aligned_alloc(alignment, size, MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT);
    if (memory == NULL)
        memory = heap_caps_aligned_alloc(alignment, size, MALLOC_CAP_8BIT);
    if (memory == NULL)
        return HOTRELOAD_PORT_NO_MEMORY;
    *block = (hotreload_port_block_t){
        .data_address = (uint32_t)(uintptr_t)memory,
        .executable_address = 0,
        .size = size,
    };
    return HOTRELOAD_PORT_OK;
}

int hotreload_port_allocate(uint32_t size, uint32_t alignment, uint32_t heap_caps, int purpose,
                            hotreload_port_block_t *block)
{
    if (purpose == HOTRELOAD_PORT_IMAGE)
        return allocate_image(size, alignment, block);
    const uint32_t capabilities = choose_capabilities(heap_caps, purpose);
    if (capabilities == 0)
        return HOTRELOAD_PORT_NO_MEMORY;
    if (is_protected(capabilities))
        return HOTRELOAD_PORT_NOT_EXECUTABLE;
    const uint32_t unit = (capabilities & MALLOC_CAP_SPIRAM) != 0 ? EXTERNAL_UNIT : UNIT;
    if (alignment < unit)
        alignment = unit;
    size = (size + unit - 1) & ~(unit - 1);
    void *memory = heap_caps_aligned_alloc(alignment, size, capabilities);
    if (memory == NULL)
        return HOTRELOAD_PORT_NO_MEMORY;
    const uint32_t address = (uint32_t)(uintptr_t)memory;
    uint32_t executable;
    if (!open_executable(purpose, address, size, &executable)) {
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
        .executable_address = executable,
        .size = size,
    };
    return HOTRELOAD_PORT_OK;
}

void hotreload_port_free(const hotreload_port_block_t *block)
{
    if (block->executable_address != 0)
        close_executable(block->data_address, block->executable_address);
    heap_caps_free((void *)(uintptr_t)block->data_address);
}
