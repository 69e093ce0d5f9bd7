// The module of CallTests: hashes what arrives.
#include "calls.h"

#define LAST(value) (HASH(hash, value), arrived = hash)

uint32_t no_arguments(void) { return arrived = 0x600d; }

uint32_t six(int a, int b, int c, int d, int e, int f)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e);
    return LAST(f);
}

uint32_t seven(int a, int b, int c, int d, int e, int f, int g)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e); HASH(hash, f);
    return LAST(g);
}

uint32_t eight(int a, int b, int c, int d, int e, int f, int g, int h)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    HASH(hash, e); HASH(hash, f); HASH(hash, g);
    return LAST(h);
}

uint32_t nine(int a, int b, int c, int d, int e, int f, int g, int h, int i)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    HASH(hash, e); HASH(hash, f); HASH(hash, g); HASH(hash, h);
    return LAST(i);
}

uint32_t twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e); HASH(hash, f);
    HASH(hash, g); HASH(hash, h); HASH(hash, i); HASH(hash, j); HASH(hash, k);
    return LAST(l);
}

uint32_t seventeen(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m,
                   int n, int o, int p, int q)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e); HASH(hash, f); HASH(hash, g);
    HASH(hash, h); HASH(hash, i); HASH(hash, j); HASH(hash, k); HASH(hash, l); HASH(hash, m); HASH(hash, n);
    HASH(hash, o); HASH(hash, p);
    return LAST(q);
}

uint32_t narrow(bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, char f, int8_t g, int16_t h, int8_t i,
                uint16_t j, bool k)
{
    // As ints: the caller extends them.
    int all[] = {a, b, c, d, e, f, g, h, i, j, k};
    uint32_t hash = HASH_BEGIN;
    return LAST(all);
}

uint32_t unaligned_pairs(int a, uint64_t b, int c, double d, int e, uint64_t f, char g, double h, float i)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    HASH(hash, e); HASH(hash, f); HASH(hash, g); HASH(hash, h);
    return LAST(i);
}

uint32_t floats(float a, float b, int c, float d, float e, float f, float g, float h, float i, float j, float k)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e); HASH(hash, f);
    HASH(hash, g); HASH(hash, h); HASH(hash, i); HASH(hash, j);
    return LAST(k);
}

uint32_t split(int a, int b, int c, int d, int e, int f, int g, uint64_t h)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e); HASH(hash, f); HASH(hash, g);
    return LAST(h);
}

uint32_t pointers(const void *a, const char *b, operation c, void *d)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c);
    return LAST(d);
}

uint32_t small_structures(struct byte a, struct three b, struct pair c, struct doubled d, struct mixed e)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    return LAST(e);
}

uint32_t float_structures(struct point a, struct labelled b, float c, struct point d, struct point e,
                          struct labelled f)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e);
    return LAST(f);
}

uint32_t split_structure(int a, int b, int c, int d, int e, int f, int g, struct pair h, int i)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    HASH(hash, e); HASH(hash, f); HASH(hash, g); HASH(hash, h);
    return LAST(i);
}

uint32_t large_structures(struct large a, int b, struct large c, struct aligned d, union either e)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    return LAST(e);
}

int64_t result_of_64_bits(int64_t a, int32_t b) { return a - b; }
float result_float(float a, float b) { return a - b; }
double result_double(double a, double b) { return a / b; }
long double result_long_double(int which, long double a, long double b) { return which ? a : b; }

_Complex double result_complex(double a, double b)
{
    _Complex double result;
    __real__ result = a;
    __imag__ result = b;
    return result;
}

_Complex float result_complex_float(float a, float b)
{
    _Complex float result;
    __real__ result = a;
    __imag__ result = b;
    return result;
}

bool result_bool(int a) { return a; }
int8_t result_narrow(int a) { return (int8_t)a; }
const char *result_pointer(const char *a, int b) { return a + b; }
struct byte result_byte(int a) { return (struct byte){(uint8_t)a}; }
struct three result_three(int a) { return (struct three){{(uint8_t)a, (uint8_t)(a >> 8), (uint8_t)(a >> 16)}}; }
struct pair result_pair(int a, int b, int c) { return (struct pair){a, (int16_t)b, (int16_t)c}; }
struct point result_point(float a, float b) { return (struct point){a, b}; }
struct labelled result_labelled(int a, float b) { return (struct labelled){a, b}; }
struct mixed result_mixed(float a, int b) { return (struct mixed){a, (int8_t)b, {1, 2, 3}}; }

struct large result_large(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j)
{
    return (struct large){{(uint32_t)a, (uint32_t)b, (uint32_t)c, (uint32_t)d, (uint32_t)e, (uint32_t)f,
                           (uint32_t)g, (uint32_t)h, (uint32_t)(i + j)}};
}

struct aligned result_aligned(uint64_t a, uint64_t b) { return (struct aligned){a, b}; }

uint32_t variadic_list(const char *kinds, va_list list)
{
    uint32_t hash = HASH_BEGIN;
    for (; *kinds != 0; kinds++) {
        switch (*kinds) {
        case 'i': { int value = va_arg(list, int); HASH(hash, value); break; }
        case 'l': { uint64_t value = va_arg(list, uint64_t); HASH(hash, value); break; }
        case 'd': { double value = va_arg(list, double); HASH(hash, value); break; }
        case 'q': { long double value = va_arg(list, long double); HASH(hash, value); break; }
        case 'p': { const void *value = va_arg(list, const void *); HASH(hash, value); break; }
        case 's': { struct pair value = va_arg(list, struct pair); HASH(hash, value); break; }
        case 'L': { struct large value = va_arg(list, struct large); HASH(hash, value); break; }
        default: return 0;
        }
    }
    return arrived = hash;
}

uint32_t variadic(const char *kinds, ...)
{
    va_list list;
    va_start(list, kinds);
    uint32_t hash = variadic_list(kinds, list);
    va_end(list);
    return hash;
}

int add(int a, int b) { return a + b; }
int multiply(int a, int b) { return a * b; }

static int subtract(int a, int b) { return a - b; }
static const operation operations[] = {add, multiply, subtract};

operation module_operation(int which) { return operations[which]; }

/// The stub's address and the function's are two: the firmware knows the one, the module the other.
bool module_knows(operation function) { return function == add; }

int call_back(operation function, int a, int b) { return function(a, b) + function(b, a); }

uint32_t call_back_with_everything(void)
{
    struct pair pair = {0x11223344, -2, 3};
    struct large large = {{1, 2, 3, 4, 5, 6, 7, 8, 0xffffffff}};
    struct three three = {{7, 8, 9}};
    return firmware_everything(-1, 0x123456789abcdef0, pair, large, 1.0 / 3.0, -2.5f, 6, 7, 0xfedcba9876543210,
                               three);
}

static int descending(const void *left, const void *right)
{
    int a = *(const int *)left, b = *(const int *)right;
    return (a < b) - (a > b);
}

void sort(int *numbers, unsigned count) { firmware_sort(numbers, count, sizeof *numbers, descending); }

int module_ackermann(int m, int n)
{
    if (m == 0)
        return n + 1;
    return firmware_ackermann(m - 1, n == 0 ? 1 : firmware_ackermann(m, n - 1));
}

uint32_t module_down(uint32_t depth, uint64_t sum, int32_t number, int16_t small)
{
    number += 3;
    small--;
    return depth == 0 ? (uint32_t)sum ^ (uint32_t)number ^ (uint16_t)small
                      : firmware_down(depth - 1, sum * 31 + depth, number, small) + (uint16_t)small;
}

int three_of(int a, int b, int c) { return a * 100 + b * 10 + c; }

int dotted(int x) { return x + 1; }
int dollar(int x) { return x + 2; }
int accented(int x) { return x + 3; }
int minus(int x) { return x + 4; }
int long_name(int x) { return x + 5; }
