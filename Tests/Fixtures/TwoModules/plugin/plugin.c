// Calls the other module.
#include "modules.h"

#include <stdio.h>

#include "words.h"

static int count;

const char *plugin_word(void) { return PLUGIN_WORD; }

void plugin_print(void)
{
    printf("plugin %s %d, greeter is %s\n", plugin_word(), ++count, greeter_word());
}
