#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Forgets whom it has greeted.
void reloadable_init(void);

/// Prints a greeting and how many came before it.
void reloadable_hello(const char *name);

/// Frees what the module holds: call it before another module takes its place.
void reloadable_deinit(void);

#ifdef __cplusplus
}
#endif
