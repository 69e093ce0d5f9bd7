// A firmware that goes on running while one of its modules is replaced.
#include <stdint.h>
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "reloadable.h"

namespace {

constexpr uint32_t hello_period_ms = 500;
constexpr uint32_t poll_period_ms = 10;  // The longest that a stored update waits for its reload.

/// Waits for the next greeting. True as soon as a new module is stored.
bool wait_for_update(uint32_t milliseconds)
{
    for (uint32_t waited = 0; waited < milliseconds; waited += poll_period_ms) {
        if (hotreload_update_available())
            return true;
        board_delay_ms(poll_period_ms);
    }
    return hotreload_update_available();
}

/// How often this RAM has seen main() start: the linker script keeps .noinit from being cleared, so a
/// restart counts on, and only a power cycle begins again.
struct {
    uint32_t magic;
    uint32_t count;
} boots __attribute__((section(".noinit")));

uint32_t count_boot()
{
    constexpr uint32_t magic = 0x424F4F54;  // "BOOT"
    if (boots.magic != magic) {
        boots.magic = magic;
        boots.count = 0;
    }
    return ++boots.count;
}

void print_prefix(uint32_t boot)
{
    const uint32_t ms = static_cast<uint32_t>(board_uptime_us() / 1000);
    printf("[boot %u, up %u.%03u s] ", static_cast<unsigned>(boot), static_cast<unsigned>(ms / 1000),
           static_cast<unsigned>(ms % 1000));
}

}  // namespace

int main()
{
    const uint32_t boot = count_boot();
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
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
        if (wait_for_update(hello_period_ms)) {
            printf("Update available, reloading...\n");
            const esp_err_t error = hotreload_reload(&config);
            if (error == ESP_OK)
                has_module = true;
            else
                printf("Reload failed (%#x): what ran before goes on\n", static_cast<unsigned>(error));
        }
    }
}
