// A firmware in C that goes on running while its module, in Swift, is replaced.
#include <stdint.h>
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "reloadable.h"

enum {
    HELLO_PERIOD_MS = 500,
    POLL_PERIOD_MS = 10,  // The longest that a stored update waits for its reload.
};

/// How often this RAM has seen main() start: the linker script keeps .noinit from being cleared, so a
/// restart counts on, and only a power cycle begins again.
static struct {
    uint32_t magic;
    uint32_t count;
} boots __attribute__((section(".noinit")));

static uint32_t count_boot(void)
{
    const uint32_t magic = 0x424F4F54;  // "BOOT"
    if (boots.magic != magic) {
        boots.magic = magic;
        boots.count = 0;
    }
    return ++boots.count;
}

static void print_prefix(uint32_t boot)
{
    uint32_t ms = (uint32_t)(board_uptime_us() / 1000);
    printf("[boot %u, up %u.%03u s] ", (unsigned)boot, (unsigned)(ms / 1000), (unsigned)(ms % 1000));
}

/// Waits for the next greeting. True as soon as a new module is stored.
static bool wait_for_update(uint32_t milliseconds)
{
    for (uint32_t waited = 0; waited < milliseconds; waited += POLL_PERIOD_MS) {
        if (hotreload_update_available())
            return true;
        board_delay_ms(POLL_PERIOD_MS);
    }
    return hotreload_update_available();
}

int main(void)
{
    const uint32_t boot = count_boot();
    printf("\n========================================\n");
    printf("   Hot reload example, boot %u\n", (unsigned)boot);
    printf("========================================\n\n");

    // Without a module the device still answers: a reload can bring one.
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    bool has_module = hotreload_load(&config) == ESP_OK;

    hotreload_server_config_t server_config = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    server_config.max_elf_size = 512 * 1024;  // what a slot of the board's partition holds
    ESP_ERROR_CHECK(hotreload_server_start(&server_config));

    while (true) {
        if (has_module) {
            print_prefix(boot);
            reloadable_hello("World");
        }

        // A safe point: no code of the module is on the stack.
        if (wait_for_update(HELLO_PERIOD_MS)) {
            printf("Update available, reloading...\n");
            esp_err_t error = hotreload_reload(&config);
            if (error == ESP_OK)
                has_module = true;
            else
                printf("Reload failed (%#x): what ran before goes on\n", (unsigned)error);
        }
    }
}
