// Ways to go wrong. END is the one.
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdio.h>

#include "descend.h"
#include "interrupt.h"
#include "machine.h"

/// A window does not find room on the stack.
void recursion(void)
{
    printf("%u\n", (unsigned)descend(1000000));
}

/// A function stores below the stack, without a call.
void large_frame(void)
{
    volatile char bytes[1 << 19];
    bytes[0] = 1;
    (void)bytes[0];
}

static void attach(interrupt_handler_t handler)
{
    interrupt_attach(MACHINE_SOFTWARE_INTERRUPT, handler);
}

static void clear(void)
{
    __asm__ volatile("wsr.intclear %0" : : "a"(1u << MACHINE_SOFTWARE_INTERRUPT));
}

/// An interrupt comes while the stack pointer leads nowhere: the window of the caller cannot be saved.
void interrupted(void)
{
    attach(clear);
    __asm__ volatile("mov a1, %0\n wsr.intset %1\n rsync\n nop" : : "a"(16), "a"(1u << MACHINE_SOFTWARE_INTERRUPT));
}

static void clear_wrongly(void)
{
    clear();
    __asm__ volatile("s8i %0, %0, 0" : : "a"(0));
}

/// A trap in a handler.
void nested(void)
{
    attach(clear_wrongly);
    __asm__ volatile("wsr.intset %0\n rsync\n nop" : : "a"(1u << MACHINE_SOFTWARE_INTERRUPT));
}

int main(void)
{
    END();
    return 0;
}
