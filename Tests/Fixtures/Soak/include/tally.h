// A part of the module in C++.
#pragma once

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether the global object was constructed, once.
bool tally_is_right(void);

#ifdef __cplusplus
}
#endif
