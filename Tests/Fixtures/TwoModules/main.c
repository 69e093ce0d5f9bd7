// A firmware with two modules: prints what both say, and switches to whatever is stored.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "extras.h"
#include "hotreload.h"
#include "hotreload_port.h"
#include "modules.h"

enum { PRINT_PERIOD_MS = 100, POLL_PERIOD_MS = 5 };

/// A weak import of plugin is there because the firmware calls it, too.
__attribute__((noinline)) int extra_weak(int x) { return x * 4; }

/// Switches to what is stored, one module after the other: greeter only if it is not plugin that changed.
static esp_err_t reload_singly(void)
{
    hotreload_config_t plugin = {.partition_label = "plugins"};
    hotreload_config_t greeter = {.partition_label = "hotreload"};
    esp_err_t error = hotreload_reload(&plugin);
    return hotreload_update_available() ? hotreload_reload(&greeter) : error;
}

/// Whether the second slot of the partition holds an image (docs/STORE.md).
static bool is_stored(const char *label)
{
    static const char mark[] = "hotreload marked";
    const uint32_t mark_offset = 96;
    hotreload_port_partition_t partition;
    const void *bytes;
    uintptr_t mapping;
    if (hotreload_port_find_partition(label, &partition) != HOTRELOAD_PORT_OK)
        return false;
    uint32_t slot = partition.size / 2 & ~(partition.erase_size - 1);
    if (hotreload_port_map(&partition, slot + mark_offset, sizeof mark - 1, &bytes, &mapping) != HOTRELOAD_PORT_OK)
        return false;
    bool is_set = memcmp(bytes, mark, sizeof mark - 1) == 0;
    hotreload_port_unmap(mapping);
    return is_set;
}

/// A new flash has the first images in the first slots.
static bool both_are_stored(void)
{
    return is_stored("hotreload") && is_stored("plugins");
}

/// Tests set it: then the application waits for new code of both modules, and switches to both at once.
static const bool together = false;

static esp_err_t reload(void)
{
    return together ? hotreload_reload_all() : reload_singly();
}

int main(void)
{
    ESP_ERROR_CHECK(hotreload_reload_all());
    printf("imports: %d failed\n", plugin_failed_imports() + (extra_weak(2) != 8));
    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_server_start(&server));
    while (true) {
        greeter_print();
        plugin_print();
        for (int waited = 0; waited < PRINT_PERIOD_MS; waited += POLL_PERIOD_MS) {
            board_delay_ms(POLL_PERIOD_MS);
            if (hotreload_update_available() && (!together || both_are_stored())) {
                printf("reload: %#x\n", (unsigned)reload());
                greeter_print();
                plugin_print();
            }
        }
    }
}
