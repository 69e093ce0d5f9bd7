// What C has to offer. Alone it is a module that prints "all right", or what is not. Or it is compiled several
// times, with other options each: BUILD is what this copy is called, NEXT the copy that it calls.
#ifndef BUILD
#define BUILD alone
#define NEXT alone
#define ALONE
#include "reloadable.h"
#endif

#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOIN_(left, right) left##_##right
#define JOIN(left, right) JOIN_(left, right)
#define TEXT_(name) #name
#define TEXT(name) TEXT_(name)
/// A name that other copies have, too.
#define OWN(name) JOIN(name, BUILD)

static int failures;

#define CHECK(condition) do { \
        if (!(condition)) { \
            printf("%s, line %d: not so: %s\n", TEXT(BUILD), __LINE__, #condition); \
            failures++; \
        } \
    } while (0)

// Hides a value from the optimizer.
#define OPAQUE(type, value) (*(volatile type *)&(type){value})

static int zeros[1000];
static int *const inside_zeros = &zeros[500];
static alignas(64) uint8_t aligned[64];
static alignas(16) uint8_t aligned_data[16] = {1};
int OWN(visible_variable) = 7;
static int *pointer_to_variable = &OWN(visible_variable);
int OWN(common_variable);
static struct __attribute__((packed)) {
    char letter;
    const int *number;
    int (*function)(const char *, const char *);
} packed = {'x', &zeros[3], strcmp};
static uint16_t small = 5;  // .sdata, where there is one
static int empty[0];
__attribute__((weak)) int weak_default(void) { return 8; }
static const char *const names[] = {"zero", "one", "two", "three"};
static int (*imported)(const char *, const char *) = strcmp;

extern int defined_nowhere(void) __attribute__((weak));

static int twice(int value) { return value * 2; }
static int square(int value) { return value * value; }

static const struct operation {
    const char *name;
    int (*apply)(int);
} operations[] = {{"twice", twice}, {"square", square}};

static void check_data(void)
{
    for (size_t index = 0; index < sizeof zeros / sizeof zeros[0]; index++)
        CHECK(zeros[index] == 0);
    *inside_zeros = 5;
    CHECK(zeros[500] == 5);
    zeros[500] = 0;
    CHECK((uintptr_t)OPAQUE(uint8_t *, aligned) % 64 == 0);
    CHECK((uintptr_t)OPAQUE(uint8_t *, aligned_data) % 16 == 0);
    CHECK(aligned_data[0] == 1 && aligned_data[15] == 0);
    CHECK(*pointer_to_variable == 7);
    CHECK(++OWN(common_variable) == 1);
    OWN(common_variable) = 0;
    CHECK(packed.letter == 'x' && packed.number == inside_zeros - 497);
    CHECK(packed.function("a", "a") == 0);
    CHECK(OPAQUE(uint16_t *, &small)[0] == 5);
    CHECK(sizeof empty == 0 && OPAQUE(int *, empty) == empty);
    CHECK(strcmp(names[OPAQUE(int, 3)], "three") == 0);
}

static void check_pointers_to_functions(void)
{
    CHECK(operations[OPAQUE(int, 0)].apply(21) == 42);
    CHECK(operations[OPAQUE(int, 1)].apply(12) == 144);
    CHECK(strcmp(operations[OPAQUE(int, 1)].name, "square") == 0);
    CHECK(imported("a", "b") < 0);
    CHECK(OPAQUE(void *, (void *)imported) == (void *)strcmp);
    CHECK(defined_nowhere == NULL);
    CHECK(weak_default() == 8);
}

static const char *choose(int value)
{
    switch (value) {
    case 0: return "zero";
    case 1: return "un";
    case 2: return "deux";
    case 3: return "trois";
    case 4: return "quatre";
    case 5: return "cinq";
    case 6: return "six";
    case 7: return "sept";
    default: return "beaucoup";
    }
}

/// Too different for a table of results: a table of jumps.
static int jump(int value)
{
    switch (value) {
    case 0: return twice(zeros[1]);
    case 1: zeros[0]++; return zeros[0]--;
    case 2: return (int)strlen(names[1]);
    case 3: return operations[1].apply(value);
    case 4: return imported(names[0], names[1]) > 0;
    case 5: return aligned_data[0] * 50;
    default: return -1;
    }
}

static int computed_goto(int value)
{
    static const void *const labels[] = {&&first, &&second, &&third};
    goto *labels[value];
first: return 10;
second: return 20;
third: return 30;
}

static int sum(int count, ...)
{
    va_list arguments;
    int total = 0;
    va_start(arguments, count);
    while (count-- > 0)
        total += va_arg(arguments, int);
    va_end(arguments);
    return total;
}

static unsigned fibonacci(unsigned index)
{
    return index < 2 ? index : fibonacci(index - 1) + fibonacci(index - 2);
}

static void check_control(void)
{
    CHECK(strcmp(choose(OPAQUE(int, 6)), "six") == 0);
    CHECK(strcmp(choose(OPAQUE(int, 99)), "beaucoup") == 0);
    CHECK(jump(OPAQUE(int, 1)) == 1);
    CHECK(jump(OPAQUE(int, 3)) == 9);
    CHECK(jump(OPAQUE(int, 5)) == 50);
    CHECK(jump(OPAQUE(int, 6)) == -1);
    CHECK(computed_goto(OPAQUE(int, 1)) == 20);
    CHECK(sum(4, 1, 2, 3, OPAQUE(int, 4)) == 10);
    CHECK(fibonacci(OPAQUE(unsigned, 15)) == 610);
    jmp_buf here;
    volatile int jumps = 0;
    if (setjmp(here) == 0) {
        jumps++;
        longjmp(here, 1);
    }
    CHECK(jumps == 1);
}

static void check_arithmetic(void)
{
    CHECK(OPAQUE(uint64_t, 10000000000000000000u) / OPAQUE(uint64_t, 3000000000u) == 3333333333u);
    CHECK(OPAQUE(int64_t, INT64_MIN) % OPAQUE(int64_t, 10) == -8);
    CHECK(OPAQUE(double, 1.5) * OPAQUE(double, -4) == -6);
    CHECK((int)(OPAQUE(float, 7.9f)) == 7);
    CHECK((double)OPAQUE(uint64_t, 1ull << 40) == 1099511627776.0);
    CHECK((uint8_t)OPAQUE(int, 0x1FF) == 0xFF);
    CHECK(OPAQUE(int, -17) / OPAQUE(int, 5) == -3);
    CHECK(OPAQUE(long double, 1.0L) / OPAQUE(long double, 8) == 0.125L);
}

// Instructions where the chip has them, functions of the firmware where it has not.
static void check_atomics(void)
{
    static uint8_t byte;
    static int number;
    static uint64_t wide;
    __atomic_store_n(&byte, 0xF0, __ATOMIC_RELEASE);
    CHECK(__atomic_fetch_or(&byte, 0x0F, __ATOMIC_RELAXED) == 0xF0);
    CHECK(__atomic_load_n(&byte, __ATOMIC_ACQUIRE) == 0xFF);
    __atomic_store_n(&number, 5, __ATOMIC_SEQ_CST);
    CHECK(__atomic_fetch_add(&number, 2, __ATOMIC_SEQ_CST) == 5);
    int expected = 6;
    CHECK(!__atomic_compare_exchange_n(&number, &expected, 8, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
    CHECK(expected == 7);
    CHECK(__atomic_compare_exchange_n(&number, &expected, 8, false, __ATOMIC_SEQ_CST, __ATOMIC_RELAXED));
    CHECK(__atomic_exchange_n(&number, 9, __ATOMIC_ACQ_REL) == 8);
    __atomic_store_n(&wide, UINT32_MAX, __ATOMIC_SEQ_CST);
    CHECK(__atomic_fetch_add(&wide, 1, __ATOMIC_SEQ_CST) == UINT32_MAX);
    CHECK(__atomic_load_n(&wide, __ATOMIC_SEQ_CST) == 1ull << 32);
}

static int by_value(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

struct large {
    char text[200];
    int number;
};

static struct large make_large(int number)
{
    struct large result = {.number = number};
    strcpy(result.text, "large");
    return result;
}

static void check_library(void)
{
    int numbers[] = {5, 3, 9, 1, 7};
    qsort(numbers, 5, sizeof numbers[0], by_value);
    CHECK(numbers[0] == 1 && numbers[2] == 5 && numbers[4] == 9);
    char *text = malloc(100);
    CHECK(text != NULL);
    snprintf(text, 100, "%s %d %08lx %.3f", "text", -5, 0xBEEFul, 3.14159);
    CHECK(strcmp(text, "text -5 0000beef 3.142") == 0);
    free(text);
    errno = 0;
    CHECK(strtol("99999999999", NULL, 10) == LONG_MAX && errno == ERANGE);
    const struct large first = make_large(OPAQUE(int, 3)), second = first;
    CHECK(second.number == 3 && strcmp(second.text, "large") == 0);
}

#ifdef ALONE
static
#endif
int JOIN(language, NEXT)(int depth);

/// Counts what does not hold; with depth 0, nothing.
int OWN(language)(int depth)
{
    if (depth == 0)
        return 0;
    failures = 0;
    CHECK(JOIN(language, NEXT)(0) == 0);
    check_data();
    check_pointers_to_functions();
    check_control();
    check_arithmetic();
    check_atomics();
    check_library();
    return failures;
}

#ifdef ALONE
void reloadable_init(void) {}

void reloadable_hello(const char *name)
{
    printf("%s: %s\n", name, language_alone(1) == 0 ? "all right" : "not all right");
}
#endif
