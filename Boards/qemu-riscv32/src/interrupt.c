// SPDX-License-Identifier: MIT
#include "interrupt.h"

#include <stddef.h>

#include "machine.h"

enum { SOURCE_COUNT = 11 };

// Registers of the PLIC (RISC-V PLIC specification, "Memory Map"), context 0: hart 0 in M-mode.
enum {
    PLIC_PRIORITY = 0x000000,
    PLIC_ENABLE = 0x002000,
    PLIC_THRESHOLD = 0x200000,
    PLIC_CLAIM = 0x200004,
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
    __asm__ volatile("csrs mie, %0" : : "r"(1u << 7 | 1u << 11));  // MTIE, MEIE
    __asm__ volatile("csrsi mstatus, 8" : : : "memory");
}
