// Reset. QEMU has loaded the image at its physical addresses, and jumps to that of _start.
//
// Firmware runs 0x48000000 above: a windowed call keeps 30 bits of the return address, the other two are those
// of the function that returns, so firmware and modules have to lie in the same 1 GiB. A chip's
// instruction bus is at 0x40000000 and up.
// SPDX-License-Identifier: MIT

// TLB entries (Xtensa ISA, "MMU Option"): way 6 spans the address space in eight entries of 512 MiB, after reset
// address = physical address; way 4 has four entries, here of 16 MiB, which address bits 24 and 25 choose.
#define WAY_4 4
#define WAY_6 6
#define WAY_4_IS_16_MIB (2 << 16)
#define FIRMWARE_PAGES 3                // of way 4: up to the memory for modules
#define READ_WRITE_EXECUTE 3            // attributes, ring 0
#define READ_WRITE 2

#define PS_START 0x40023                // WOE, UM, INTLEVEL 3

  .section .text.start, "ax", @progbits
  .literal_position
  .align 4
  .global _start
_start:
  movi a0, 0
  wsr.windowbase a0
  rsync
  movi a1, 1
  wsr.windowstart a1
  rsync
  wsr.intenable a0

  // The addresses above.
  movi a2, 0x20000000 + WAY_6
  movi a3, 0x20000000
  movi a4, 6
1:
  iitlb a2
  idtlb a2
  add a2, a2, a3
  addi a4, a4, -1
  bnez a4, 1b
  movi a2, WAY_4_IS_16_MIB
  wsr.itlbcfg a2
  wsr.dtlbcfg a2
  isync
  dsync
  movi a2, __firmware_start + WAY_4
  movi a3, READ_WRITE_EXECUTE           // from physical address 0
  movi a5, 0x01000000
  movi a4, FIRMWARE_PAGES
1:
  witlb a3, a2
  wdtlb a3, a2
  add a2, a2, a5
  add a3, a3, a5
  addi a4, a4, -1
  bnez a4, 1b
  isync
  dsync
  movi a2, 1f
  jx a2

  // There. Where it came from is nothing from now on; devices are at the top.
  .align 4
1:
  movi a2, WAY_6
  iitlb a2
  idtlb a2
  movi a2, 0xE0000000 + WAY_6
  iitlb a2
  movi a3, 0xE0000000 + READ_WRITE
  wdtlb a3, a2
  isync
  dsync

  movi a2, vectors
  wsr.vecbase a2
  movi a2, 0x15                         // S32C1I by the core itself, in all kinds of memory
  .byte 0x20, 0x63, 0x13                // wsr.atomctl a2: the assembler's core has none
  movi a1, __stack_top
  movi a2, PS_START
  wsr.ps a2
  rsync

  movi a2, __zero_start
  movi a3, __zero_end
  movi a4, 0
1:
  bgeu a2, a3, 1f
  s32i a4, a2, 0
  addi a2, a2, 4
  j 1b
1:
  movi a0, 0                            // the outermost frame
  movi a4, board_start
  callx4 a4
