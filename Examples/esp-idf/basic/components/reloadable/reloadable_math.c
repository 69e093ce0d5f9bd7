// A second source of the same module.
#include "reloadable_math.h"

int reloadable_sum_of_squares(const int *values, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i] * values[i];
    }
    return sum;
}

int reloadable_mean(const int *values, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return count == 0 ? 0 : sum / (int)count;
}
