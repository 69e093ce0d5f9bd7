// The module of StackTests. Something is left to do after each call, so that none of them is a jump.
#include "safe_point.h"

#include <stdio.h>

static volatile int calls;

esp_err_t ask_from_module(enum what what, int depth)
{
    const esp_err_t error = ask(what, depth);
    calls++;
    return error;
}

esp_err_t unload_from_module(void)
{
    const esp_err_t error = hotreload_unload();
    calls++;
    return error;
}

static void callback(void)
{
    printf("= callback, calls %d\n", calls);
}

callback_t give_callback(void)
{
    return callback;
}
