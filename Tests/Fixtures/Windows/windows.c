// Everything that windows, loops and special registers have to survive, while the timer interrupts every 100 µs
// and its handler uses all of them, too.
// SPDX-License-Identifier: MIT
#include <alloca.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "descend.h"
#include "interrupt.h"
#include "machine.h"

enum { INTERRUPTS = 2000, PERIOD = MACHINE_CLOCK_HZ / 10000 };

static volatile uint32_t interrupts;
static uint32_t counter, wrong_in_handler;

static void set_timer(void)
{
    uint32_t now;
    __asm__ volatile("rsr.ccount %0" : "=a"(now));
    __asm__ volatile("wsr.ccompare0 %0\n esync" : : "a"(now + PERIOD));
}

static void on_timer(void)
{
    const uint32_t depth = interrupts % 24;
    if (descend(depth) != depth || count_in_another_loop(7) != 7 || shift_often(depth, 3) != 3)
        wrong_in_handler++;
    // What was interrupted in increment() must not take this value of SCOMPARE1 for its own.
    uint32_t same = counter += 2;
    increment(&same);
    interrupts++;
    set_timer();
}

/// The stack pointer moves while the callers' windows are on the stack.
static __attribute__((noinline)) uint32_t allocate(uint32_t depth)
{
    const uint32_t below = descend(depth);
    char *bytes = alloca(depth + 16);
    memset(bytes, (int)depth, depth);
    return below + descend(depth) + (unsigned char)bytes[depth - 1] - (depth & 0xFF);
}

static __attribute__((noinline)) void jump(jmp_buf target, uint32_t depth)
{
    static void (*volatile leave)(jmp_buf, int) = longjmp;  // GCC need not know that it never ends otherwise
    if (depth == 0)
        leave(target, 1);
    else
        jump(target, depth - 1);
}

static __attribute__((noinline)) uint32_t return_from(uint32_t depth)
{
    jmp_buf target;
    volatile uint32_t result = depth;
    if (setjmp(target) == 0)
        jump(target, depth);
    return result;
}

int main(void)
{
    static const char *const names[] = {
        "calls", "loops", "shifts", "atomics", "alloca", "longjmp", "syscall", "handler"};
    uint32_t wrong[8] = {0}, rounds = 0;
    interrupt_attach(MACHINE_TIMER_INTERRUPT, on_timer);
    set_timer();
    for (; interrupts < INTERRUPTS; rounds++) {
        const uint32_t depth = 1 + rounds % 200;
        wrong[0] += descend(depth) != depth;
        wrong[1] += count_in_loop(1000 + depth) != 1000 + depth;
        wrong[2] += shift_often(depth % 32, 1000) != 1000;
        for (uint32_t index = 0; index < 5000; index++)
            increment(&counter);
        wrong[4] += allocate(depth) != 2 * depth;
        const uint32_t left = windows_after_system_call();
        wrong[6] += left == 0 || (left & (left - 1)) != 0;
        wrong[5] += return_from(depth % 40) != depth % 40;
    }
    const uint32_t masked = interrupt_mask();
    wrong[3] = counter != 2 * interrupts + 5000 * rounds;
    wrong[7] = wrong_in_handler;
    interrupt_unmask(masked);

    uint32_t all = 0;
    for (unsigned index = 0; index < 8; index++) {
        if (wrong[index] != 0)
            printf("%s: %u wrong\n", names[index], (unsigned)wrong[index]);
        all += wrong[index];
    }
    printf("%u wrong\n", (unsigned)all);
    return all != 0;
}
