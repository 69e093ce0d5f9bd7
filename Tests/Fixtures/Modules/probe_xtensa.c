// A module that does what some chips forbid: PROBE is one of the functions below. Says "went on" where it is
// possible.
#include "reloadable.h"

#include <stdint.h>
#include <stdio.h>

#define UNUSED __attribute__((unused))

static volatile int calls;

static __attribute__((noinline, aligned(4))) void function(void)
{
    calls++;
}

/// The address by which code is reached. GCC is not to know whose it is: it believes it to be odd, perhaps, and would
/// access bytes.
static UNUSED uintptr_t code_address(void)
{
    uintptr_t address = (uintptr_t)function;
    __asm__("" : "+r"(address));
    return address;
}

// What is there stays the same.

static UNUSED void store_bytes_into_code(void)
{
    volatile uint8_t *const code = (volatile uint8_t *)code_address();
    *code = 0x36;  // the first byte of ENTRY
    function();
}

static UNUSED void store_words_into_code(void)
{
    volatile uint32_t *const code = (volatile uint32_t *)code_address();
    *code = *code;
    function();
}

static UNUSED void load_bytes_of_code(void)
{
    calls += *(volatile uint8_t *)code_address();
}

/// GCC itself never does.
static UNUSED void load_across_words_of_code(void)
{
    uint32_t word;
    __asm__ volatile("l32i %0, %1, 0" : "=a"(word) : "a"(code_address() + 2));
}

/// By the address by which data is reached.
static UNUSED void jump_into_data(void)
{
    static volatile uint32_t code[2];
    code[0] = 0x1D004136;  // entry a1, 32; retw.n
    code[1] = 0x000000F0;
    __asm__ volatile("isync" : : : "memory");
    ((void (*)(void))(uintptr_t)code)();
}

void reloadable_init(void)
{
}

void reloadable_hello(const char *name)
{
    PROBE();
    printf("%s: went on\n", name);
}
