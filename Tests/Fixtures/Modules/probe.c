// A module that does what some chips forbid or cannot do: PROBE is one of the functions below. Says "went on"
// where it is possible.
#include "reloadable.h"

#include <stdint.h>
#include <stdio.h>

#define UNUSED __attribute__((unused))

static volatile int calls;

static __attribute__((noinline)) void function(void)
{
    calls++;
}

/// Through the address by which code is reached; what is there stays the same.
static UNUSED void store_into_code(void)
{
    volatile uint16_t *const code = (volatile uint16_t *)(uintptr_t)function;
    *code = *code;
    function();
}

/// By the address by which data is reached.
static UNUSED void jump_into_data(void)
{
    static volatile uint32_t code[1];
    code[0] = 0x00008067;  // ret
    __asm__ volatile("fence.i" : : : "memory");
    ((void (*)(void))(uintptr_t)code)();
}

/// Extension A.
static UNUSED void add_atomically(void)
{
    __asm__ volatile(".option push\n .option arch, +a\n amoadd.w zero, zero, (%0)\n .option pop"
                     : : "r"(&calls) : "memory");
}

/// Extension F.
static UNUSED void add_single(void)
{
    __asm__ volatile(".option push\n .option arch, +f\n fadd.s fa0, fa0, fa0\n .option pop" : : : "fa0");
}

/// Extension D.
static UNUSED void add_double(void)
{
    __asm__ volatile(".option push\n .option arch, +d\n fadd.d fa0, fa0, fa0\n .option pop" : : : "fa0");
}

/// Extension Zbb.
static UNUSED void count_bits(void)
{
    __asm__ volatile(".option push\n .option arch, +zbb\n cpop a0, a0\n .option pop" : : : "a0");
}

void reloadable_init(void)
{
}

void reloadable_hello(const char *name)
{
    PROBE();
    printf("%s: went on\n", name);
}
