// Firmware for CallTests: calls its module in every way that C knows, twice, with a reload in between. Prints one
// line a disagreement, and how many calls agreed.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"
#include "calls.h"
#include "hotreload.h"

static int agreed, differing;
uint32_t arrived;

static void compare(const char *what, uint64_t here, uint64_t there)
{
    if (here == there) {
        agreed++;
        return;
    }
    differing++;
    printf("DIFFERS %s: here %#llx, there %#llx\n", what, (unsigned long long)here, (unsigned long long)there);
}

/// `hash` is of what was passed; the module returned its own and stored it.
#define PASSED(call) do { \
        arrived = 0; \
        uint32_t returned = (call); \
        compare(#call " arrived", hash, arrived); \
        compare(#call " returned", hash, returned); \
    } while (0)

/// `expression` has the bytes of `expected`.
#define RETURNS(type, expected, expression) do { \
        type here = (expected); \
        type there = (expression); \
        uint32_t here_hash = HASH_BEGIN, there_hash = HASH_BEGIN; \
        compare(#expression, HASH(here_hash, here), HASH(there_hash, there)); \
    } while (0)

#ifdef __XTENSA__
#define ABI "windows"
#elif defined __riscv_float_abi_single
#define ABI "ilp32f"
#else
#define ABI "ilp32"
#endif

/// Structures by value and variadics are left out: compilers that pass them in different ways agree in the rest.
#ifdef CALLS_OF_SCALARS
enum { HAS_ONLY_SCALARS = true };
#else
enum { HAS_ONLY_SCALARS = false };
#endif

static const struct pair pair = {0x7eadbeef, -12345, 4321};
static const struct large large = {{9, 8, 7, 6, 5, 4, 3, 2, 0x80000001}};
static const struct large other = {{1, 1, 2, 3, 5, 8, 13, 21, 34}};
static const struct aligned wide = {0x0123456789abcdef, 0xfedcba9876543210};

static void registers_and_stack(void)
{
    uint32_t hash = 0x600d;
    PASSED(no_arguments());
    int values[17];
    for (int index = 0; index < 17; index++)
        values[index] = (index + 1) * -0x01010101;
    const int *v = values;
    hash = hash_bytes(HASH_BEGIN, v, 6 * 4);
    PASSED(six(v[0], v[1], v[2], v[3], v[4], v[5]));
    hash = hash_bytes(HASH_BEGIN, v, 7 * 4);
    PASSED(seven(v[0], v[1], v[2], v[3], v[4], v[5], v[6]));
    hash = hash_bytes(HASH_BEGIN, v, 8 * 4);
    PASSED(eight(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]));
    hash = hash_bytes(HASH_BEGIN, v, 9 * 4);
    PASSED(nine(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]));
    hash = hash_bytes(HASH_BEGIN, v, 12 * 4);
    PASSED(twelve(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11]));
    hash = hash_bytes(HASH_BEGIN, v, 17 * 4);
    PASSED(seventeen(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13],
                     v[14], v[15], v[16]));

    int narrows[] = {true, -128, 255, -32768, 65535, 'x', -1, -2, 127, 40000, true};
    const int *n = narrows;
    hash = HASH_BEGIN;
    HASH(hash, narrows);
    PASSED(narrow(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9], n[10]));

    int a = -1, c = 3, e = 5;
    uint64_t b = 0x1122334455667788, f = 0x99aabbccddeeff00;
    double d = -1.0 / 3.0, h = 1e300;
    char g = 'g';
    float i = 1.5e-30f;
    hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d);
    HASH(hash, e); HASH(hash, f); HASH(hash, g); HASH(hash, h); HASH(hash, i);
    PASSED(unaligned_pairs(a, b, c, d, e, f, g, h, i));

    // With ilp32f: more than fa0 to fa7 take, so that the last go to a1 and further.
    static const float x[] = {1.5f, -2.5f, 3.25f, -0.0f, 1e-40f, 3e38f, 7.0f, 8.125f, -9.0f, 10.5f};
    hash = HASH_BEGIN;
    HASH(hash, x[0]); HASH(hash, x[1]); HASH(hash, c);
    hash = hash_bytes(hash, x + 2, 8 * 4);
    PASSED(floats(x[0], x[1], c, x[2], x[3], x[4], x[5], x[6], x[7], x[8], x[9]));

    hash = hash_bytes(HASH_BEGIN, v, 7 * 4);
    HASH(hash, b);
    PASSED(split(v[0], v[1], v[2], v[3], v[4], v[5], v[6], b));

    const void *object = &large;
    const char *text = "text";
    operation function = add;
    void *null = NULL;
    hash = HASH_BEGIN;
    HASH(hash, object); HASH(hash, text); HASH(hash, function); HASH(hash, null);
    PASSED(pointers(object, text, function, null));
}

static void structures(void)
{
    struct byte byte = {0xa5};
    struct three three = {{1, 0x80, 0xff}};
    struct doubled doubled = {-0.1};
    struct mixed mixed = {3.25f, -7, {4, 5, 6}};
    uint32_t hash = HASH_BEGIN;
    HASH(hash, byte); HASH(hash, three); HASH(hash, pair); HASH(hash, doubled); HASH(hash, mixed);
    PASSED(small_structures(byte, three, pair, doubled, mixed));

    // With ilp32f: in two floating-point registers, in one of each kind, and what no longer fits in integer ones.
    struct point points[] = {{0.5f, -0.25f}, {1e10f, -1e-10f}, {2.0f, -3.0f}};
    struct labelled labelled[] = {{-11, 4.75f}, {12, -5.5f}};
    float between = 6.5f;
    hash = HASH_BEGIN;
    HASH(hash, points[0]); HASH(hash, labelled[0]); HASH(hash, between);
    HASH(hash, points[1]); HASH(hash, points[2]); HASH(hash, labelled[1]);
    PASSED(float_structures(points[0], labelled[0], between, points[1], points[2], labelled[1]));

    int v[] = {1, 2, 3, 4, 5, 6, 7}, last = 99;
    hash = HASH_BEGIN;
    HASH(hash, v); HASH(hash, pair); HASH(hash, last);
    PASSED(split_structure(v[0], v[1], v[2], v[3], v[4], v[5], v[6], pair, last));

    union either either = {.number = 2.0 / 7.0};
    hash = HASH_BEGIN;
    HASH(hash, large); HASH(hash, last); HASH(hash, other); HASH(hash, wide); HASH(hash, either);
    PASSED(large_structures(large, last, other, wide, either));
}

static void results(void)
{
    RETURNS(int64_t, 0x7fffffff00000000 + 5, result_of_64_bits(0x7fffffff00000000, -5));
    RETURNS(float, 0.75f, result_float(1.0f, 0.25f));
    RETURNS(double, 1.0 / 3.0, result_double(1.0, 3.0));
    static const union { uint64_t words[2]; long double number; } quad = {{0x0123456789abcdef, 0x4000fedcba987654}};
    RETURNS(long double, quad.number, result_long_double(1, quad.number, 0));
    RETURNS(long double, quad.number, result_long_double(0, 0, quad.number));
    RETURNS(int, 1, result_bool(0x100));
    RETURNS(int, -128, result_narrow(0x180));
    static const char text[] = "abc";
    RETURNS(const char *, text + 2, result_pointer(text, 2));
}

static void structured_results(void)
{
    _Complex double complex = result_complex(-1.5, 2.5);
    RETURNS(double, -1.5, __real__ complex);
    RETURNS(double, 2.5, __imag__ complex);
    _Complex float complex_float = result_complex_float(0.5f, -0.75f);
    RETURNS(float, 0.5f, __real__ complex_float);
    RETURNS(float, -0.75f, __imag__ complex_float);
    RETURNS(struct byte, ((struct byte){0x7f}), result_byte(0x7f));
    RETURNS(struct three, ((struct three){{0x33, 0x22, 0x11}}), result_three(0x112233));
    RETURNS(struct pair, pair, result_pair(pair.first, pair.second, pair.third));
    RETURNS(struct point, ((struct point){1.25f, -8.0f}), result_point(1.25f, -8.0f));
    RETURNS(struct labelled, ((struct labelled){-42, 0.125f}), result_labelled(-42, 0.125f));
    RETURNS(struct mixed, ((struct mixed){-1.25f, -9, {1, 2, 3}}), result_mixed(-1.25f, -9));
    RETURNS(struct large, ((struct large){{1, 2, 3, 4, 5, 6, 7, 8, 19}}), result_large(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    RETURNS(struct aligned, wide, result_aligned(wide.low, wide.high));
}

static uint32_t forward(const char *kinds, ...)
{
    va_list list;
    va_start(list, kinds);
    uint32_t hash = variadic_list(kinds, list);
    va_end(list);
    return hash;
}

static void variadics(void)
{
    int i = -3;
    uint64_t l = 0x8877665544332211;
    double d = 6.02e23;
    long double q = 1.0L;
    const void *p = &large;
    uint32_t hash = HASH_BEGIN;
    PASSED(variadic(""));
    // Pairs of registers begin at an even one: with and without a gap before them, and on the stack.
    HASH(hash, l); HASH(hash, i); HASH(hash, d); HASH(hash, q); HASH(hash, p); HASH(hash, pair); HASH(hash, large);
    HASH(hash, i); HASH(hash, l); HASH(hash, d);
    PASSED(variadic("lidqpsLild", l, i, d, q, p, pair, large, i, l, d));
    PASSED(forward("lidqpsLild", l, i, d, q, p, pair, large, i, l, d));
}

/// Stubs in initialised data.
static operation const stored[] = {add, multiply};

static void function_pointers(operation before)
{
    operation volatile pointer = add;
    RETURNS(int, 7, pointer(3, 4));
    RETURNS(int, 12, stored[1](3, 4));
    RETURNS(int, true, stored[0] == pointer);
    RETURNS(int, true, other_address_of_add() == pointer);
    RETURNS(int, false, stored[0] == stored[1]);
    // Taken before the module was loaded, or before it was loaded again.
    RETURNS(int, true, before == pointer);
    RETURNS(int, 30, before(10, 20));
    RETURNS(int, 14, call_back(add, 3, 4));
    RETURNS(int, 24, call_back(other_address_of_add() == add ? multiply : NULL, 3, 4));
    // A function that the module does not export, called by its address.
    RETURNS(int, -1, module_operation(2)(3, 4));
    RETURNS(int, 0, call_back(module_operation(2), 3, 4));
    // The stub's address and the function's are two.
    RETURNS(int, false, module_knows(add));
    RETURNS(int, true, module_knows(module_operation(0)));
}

int firmware_ackermann(int m, int n) { return module_ackermann(m, n); }

uint32_t firmware_down(uint32_t depth, uint64_t sum, int32_t number, int16_t small)
{
    return depth == 0 ? 0 : module_down(depth - 1, sum ^ 0x5555555555555555, number, small) * 3;
}

/// module_down() and firmware_down() in one.
static uint32_t down(bool in_module, uint32_t depth, uint64_t sum, int32_t number, int16_t small)
{
    if (!in_module)
        return depth == 0 ? 0 : down(true, depth - 1, sum ^ 0x5555555555555555, number, small) * 3;
    number += 3;
    small--;
    return depth == 0 ? (uint32_t)sum ^ (uint32_t)number ^ (uint16_t)small
                      : down(false, depth - 1, sum * 31 + depth, number, small) + (uint16_t)small;
}

uint32_t firmware_everything(int a, uint64_t b, struct pair c, struct large d, double e, float f, int g, int h,
                             uint64_t i, struct three j)
{
    uint32_t hash = HASH_BEGIN;
    HASH(hash, a); HASH(hash, b); HASH(hash, c); HASH(hash, d); HASH(hash, e);
    HASH(hash, f); HASH(hash, g); HASH(hash, h); HASH(hash, i); HASH(hash, j);
    return hash;
}

void firmware_sort(void *base, unsigned count, unsigned size, int (*compare)(const void *, const void *))
{
    uint8_t *bytes = base, spare[16];
    for (unsigned end = count; end > 1; end--) {
        for (unsigned index = 1; index < end; index++) {
            uint8_t *left = bytes + (index - 1) * size, *right = bytes + index * size;
            if (compare(left, right) <= 0)
                continue;
            memcpy(spare, left, size);
            memcpy(left, right, size);
            memcpy(right, spare, size);
        }
    }
}

static void callbacks_and_recursion(void)
{
    struct pair c = {0x11223344, -2, 3};
    struct large d = {{1, 2, 3, 4, 5, 6, 7, 8, 0xffffffff}};
    struct three j = {{7, 8, 9}};
    if (!HAS_ONLY_SCALARS) {
        uint32_t expected =
            firmware_everything(-1, 0x123456789abcdef0, c, d, 1.0 / 3.0, -2.5f, 6, 7, 0xfedcba9876543210, j);
        RETURNS(uint32_t, expected, call_back_with_everything());
    }
    int numbers[] = {3, 1, 4, 1, 5, 9, 2, 6}, sorted[] = {9, 6, 5, 4, 3, 2, 1, 1};
    sort(numbers, 8);
    RETURNS(int, 0, memcmp(numbers, sorted, sizeof sorted));
    RETURNS(int, 61, module_ackermann(3, 3));
    // On Xtensa each call takes eight of 32 or 64 registers, so that all of them are spilled again and again.
    RETURNS(uint32_t, down(true, 1000, 1, 7, -8), module_down(1000, 1, 7, -8));
    RETURNS(uint32_t, down(false, 1001, 2, 7, -8), firmware_down(1001, 2, 7, -8));
}

static void names(void)
{
    RETURNS(int, 11, dotted(10));
    RETURNS(int, 12, dollar(10));
    RETURNS(int, 13, accented(10));
    RETURNS(int, 14, minus(10));
    RETURNS(int, 15, long_name(10));
}

static void interrupts(void)
{
    RETURNS(int, 123, three_of(1, 2, 3));
#ifdef __XTENSA__
    RETURNS(int, 123, call4(three_of, 1, 2, 3));
    const uint32_t expected = down(true, 100, 1, 7, -8);
    bool is_same = true;
    begin_interruptions();
    while (interruptions() < 100)
        is_same = module_down(100, 1, 7, -8) == expected && is_same;
    RETURNS(int, true, end_interruptions());
    RETURNS(int, true, is_same);
#endif
}

static void all(operation before)
{
    registers_and_stack();
    results();
    if (!HAS_ONLY_SCALARS) {
        structures();
        structured_results();
        variadics();
    }
    function_pointers(before);
    callbacks_and_recursion();
    names();
    interrupts();
}

int main(void)
{
    operation volatile before = add;
    // `hotreload run` waits for it.
    hotreload_server_config_t server = HOTRELOAD_SERVER_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_server_start(&server));
    hotreload_config_t config = HOTRELOAD_CONFIG_DEFAULT();
    ESP_ERROR_CHECK(hotreload_load(&config));
    all(before);
    ESP_ERROR_CHECK(hotreload_reload(&config));
    all(before);
    printf("%d calls by " ABI " agree, %d differ\n", agreed, differing);
    return differing == 0 ? 0 : 1;
}
