// The code to play with: edit it while the firmware runs, then `idf.py reload`.
#include "reloadable.h"

#include <stdio.h>

#include "esp_system.h"

static int hello_count;
static const char *greeting = "Hello";

void reloadable_init(void)
{
    hello_count = 0;
}

void reloadable_hello(const char *name)
{
    printf("%s, %s, from ESP-IDF %s! %d\n", greeting, name, esp_get_idf_version(), hello_count++);
}
