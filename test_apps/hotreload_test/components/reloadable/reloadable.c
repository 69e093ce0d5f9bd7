// The source that the tests edit.
#include "reloadable.h"

#include <stdio.h>

#include "esp_system.h"

static int hello_count;
static const char *reloadable_greeting = "Hello";

void reloadable_init(void)
{
    hello_count = 0;
}

int reloadable_hello(const char *name)
{
    printf("%s, %s, from ESP-IDF %s! %d\n", reloadable_greeting, name, esp_get_idf_version(), hello_count);
    return hello_count++;
}

int reloadable_count(void)
{
    return hello_count;
}

int reloadable_definition(void)
{
    return TEST_DEFINITION;
}

int reloadable_definition_by_language(void)
{
    return TEST_BY_LANGUAGE;
}
