#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Prints a greeting and how many came before it since the module was loaded.
void reloadable_hello(const char *name);

#ifdef __cplusplus
}
#endif
