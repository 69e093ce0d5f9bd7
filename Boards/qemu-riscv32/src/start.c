// From the end of start.S to main().
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>

#include "board.h"
#include "clock.h"
#include "interrupt.h"

int main(void);
_Noreturn void board_start(void);

/// Makes any access to the bytes below the stack a trap. A locked PMP entry binds M-mode, too
/// (privileged specification, "Physical Memory Protection").
static void guard_stack(void)
{
    extern char __stack_guard_start[], __stack_guard_end[];
    const uint32_t start = (uint32_t)__stack_guard_start, size = (uint32_t)__stack_guard_end - start;
    const uint32_t naturally_aligned = 3u << 3, locked = 1u << 7;
    __asm__ volatile("csrw pmpaddr0, %0" : : "r"(start >> 2 | (size / 8 - 1)));
    __asm__ volatile("csrw pmpcfg0, %0" : : "r"(naturally_aligned | locked));
}

static void construct(void)
{
    extern void (*__init_array_start[])(void), (*__init_array_end[])(void);
    for (void (**constructor)(void) = __init_array_start; constructor != __init_array_end; constructor++)
        (*constructor)();
}

_Noreturn void board_start(void)
{
    guard_stack();
    clock_clear_alarm();
    interrupt_start();
    construct();
    exit(main());
}

const char *board_version(void)
{
    return "qemu-riscv32 0.1.0";
}
