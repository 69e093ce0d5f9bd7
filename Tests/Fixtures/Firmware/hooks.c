// Firmware for HookTests: a module comes, is to be replaced by itself but refuses, goes on, and goes.
#include <stdio.h>

#include "board.h"
#include "hooks.h"
#include "hotreload.h"

int answer_of_second;

int main(void)
{
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    printf("= load 0x%x\n", (unsigned)hotreload_load(&config));
    run();
    answer_of_second = 7;
    printf("= reload 0x%x\n", (unsigned)hotreload_reload(&config));
    run();
    printf("= unload 0x%x\n", (unsigned)hotreload_unload());
    board_delay_ms(1);
    return 0;
}
