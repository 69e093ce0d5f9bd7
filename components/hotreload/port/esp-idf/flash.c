// hotreload_port.h: flash. A handle is the address of ESP-IDF's esp_partition_t, which lives for
// ever.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <inttypes.h>

#include "esp_err.h"
#include "esp_idf_version.h"
#include "esp_log.h"
#include "esp_partition.h"

static const char TAG[] = "hotreload";

/// Says what is wrong with a partition that the runtime is about to refuse, or to fail with.
static void check(const esp_partition_t *partition)
{
    // Two slots of whole erase units.
    if (partition->size < 2 * partition->erase_size)
        ESP_LOGE(TAG, "partition '%s' has %" PRIu32 " bytes, too few for two modules: give it at "
                      "least %" PRIu32 " (better 512K) in partitions.csv",
                 partition->label, partition->size, 2 * partition->erase_size);
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 2, 0)
    if (partition->readonly)
        ESP_LOGW(TAG, "partition '%s' is read-only: no module can be uploaded. Remove the flag "
                      "'readonly' in partitions.csv",
                 partition->label);
#endif
}

int hotreload_port_find_partition(const char *label, hotreload_port_partition_t *partition)
{
    const esp_partition_t *found =
        esp_partition_find_first(ESP_PARTITION_TYPE_ANY, ESP_PARTITION_SUBTYPE_ANY, label);
    if (found == NULL) {
        ESP_LOGE(TAG, "no partition '%s': add \"%s,app,0x40,,512K\" to partitions.csv, select it "
                      "with CONFIG_PARTITION_TABLE_CUSTOM, and flash the partition table",
                 label, label);
        return HOTRELOAD_PORT_NOT_FOUND;
    }
    check(found);
    *partition = (hotreload_port_partition_t){
        .handle = (uintptr_t)found,
        .size = found->size,
        .erase_size = found->erase_size,
    };
    return HOTRELOAD_PORT_OK;
}

/// HOTRELOAD_PORT_OK, or HOTRELOAD_PORT_FLASH_FAILED after a line in the log.
static int result_of(esp_err_t error, const char *what, const esp_partition_t *partition,
                     uint32_t offset, uint32_t size)
{
    if (error == ESP_OK)
        return HOTRELOAD_PORT_OK;
    ESP_LOGE(TAG, "%s %" PRIu32 " bytes at 0x%" PRIx32 " of partition '%s': %s", what, size, offset,
             partition->label, esp_err_to_name(error));
    return HOTRELOAD_PORT_FLASH_FAILED;
}

int hotreload_port_map(const hotreload_port_partition_t *partition, uint32_t offset, uint32_t size,
                       const void **address, uintptr_t *mapping)
{
    const esp_partition_t *found = (const esp_partition_t *)partition->handle;
    esp_partition_mmap_handle_t handle = 0;
    const esp_err_t error =
        esp_partition_mmap(found, offset, size, ESP_PARTITION_MMAP_DATA, address, &handle);
    *mapping = handle;
    return result_of(error, "mapping", found, offset, size);
}

void hotreload_port_unmap(uintptr_t mapping)
{
    esp_partition_munmap((esp_partition_mmap_handle_t)mapping);
}

int hotreload_port_erase(const hotreload_port_partition_t *partition, uint32_t offset,
                         uint32_t size)
{
    const esp_partition_t *found = (const esp_partition_t *)partition->handle;
    const esp_err_t error = esp_partition_erase_range(found, offset, size);
    return result_of(error, "erasing", found, offset, size);
}

int hotreload_port_write(const hotreload_port_partition_t *partition, uint32_t offset,
                         const void *bytes, uint32_t size)
{
    const esp_partition_t *found = (const esp_partition_t *)partition->handle;
    const esp_err_t error = esp_partition_write(found, offset, bytes, size);
    return result_of(error, "writing", found, offset, size);
}
