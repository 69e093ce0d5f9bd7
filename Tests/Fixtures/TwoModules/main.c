// A firmware with two modules: prints what both say, and switches to whatever is stored.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "extras.h"
#include "hotreload.h"
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

/// Whether the second slots of both partitions hold an image (docs/STORE.md): a new flash has the first images in
/// the first slots.
static bool both_are_stored(void)
{
    static const char mark[] = "hotreload mark: staged";
    const char *flash = (const char *)0x22000000;
    const uint32_t partition_size = 1 << 20, slot = 512 << 10, offset = 96;
    for (int partition = 0; partition < 2; partition++) {
        if (memcmp(flash + partition * partition_size + slot + offset, mark, sizeof mark - 1) != 0)
            return false;
    }
    return true;
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
