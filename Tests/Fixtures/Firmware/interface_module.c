// The module of interface.c: exports of every signature, in one of two files.
#include <stdarg.h>

#include "interface.h"

extern int firmware_variable;
/// The firmware's variable in initialised data.
static int *const five = &firmware_variable;

int small(int x) { return x + one(); }
long long wide(long long a, int b) { return a + b; }
double real(double a, double b) { return a * b; }
float single(float a, float b) { return a * b; }

int twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l)
{
    return a + b + c + d + e + f + g + h + i + j + k + l;
}

int variadic(int count, ...)
{
    int sum = 0;
    va_list arguments;
    va_start(arguments, count);
    for (int index = 0; index < count; index++)
        sum += va_arg(arguments, int);
    va_end(arguments);
    return sum;
}

struct big structure(struct big value, int add)
{
    for (int index = 0; index < 6; index++)
        value.words[index] += add + *five - 5;
    return value;
}

int factorial(int n) { return firmware_factorial(n); }
