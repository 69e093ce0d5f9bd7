#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Prints a greeting and how many came before it.
void reloadable_hello(const char *name);

#ifdef __cplusplus
}
#endif
