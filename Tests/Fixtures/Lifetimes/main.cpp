// Firmware for CPlusPlusTests: a module comes, is replaced by itself, and goes. Its objects say "+" and "-".
#include <stdio.h>

#include "board.h"
#include "hotreload.h"
#include "lifetimes.h"

int main()
{
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_load(&config));
    run();
    printf("= reload\n");
    ESP_ERROR_CHECK(hotreload_reload(&config));
    run();
    printf("= unload\n");
    ESP_ERROR_CHECK(hotreload_unload());
    printf("= end\n");
    board_delay_ms(1);
    return 0;
}
