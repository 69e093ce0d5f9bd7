// A firmware with two modules: prints what both say, and switches to whatever is stored.
#include <stdio.h>

#include "board.h"
#include "extras.h"
#include "hotreload.h"
#include "modules.h"

enum { PRINT_PERIOD_MS = 100, POLL_PERIOD_MS = 5 };

/// A weak import of plugin is there because the firmware calls it, too.
__attribute__((noinline)) int extra_weak(int x) { return x * 4; }

static esp_err_t reload(void)
{
    hotreload_config_t greeter = {.partition_label = "hotreload"};
    hotreload_config_t plugin = {.partition_label = "plugins"};
    esp_err_t error = hotreload_reload(&greeter);
    return error == ESP_OK ? hotreload_reload(&plugin) : error;
}

int main(void)
{
    ESP_ERROR_CHECK(reload());
    printf("imports: %d failed\n", plugin_failed_imports() + (extra_weak(2) != 8));
    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_server_start(&server));
    while (true) {
        greeter_print();
        plugin_print();
        for (int waited = 0; waited < PRINT_PERIOD_MS; waited += POLL_PERIOD_MS) {
            board_delay_ms(POLL_PERIOD_MS);
            if (hotreload_update_available()) {
                printf("reload: %#x\n", (unsigned)reload());
            }
        }
    }
}
