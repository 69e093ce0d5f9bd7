// Firmware for StackTests: asks its module to go while it is inside, then while it is not, and at last calls
// a function of the module that is gone.
#include <stdint.h>
#include <stdio.h>

#include "safe_point.h"

static volatile int calls;

static esp_err_t ask_here(enum what what)
{
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    switch (what) {
    case RELOAD:
        return hotreload_reload(&config);
    case UNLOAD:
        return hotreload_unload();
    default:
        return hotreload_unload_partition(config.partition_label);
    }
}

esp_err_t ask(enum what what, int depth)
{
    const esp_err_t error = depth > 0 ? ask(what, depth - 1) : ask_here(what);
    calls++;
    return error;
}

int main(void)
{
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    printf("= load %x\n", (unsigned)hotreload_load(&config));
    const callback_t callback = give_callback();
    callback();
    for (int what = RELOAD; what <= UNLOAD_PARTITION; what++) {
        printf("= inside, near: %x\n", (unsigned)ask_from_module(what, 0));
        printf("= inside, far: %x\n", (unsigned)ask_from_module(what, 20));
    }
    printf("= inside, direct: %x\n", (unsigned)unload_from_module());
    // Words that lead into the module, but that no call has left there.
    volatile uint32_t stale[16];
    for (unsigned index = 0; index < 16; index++)
        stale[index] = (uint32_t)(uintptr_t)callback + index % 2;
    printf("= outside: %x\n", (unsigned)ask(RELOAD, 0));
    printf("= stale word: %d\n", stale[1] != 0);
    give_callback()();
    callback();
    printf("= not reached\n");
    return 0;
}
