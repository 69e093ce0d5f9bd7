// The file of the module that is linked first. Its hooks have the names of those of the second.
#include "hooks.h"

#include <stdio.h>

#include "../port/hotreload_port.h"
#include "hotreload.h"
#include "hotreload_module.h"

/// hotreload.h is in use while a module comes or goes: it refuses to be called again.
__attribute__((constructor)) static void call_the_runtime(void)
{
    const hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    const hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    const esp_err_t answers[] = {
        hotreload_load(&config),
        hotreload_reload(&config),
        hotreload_reload_all(),
        hotreload_unload(),
        hotreload_unload_partition("hotreload"),
        hotreload_load_from_buffer("module", 6),
        hotreload_update_partition("hotreload", "module", 6),
        hotreload_server_start(&server),
        hotreload_server_attach(&answer_of_second, &server),
        hotreload_server_stop(),
    };
    printf("+ constructor, busy %d:", hotreload_channel_is_busy());
    for (unsigned index = 0; index < sizeof answers / sizeof answers[0]; index++)
        printf(" %x", (unsigned)answers[index]);
    printf("\n");
}

static int loaded(hotreload_load_reason_t reason)
{
    printf("= first load %d\n", reason);
    return reason == HOTRELOAD_LOAD_RESTORED ? 5 : 0;
}
HOTRELOAD_ON_LOAD(loaded);

static void unloaded(hotreload_unload_reason_t reason)
{
    printf("= first unload %d\n", reason);
}
HOTRELOAD_ON_UNLOAD(unloaded);

void run(void)
{
    printf("= run, busy %d\n", hotreload_channel_is_busy());
}
