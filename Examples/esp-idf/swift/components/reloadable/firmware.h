// What the Swift code sees of C: the functions that it implements, and what it uses of the firmware.
#pragma once

#include <stdint.h>
#include <stdio.h>

#include "esp_timer.h"
#include "hotreload_module.h"
#include "reloadable.h"

/// Swift does not call functions with `...`: this does, and becomes part of the module.
static inline void print_greeting(const char *greeting, const char *name, uint32_t pause_ms, int count)
{
    printf("%s, %s, every %u ms! %d\n", greeting, name, (unsigned)pause_ms, count);
}
