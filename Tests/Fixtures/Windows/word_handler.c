// A handler of interrupts whose code is in memory that takes words only: its literals are there, too.
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdio.h>

#include "hotreload_port.h"
#include "interrupt.h"
#include "machine.h"

enum { INTERRUPTS = 1000, TURNS = 10 };

/// Adds TURNS to it.
volatile uint32_t counter;

// A loop that ends with a load from that memory.
__asm__(
    "  .section .text.add_turns, \"ax\"\n"
    "  .align 4\n"
    "code_begin:\n"
    "  .word counter\n"
    "add_turns:\n"
    "  entry a1, 32\n"
    "  l32r a2, code_begin\n"
    "  movi a4, 0\n"
    "  movi a3, 10\n"
    "  loop a3, 1f\n"
    "  addi a4, a4, 1\n"
    "  l32r a5, code_begin\n"
    "1:\n"
    "  l32i a3, a5, 0\n"
    "  add a3, a3, a4\n"
    "  s32i a3, a2, 0\n"
    "  movi a3, 1 << 7\n"
    "  wsr.intclear a3\n"
    "  retw\n"
    "  .align 4\n"
    "code_end:\n");
extern uint32_t code_begin[], code_end[];
extern char add_turns[];

int main(void)
{
    const uint32_t size = (uint32_t)code_end - (uint32_t)code_begin;
    hotreload_port_block_t block;
    if (hotreload_port_allocate(size, 16, 0, HOTRELOAD_PORT_CODE, &block) != HOTRELOAD_PORT_OK)
        return 1;
    for (uint32_t index = 0; index < size / 4; index++)
        hotreload_port_store_word(block.data_address + 4 * index, code_begin[index]);
    hotreload_port_synchronize(&block);

    const uint32_t handler = block.executable_address + (uint32_t)add_turns - (uint32_t)code_begin;
    interrupt_attach(MACHINE_SOFTWARE_INTERRUPT, (interrupt_handler_t)(uintptr_t)handler);
    for (uint32_t index = 0; index < INTERRUPTS; index++)
        __asm__ volatile("wsr.intset %0\n rsync\n j 1f\n1:" : : "a"(1u << MACHINE_SOFTWARE_INTERRUPT));
    printf("%u of %u\n", (unsigned)counter, (unsigned)(INTERRUPTS * TURNS));
    return counter != INTERRUPTS * TURNS;
}
