// hotreload_port.h: flash. A handle is the address of a struct partition.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"
#include "partitions.h"
#include "pflash.h"

int hotreload_port_find_partition(const char *label, hotreload_port_partition_t *partition)
{
    const struct partition *found = partition_find(label);
    if (found == NULL || !pflash_find() || found->offset + found->size > pflash_size())
        return HOTRELOAD_PORT_NOT_FOUND;
    *partition = (hotreload_port_partition_t){
        .handle = (uintptr_t)found,
        .size = found->size,
        .erase_size = pflash_erase_size(),
    };
    return HOTRELOAD_PORT_OK;
}

/// Where `offset` of the partition is on the chip. False: the range leaves the partition.
static bool locate(const hotreload_port_partition_t *partition, uint32_t offset, uint32_t size,
                   uint32_t *chip_offset)
{
    const struct partition *known = (const struct partition *)partition->handle;
    if (offset > known->size || size > known->size - offset)
        return false;
    *chip_offset = known->offset + offset;
    return true;
}

int hotreload_port_map(const hotreload_port_partition_t *partition, uint32_t offset, uint32_t size,
                       const void **address, uintptr_t *mapping)
{
    uint32_t chip_offset;
    if (!locate(partition, offset, size, &chip_offset))
        return HOTRELOAD_PORT_FLASH_FAILED;
    *address = pflash_address(chip_offset);
    *mapping = 0;
    return HOTRELOAD_PORT_OK;
}

void hotreload_port_unmap(uintptr_t mapping)
{
    (void)mapping;  // the chip is always mapped
}

int hotreload_port_erase(const hotreload_port_partition_t *partition, uint32_t offset, uint32_t size)
{
    uint32_t chip_offset;
    if (!locate(partition, offset, size, &chip_offset) || !pflash_erase(chip_offset, size))
        return HOTRELOAD_PORT_FLASH_FAILED;
    return HOTRELOAD_PORT_OK;
}

int hotreload_port_write(const hotreload_port_partition_t *partition, uint32_t offset,
                         const void *bytes, uint32_t size)
{
    uint32_t chip_offset;
    if (!locate(partition, offset, size, &chip_offset) || !pflash_write(chip_offset, bytes, size))
        return HOTRELOAD_PORT_FLASH_FAILED;
    return HOTRELOAD_PORT_OK;
}
