// Looks for a partition of the port, and uses it:
//   flash <size> <erase size> <read-only: 0 or 1> <what the driver answers>; a size of 0: no such partition
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "esp_partition.h"
#include "hotreload_port.h"

static esp_partition_t partition = {.label = "hotreload"};
static esp_err_t answer;

const esp_partition_t *esp_partition_find_first(esp_partition_type_t type, esp_partition_subtype_t subtype,
                                                const char *label)
{
    printf("find type %#x subtype %#x label %s\n", (unsigned)type, (unsigned)subtype, label);
    return partition.size > 0 ? &partition : NULL;
}

esp_err_t esp_partition_write(const esp_partition_t *found, size_t dst_offset, const void *src, size_t size)
{
    printf("write %u at %u\n", (unsigned)size, (unsigned)dst_offset);
    return found == &partition && src != NULL ? answer : ESP_FAIL;
}

esp_err_t esp_partition_erase_range(const esp_partition_t *found, size_t offset, size_t size)
{
    printf("erase %u at %u\n", (unsigned)size, (unsigned)offset);
    return found == &partition ? answer : ESP_FAIL;
}

esp_err_t esp_partition_mmap(const esp_partition_t *found, size_t offset, size_t size,
                             esp_partition_mmap_memory_t memory, const void **out_ptr,
                             esp_partition_mmap_handle_t *out_handle)
{
    printf("map %u at %u\n", (unsigned)size, (unsigned)offset);
    *out_ptr = &partition;
    *out_handle = 7;
    return found == &partition && memory == ESP_PARTITION_MMAP_DATA ? answer : ESP_FAIL;
}

void esp_partition_munmap(esp_partition_mmap_handle_t handle)
{
    printf("unmap %u\n", (unsigned)handle);
}

int main(int count, char **arguments)
{
    if (count != 5)
        return 2;
    partition.size = (uint32_t)strtoul(arguments[1], NULL, 0);
    partition.erase_size = (uint32_t)strtoul(arguments[2], NULL, 0);
    partition.readonly = arguments[3][0] == '1';
    answer = (esp_err_t)strtol(arguments[4], NULL, 0);

    hotreload_port_partition_t found;
    const int result = hotreload_port_find_partition("hotreload", &found);
    printf("result %d\n", result);
    if (result != HOTRELOAD_PORT_OK)
        return 0;
    printf("size %u erase size %u\n", (unsigned)found.size, (unsigned)found.erase_size);
    const void *address;
    uintptr_t mapping;
    printf("result %d\n", hotreload_port_erase(&found, 4096, 8192));
    printf("result %d\n", hotreload_port_write(&found, 4096, "0123456789abcdef", 16));
    printf("result %d\n", hotreload_port_map(&found, 32, 100, &address, &mapping));
    hotreload_port_unmap(mapping);
    return 0;
}
