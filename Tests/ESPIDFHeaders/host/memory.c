// Asks the port for a block and gives it back, with a heap that answers what the command line says:
//   memory <address that the heap gives, 0: none> <bytes of PSRAM> <capabilities> [<purpose> [no-page]]
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>

#include "esp_heap_caps.h"
#include "hotreload_port.h"

#ifdef CONFIG_MMU_PAGE_SIZE
#include "esp_mmu_map.h"
#endif

static int count;  // Words of the command line.

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

#ifdef CONFIG_MMU_PAGE_SIZE
esp_err_t esp_mmu_vaddr_to_paddr(void *vaddr, esp_paddr_t *out_paddr, mmu_target_t *out_target)
{
    *out_paddr = (esp_paddr_t)((uintptr_t)vaddr & 0xffffff);
    *out_target = MMU_TARGET_PSRAM0;
    return ESP_OK;
}

esp_err_t esp_mmu_map(esp_paddr_t paddr_start, size_t size, mmu_target_t target,
                      mmu_mem_caps_t caps, int flags, void **out_ptr)
{
    printf("map %u at %#x of target %d with %#x, flags %d\n", (unsigned)size, (unsigned)paddr_start,
           (int)target, (unsigned)caps, flags);
    *out_ptr = (void *)0x40100000;
    return count < 6 ? ESP_OK : ESP_ERR_NOT_FOUND;
}

esp_err_t esp_mmu_unmap(void *ptr)
{
    printf("unmap %#x\n", (unsigned)(uintptr_t)ptr);
    return ESP_OK;
}
#endif

int main(int argument_count, char **words)
{
    count = argument_count;
    if (count < 4)
        return 2;
    address = strtoul(words[1], NULL, 0);
    psram = strtoul(words[2], NULL, 0);
    hotreload_port_block_t block;
    const int result = hotreload_port_allocate(200, 16, (uint32_t)strtoul(words[3], NULL, 0),
                                               count > 4 ? atoi(words[4]) : HOTRELOAD_PORT_MODULE,
                                               &block);
    printf("result %d\n", result);
    if (result == HOTRELOAD_PORT_OK) {
        printf("data %#x code %#x size %u\n", (unsigned)block.data_address,
               (unsigned)block.executable_address, (unsigned)block.size);
        hotreload_port_free(&block);
    }
    return 0;
}
