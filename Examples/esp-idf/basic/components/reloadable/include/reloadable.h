#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Starts counting at 0. Call it after every load.
void reloadable_init(void);

/// Prints a greeting and how many came before it.
void reloadable_hello(const char *name);

#ifdef __cplusplus
}
#endif
