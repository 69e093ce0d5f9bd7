// A firmware without reloadable modules, as ESP-IDF's template has it.
#include <stdio.h>

#include "sdkconfig.h"

void app_main(void)
{
    printf("Hello from %s\n", CONFIG_IDF_TARGET);
}
