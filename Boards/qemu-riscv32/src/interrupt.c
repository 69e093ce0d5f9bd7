// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <stddef.h>

#include "machine.h"

enum { SOURCE_COUNT = 11 };

// Registers of the PLIC (RISC-V PLIC specification, "Memory Map"), context 1: hart 0 in S-mode.
enum {
    PLIC_PRIORITY = 0x000000,
    PLIC_ENABLE = 0x002080,
    PLIC_THRESHOLD = 0x201000,
    PLIC_CLAIM = 0x201004,
};

static interrupt_handler_t handlers[SOURCE_COUNT];

void interrupt_attach(unsigned source, interrupt_handler_t handler)
{
    if (source == 0 || source >= SOURCE_COUNT)
        return;
    handlers[source] = handler;
    *machine_register(MACHINE_PLIC + PLIC_PRIORITY + 4 * source) = 1;
    *machine_register(MACHINE_PLIC + PLIC_ENABLE) |= 1u << source;
}

void interrupt_dispatch(void)
{
    volatile uint32_t *claim = machine_register(MACHINE_PLIC + PLIC_CLAIM);
    for (uint32_t source; (source = *claim) != 0; *claim = source) {
        if (source < SOURCE_COUNT && handlers[source] != NULL)
            handlers[source]();
    }
}

void interrupt_start(void)
{
    *machine_register(MACHINE_PLIC + PLIC_THRESHOLD) = 0;
    __asm__ volatile("csrs sie, %0" : : "r"(1u << 5 | 1u << 9));  // STIE, SEIE
    __asm__ volatile("csrsi sstatus, 2" : : : "memory");  // SIE
}
