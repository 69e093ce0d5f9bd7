// The file of the module that is linked last.
#include <stdio.h>
#include <stdlib.h>

#include "hooks.h"
#include "hotreload_module.h"

static int loaded(hotreload_load_reason_t reason)
{
    printf("= second load %d\n", reason);
    return answer_of_second;
}
HOTRELOAD_ON_LOAD(loaded);

static void unloaded(hotreload_unload_reason_t reason)
{
    printf("= second unload %d\n", reason);
}
HOTRELOAD_ON_UNLOAD(unloaded);

static void last(void)
{
    printf("- atexit by the destructor\n");
}

__attribute__((destructor)) static void destruct(void)
{
    printf("- destructor\n");
    atexit(last);
}
