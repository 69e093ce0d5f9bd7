// What QEMU's machine "virt" has, and where (hw/riscv/virt.c, virt_memmap).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

#define MACHINE_FINISHER 0x00100000u      // sifive_test: ends QEMU
#define MACHINE_PLIC 0x0C000000u          // interrupt controller, 4 MiB are in use
#define MACHINE_UART 0x10000000u          // NS16550A
#define MACHINE_VIRTIO 0x10001000u        // the first of 8 virtio-mmio transports…
#define MACHINE_VIRTIO_STRIDE 0x1000u     // …this far apart
#define MACHINE_VIRTIO_COUNT 8u
#define MACHINE_VIRTIO_INTERRUPT 1u       // PLIC source of the first, then one each
#define MACHINE_FLASH 0x22000000u         // bank 1 of two…
#define MACHINE_FLASH_SIZE 0x02000000u    // …of this size each…
#define MACHINE_FLASH_CHIPS 2u            // …and as many 16-bit chips side by side
#define MACHINE_TIMER_HZ 10000000u        // RISCV_ACLINT_DEFAULT_TIMEBASE_FREQ

static inline volatile uint8_t *machine_register8(uint32_t address)
{
    return (volatile uint8_t *)address;
}

static inline volatile uint32_t *machine_register(uint32_t address)
{
    return (volatile uint32_t *)address;
}
