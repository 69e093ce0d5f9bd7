// What of the firmware a module may use: addresses in initialised data, weak symbols, the compiler's helpers.
#include "modules.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "extras.h"

// Hides a value from the optimizer.
#define OPAQUE(type, value) (*(volatile type *)&(type){value})

static int *const third = &extra_numbers[2];
static const int *end = &extra_numbers[4];
static int *const member = &extra_structure.number;
static const char *const second_character = &extra_structure.text[1];
static const struct {
    const char *name;
    int (*apply)(int);
} functions[] = {{"twice", extra_twice}};
static struct {
    char unaligned;
    int *pointer;
} __attribute__((packed)) packed = {1, &extra_numbers[1]};

extern int absent_function(void) __attribute__((weak));
extern int absent_variable __attribute__((weak));
extern int extra_weak(int) __attribute__((weak));
static int (*const absent_pointer)(void) = absent_function;
static int *const absent_address = &absent_variable;

static int failures;

static void check(int line, int holds)
{
    if (!holds) {
        printf("imports.c:%d does not hold\n", line);
        failures++;
    }
}

#define CHECK(condition) check(__LINE__, condition)

int plugin_failed_imports(void)
{
    failures = 0;
    CHECK(*OPAQUE(int *, third) == 3);
    CHECK(OPAQUE(const int *, end) == extra_numbers + 4);
    CHECK(*OPAQUE(int *, member) == 42);
    CHECK(*OPAQUE(const char *, second_character) == 'e');
    CHECK(functions[OPAQUE(int, 0)].apply(21) == 42);
    CHECK(*packed.pointer == 2);
    extra_numbers[2] = 30;
    CHECK(*third == 30);
    extra_numbers[2] = 3;

    CHECK(absent_function == NULL);
    CHECK(&absent_variable == NULL);
    CHECK(OPAQUE(void *, (void *)absent_pointer) == NULL);
    CHECK(OPAQUE(int *, absent_address) == NULL);
    CHECK(extra_weak != NULL && extra_weak(5) == 20);

    // __udivdi3, __divdf3: GLOBAL HIDDEN in libgcc.
    CHECK(OPAQUE(uint64_t, 10000000000000000000u) / OPAQUE(uint64_t, 3000000000u) == 3333333333u);
    CHECK((int)(OPAQUE(double, 7.5) / OPAQUE(double, 2.5)) == 3);
    return failures;
}
