// Calls functions of three reloadable components in two partitions.
#include <stdio.h>

#include "counter.h"
#include "greeter.h"
#include "hotreload.h"
#include "plugin.h"

void app_main(void);
void app_main(void)
{
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_load(&config));
    hotreload_config_t plugins = HOTRELOAD_CONFIG_DEFAULT();
    plugins.partition_label = "plugins";
    ESP_ERROR_CHECK(hotreload_load(&plugins));
    printf("%s %d %d\n", greeter_greet(), count_up(), plugin_run(2));
}
