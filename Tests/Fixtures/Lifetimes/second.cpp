// The file that is linked last: what of it comes first, does so by priority.
#include <stdlib.h>

#include "hotreload_module.h"
#include "traced.h"

__attribute__((init_priority(200))) static Traced early("early");
static Traced second("second");

__attribute__((constructor)) static void construct() { printf("+ constructor function\n"); }
__attribute__((destructor)) static void destruct() { printf("- destructor function\n"); }
__attribute__((destructor(200))) static void destruct_last() { printf("- last destructor function\n"); }

static int on_load(hotreload_load_reason_t reason)
{
    printf("= on_load %d\n", reason);
    return atexit([] { printf("- atexit\n"); });
}
HOTRELOAD_ON_LOAD(on_load);

static void on_unload(hotreload_unload_reason_t reason)
{
    printf("= on_unload %d\n", reason);
}
HOTRELOAD_ON_UNLOAD(on_unload);

const char *name_of_shared()
{
    return shared.name();
}

Traced &local(int)
{
    static Traced local("local");
    return local;
}
