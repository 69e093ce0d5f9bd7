// Calls of every kind that a stub has to pass on.
#include "reloadable.h"

int reloadable_add(int a, int b)
{
    return a + b;
}

uint64_t reloadable_shift_left(uint64_t value, unsigned count)
{
    return value << count;
}

int reloadable_sum_of_ten(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j)
{
    return a + b + c + d + e + f + g + h + i + j;
}

int reloadable_sum(int count, ...)
{
    va_list values;
    va_start(values, count);
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += va_arg(values, int);
    }
    va_end(values);
    return sum;
}

static int twice(int value)
{
    return 2 * value;
}

reloadable_function_t reloadable_doubler(void)
{
    return twice;
}
