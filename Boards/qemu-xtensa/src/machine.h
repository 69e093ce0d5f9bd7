// What QEMU's machine "lx60" with the core dc233c has, and where (hw/xtensa/xtfpga.c,
// target/xtensa/core-dc233c/core-isa.h).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

#define MACHINE_RESET 0xFD020010u        // register of the FPGA: starts the chip again…
#define MACHINE_RESET_VALUE 0xDEADu      // …when this is written
#define MACHINE_UART 0xFD050020u         // 16550…
#define MACHINE_UART_STRIDE 4u           // …with its registers this far apart
#define MACHINE_UART_INTERRUPT 0u        // external, level 1
#define MACHINE_TIMER_INTERRUPT 6u       // CCOMPARE0, level 1
#define MACHINE_SOFTWARE_INTERRUPT 7u    // by INTSET, level 1
#define MACHINE_INTERRUPT_COUNT 8u       // those of level 1 that something is connected to
#define MACHINE_FLASH 0xF8000000u        // 4 MiB…
#define MACHINE_FLASH_CHIPS 1u           // …of one 16-bit chip
#define MACHINE_CLOCK_HZ 10000000u       // CCOUNT

static inline volatile uint32_t *machine_register(uint32_t address)
{
    return (volatile uint32_t *)address;
}
