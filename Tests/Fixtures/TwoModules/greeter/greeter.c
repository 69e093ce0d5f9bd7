// Calls the other component of its module, and the other module.
#include "modules.h"

#include <stdio.h>

#include "words.h"

const char *greeter_word(void) { return GREETER_WORD; }

void greeter_print(void)
{
    printf("greeter %s %d, plugin is %s\n", greeter_word(), count_up(), plugin_word());
}
