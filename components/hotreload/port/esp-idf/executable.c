// Where the instruction bus sees memory of the data bus. Addresses: soc/soc.h of the chips.
// SPDX-License-Identifier: MIT
#include "executable.h"

#include "hotreload_port.h"
#include "soc/soc.h"

#if EXTERNAL_PAGE_SIZE
#include "esp_log.h"
#include "esp_mmu_map.h"
#endif

// External RAM that can be executed, and what the instruction bus adds to its addresses.
#if CONFIG_SPIRAM && CONFIG_IDF_TARGET_ESP32S3
#define EXTERNAL_LOW SOC_EXTRAM_DATA_LOW
#define EXTERNAL_HIGH SOC_EXTRAM_DATA_HIGH
#define EXTERNAL_OFFSET (SOC_IROM_LOW - SOC_DROM_LOW)  // One table of pages for both buses.
#elif EXTERNAL_PAGE_SIZE
#define EXTERNAL_LOW SOC_EXTRAM_DATA_LOW
#define EXTERNAL_HIGH SOC_EXTRAM_DATA_HIGH
#elif CONFIG_SPIRAM && (CONFIG_IDF_TARGET_ESP32C5 || CONFIG_IDF_TARGET_ESP32C61)
#define EXTERNAL_LOW SOC_EXTRAM_DATA_LOW
#define EXTERNAL_HIGH SOC_EXTRAM_DATA_HIGH
#define EXTERNAL_OFFSET 0
#elif CONFIG_SPIRAM && CONFIG_IDF_TARGET_ESP32P4
#define EXTERNAL_LOW SOC_EXTRAM_LOW
#define EXTERNAL_HIGH SOC_EXTRAM_HIGH
#define EXTERNAL_OFFSET 0
#endif

static bool lies_within(uint32_t address, uint32_t size, uint32_t low, uint32_t high)
{
    return address >= low && address < high && size <= high - address;
}

#if CONFIG_IDF_TARGET_ESP32
// Data and code are apart. SRAM 1 is on both buses, in opposite order (SOC_DIRAM_INVERTED): the heap gives it where IRAM
// is used up, and then aligns nothing.
#if CONFIG_ESP_SYSTEM_ESP32_SRAM1_REGION_AS_IRAM
#define IRAM_HIGH SOC_IRAM_HIGH
#else
#define IRAM_HIGH SOC_DIRAM_IRAM_LOW
#endif

bool open_executable(int purpose, uint32_t address, uint32_t size, uint32_t *executable)
{
    *executable = address;
    return purpose == HOTRELOAD_PORT_DATA ||
           lies_within(address, size, SOC_IRAM_LOW, IRAM_HIGH);
}

void close_executable(uint32_t address, uint32_t executable)
{
    (void)address;
    (void)executable;
}
#else

#if EXTERNAL_PAGE_SIZE
/// Maps the pages of a block, which nobody else has a part of: the heap aligned it.
static bool open_external(uint32_t address, uint32_t size, uint32_t *executable)
{
    esp_paddr_t physical;
    mmu_target_t target;
    void *mapped = NULL;
    esp_err_t error = address % EXTERNAL_PAGE_SIZE == 0
                          ? esp_mmu_vaddr_to_paddr((void *)(uintptr_t)address, &physical, &target)
                          : ESP_ERR_INVALID_ARG;
    if (error == ESP_OK)
        error = esp_mmu_map(physical, size, target, MMU_MEM_CAP_EXEC | MMU_MEM_CAP_32BIT,
                            ESP_MMU_MMAP_FLAG_PADDR_SHARED, &mapped);
    if (error != ESP_OK) {
        ESP_LOGE("hotreload", "the instruction bus cannot be given the PSRAM of a module: %s",
                 esp_err_to_name(error));
        return false;
    }
    *executable = (uint32_t)(uintptr_t)mapped;
    return true;
}
#elif defined(EXTERNAL_LOW)
static bool open_external(uint32_t address, uint32_t size, uint32_t *executable)
{
    (void)size;
    *executable = address + EXTERNAL_OFFSET;
    return true;
}
#endif

bool open_executable(int purpose, uint32_t address, uint32_t size, uint32_t *executable)
{
    (void)purpose;  // One block: HOTRELOAD_PORT_MODULE.
    if (lies_within(address, size, SOC_DIRAM_DRAM_LOW, SOC_DIRAM_DRAM_HIGH)) {
        *executable = address + (SOC_DIRAM_IRAM_LOW - SOC_DIRAM_DRAM_LOW);
        return true;
    }
#ifdef EXTERNAL_LOW
    if (lies_within(address, size, EXTERNAL_LOW, EXTERNAL_HIGH))
        return open_external(address, size, executable);
#endif
    return false;
}

void close_executable(uint32_t address, uint32_t executable)
{
#if EXTERNAL_PAGE_SIZE
    if (lies_within(address, 0, EXTERNAL_LOW, EXTERNAL_HIGH)) {
        const esp_err_t error = esp_mmu_unmap((void *)(uintptr_t)executable);
        if (error != ESP_OK)
            ESP_LOGE("hotreload", "esp_mmu_unmap(): %s", esp_err_to_name(error));
    }
#else
    (void)address;
    (void)executable;
#endif
}
#endif
