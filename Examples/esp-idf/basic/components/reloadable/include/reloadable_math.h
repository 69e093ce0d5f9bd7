#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The sum of the squares of `count` values.
int reloadable_sum_of_squares(const int *values, size_t count);

/// The mean of `count` values, rounded towards 0; 0 if there are none.
int reloadable_mean(const int *values, size_t count);

#ifdef __cplusplus
}
#endif
