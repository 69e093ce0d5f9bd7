// Memory that takes loads and stores of aligned 32-bit words only, as the ESP32's IRAM. The data TLB allows none at
// all there (memory_map.c); those that the chip allows are done here, in place of the core. What it
// does not allow stays an exception, with the cause that the chip has for it.
//
// No windows are touched and nothing is on the stack, so this works wherever an exception may happen.
// SPDX-License-Identifier: MIT
#include "chip.h"
#include "trap.h"

#ifdef CHIP_CODE_SIZE

#define CAUSE_LOAD_STORE_ERROR 3
#define CAUSE_LOAD_STORE_ALIGNMENT 9

// Opcodes (Xtensa ISA, "Opcode Encodings"): op0, and r where op0 is LSAI.
#define OP0_L32R 1
#define OP0_LSAI 2
#define OP0_L32I_N 8
#define OP0_S32I_N 9
#define R_L32I 2
#define R_S32I 6
#define R_L32AI 11
#define R_S32RI 15

  .section .bss.word_memory, "aw", @nobits
  .align 4
registers:
  .space 4 * 16

  .section .text.word_memory, "ax", @progbits
  .literal_position
  .align 4
  .global word_memory
// As trap_entry; goes to trap_unless_handled if the access is none of those.
word_memory:
  movi a0, registers
  .irp number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  s32i a\number, a0, 4 * \number
  .endr
  rsr.excsave1 a1
  s32i a1, a0, 0

  movi a2, CHIP_CODE_ADDRESS
  movi a3, CHIP_CODE_SIZE
  movi a4, CHIP_CODE_ALIAS
  rsr.excvaddr a1
  sub a1, a1, a2
  bgeu a1, a3, restore                  // not this memory
  add a1, a1, a4                        // a1: the word, where it can be reached

  rsr.epc1 a5                           // the instruction; its fields t, op0, and r
  sub a6, a5, a2
  bgeu a6, a3, 1f
  add a5, a6, a4
1:
  l8ui a6, a5, 0
  l8ui a5, a5, 1
  extui a7, a6, 4, 4
  addx4 a7, a7, a0                      // a7: the register
  extui a6, a6, 0, 4
  extui a5, a5, 4, 4
  movi a8, 3                            // a8: length
  beqi a6, OP0_L32R, load
  bnei a6, OP0_LSAI, 1f
  beqi a5, R_L32I, load
  beqi a5, R_S32I, store
  movi a9, R_L32AI
  beq a5, a9, load
  movi a9, R_S32RI
  beq a5, a9, store
  j refuse
1:
  movi a8, 2
  beqi a6, OP0_L32I_N, load
  movi a9, OP0_S32I_N
  beq a6, a9, store

refuse:
  movi a1, CAUSE_LOAD_STORE_ERROR
  wsr.exccause a1
  j restore
misaligned:
  movi a1, CAUSE_LOAD_STORE_ALIGNMENT
  wsr.exccause a1
restore:
  .irp number, 1, 2, 3, 4, 5, 6, 7, 8, 9
  l32i a\number, a0, 4 * \number
  .endr
  j trap_unless_handled

load:
  extui a2, a1, 0, 2
  bnez a2, misaligned
  l32i a2, a1, 0
  s32i a2, a7, 0
  j next
store:
  extui a2, a1, 0, 2
  bnez a2, misaligned
  l32i a2, a7, 0
  s32i a2, a1, 0

next:
  rsr.epc1 a1
  add a1, a1, a8
  rsr.lend a2
  bne a1, a2, 1f
  rsr.lcount a2
  beqz a2, 1f
  addi a2, a2, -1
  wsr.lcount a2
  rsr.lbeg a1
1:
  wsr.epc1 a1
  isync
  .irp number, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0
  l32i a\number, a0, 4 * \number
  .endr
  rfe

#endif
