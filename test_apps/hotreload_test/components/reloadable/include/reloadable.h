#pragma once

#include <stdarg.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Starts counting at 0.
void reloadable_init(void);

/// Prints a greeting and how many came before it; returns that number.
int reloadable_hello(const char *name);

/// How many greetings there were.
int reloadable_count(void);

/// What test_definitions says.
int reloadable_definition(void);
int reloadable_definition_by_language(void);

/// One value in a register, two that do not fit one, and arguments on the stack.
int reloadable_add(int a, int b);
uint64_t reloadable_shift_left(uint64_t value, unsigned count);
int reloadable_sum_of_ten(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j);

/// The sum of `count` further arguments of type int.
int reloadable_sum(int count, ...);

/// A function of the module, to be called by the firmware.
typedef int (*reloadable_function_t)(int);
reloadable_function_t reloadable_doubler(void);

#ifdef __cplusplus
}
#endif
