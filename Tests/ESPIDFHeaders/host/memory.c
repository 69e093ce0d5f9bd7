// Asks the port for a block, with a heap that answers what the command line says:
//   memory <address that the heap gives, 0: none> <bytes of PSRAM> <capabilities>
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "esp_heap_caps.h"
#include "hotreload_port.h"

static uintptr_t address;
static size_t psram;

void *heap_caps_aligned_alloc(size_t alignment, size_t size, uint32_t caps)
{
    printf("allocate %u aligned to %u with %#x\n", (unsigned)size, (unsigned)alignment, (unsigned)caps);
    return (void *)address;
}

void heap_caps_free(void *ptr)
{
    printf("free %#x\n", (unsigned)(uintptr_t)ptr);
}

size_t heap_caps_get_total_size(uint32_t caps)
{
    return caps == MALLOC_CAP_SPIRAM ? psram : 0;
}

int main(int count, char **arguments)
{
    if (count != 4)
        return 2;
    address = strtoul(arguments[1], NULL, 0);
    psram = strtoul(arguments[2], NULL, 0);
    hotreload_port_block_t block;
    const int result = hotreload_port_allocate(200, 16, (uint32_t)strtoul(arguments[3], NULL, 0),
                                               HOTRELOAD_PORT_MODULE, &block);
    printf("result %d\n", result);
    if (result == HOTRELOAD_PORT_OK)
        printf("data %#x code %#x size %u\n", (unsigned)block.data_address,
               (unsigned)block.executable_address, (unsigned)block.size);
    return 0;
}
