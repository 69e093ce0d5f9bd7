// From the vectors to trap_handle() and back.
// SPDX-License-Identifier: MIT
#include "trap.h"

#define PS_HANDLER 0x40003              // WOE; UM is 0; INTLEVEL 3, all that EXCM masks
#define PS_UM_BIT 5
#define CAUSE_LOAD_PROHIBITED 28
#define WINDOW_VECTORS_SIZE 0x180       // vectors.S

  .macro special_registers operation    // those that handlers may change
  \operation sar, TRAP_FRAME_SHIFT
  \operation lbeg, TRAP_FRAME_LOOP_BEGIN
  \operation lend, TRAP_FRAME_LOOP_END
  \operation lcount, TRAP_FRAME_LOOP_COUNT
  \operation scompare1, TRAP_FRAME_COMPARE
  \operation epc1, TRAP_FRAME_PC
  .endm
  .macro save_special name, offset
  rsr.\name a1
  s32i a1, a0, \offset
  .endm
  .macro restore_special name, offset
  l32i a1, a0, \offset
  wsr.\name a1
  .endm
  .macro registers_from_a2 operation
  .irp number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  \operation a\number, a0, TRAP_FRAME_A + 4 * \number
  .endr
  .endm

  .section .bss.trap_frame, "aw", @nobits
  .align 4
trap_frame:                             // one: a trap in the handler ends the program
  .space TRAP_FRAME_SIZE

  .section .text.trap_entry, "ax", @progbits
  .literal_position
  .align 4
  .global trap_entry
// In the interrupted program's window, its a0 in EXCSAVE1, PS.EXCM set: no register window overflows, so that
// a0 to a3 alone may be changed. What lies in a4 to a15 may be another frame's.
trap_entry:
  rsr.exccause a0
  beqi a0, TRAP_CAUSE_ALLOCA, reload_caller
#ifdef CHIP_CODE_SIZE
  addi a0, a0, -CAUSE_LOAD_PROHIBITED   // the next one is that of stores
  bltui a0, 2, word_memory
#endif
save:
  movi a0, trap_frame
  s32i a1, a0, TRAP_FRAME_A + 4 * 1
  registers_from_a2 s32i
  rsr.excsave1 a1
  s32i a1, a0, TRAP_FRAME_A
  rsr.ps a1
  s32i a1, a0, TRAP_FRAME_STATUS
  special_registers save_special
  rsr.excvaddr a1
  s32i a1, a0, TRAP_FRAME_ADDRESS
  rsr.exccause a2
  s32i a2, a0, TRAP_FRAME_CAUSE
  movi a1, 0
  wsr.lcount a1                         // else code that passes the interrupted loop's end jumps to its beginning
  isync
  beqi a2, TRAP_CAUSE_INTERRUPT, 1f
  bnei a2, TRAP_CAUSE_SYSCALL, report

1:
  l32i a1, a0, TRAP_FRAME_A + 4 * 1
  movi a2, PS_HANDLER
  wsr.ps a2
  rsync
// Saves all windows but this one on their stacks, by touching their registers: the core has 32, this window shows
// 16, of which CALL12 writes the last four, and the next two calls touch the others.
spill_begin:
  call12 1f
  movi a1, __trap_stack_top
  mov a6, a0
  movi a4, trap_handle
  callx4 a4

  l32i a1, a0, TRAP_FRAME_STATUS
  wsr.ps a1                             // EXCM is set again
  rsync
  special_registers restore_special
  isync
  registers_from_a2 l32i
  l32i a1, a0, TRAP_FRAME_A + 4 * 1
  l32i a0, a0, TRAP_FRAME_A
  rfe

  .align 4
1:
  entry a1, 48
  mov a15, a15
  call4 2f
  retw
  .align 4
2:
  entry a1, 16
  mov a15, a15
  retw
spill_end:

// For what does not return: forgets all windows, because their stacks may be what is wrong. The frame is in a0.
report:
  movi a1, 1
  rsr.windowbase a2
  ssl a2
  sll a1, a1
  wsr.windowstart a1
  movi a1, PS_HANDLER
  wsr.ps a1
  rsync
  movi a1, __trap_stack_top
  mov a6, a0
  movi a4, trap_report
  callx4 a4

// MOVSP moves the stack pointer, and with it the place where the caller's a0 to a3 would be found: it wants
// them to be in registers, and traps if they are not. The underflow vector brings them back, and
// executes it again, if all looks as if a RETW had wanted them: the window is the caller's, PS.OWB this one.
reload_caller:
  rsr.windowbase a0
  rotw -1                               // a4 to a7 are what a0 to a3 were; the caller is not here, so these are free
  rsr.ps a0
  extui a1, a0, 0, 8
  srli a0, a0, 12
  slli a0, a0, 4
  or a0, a0, a4
  slli a0, a0, 8
  or a0, a0, a1
  wsr.ps a0
  rsr.excsave1 a4
  rsync
  bbci a4, 31, 4f                       // a return address: its upper two bits are the size of the window, in fours
  rotw -1
  bbci a8, 30, 8f
  rotw -1
  j window_underflow12
8:
  j window_underflow8
4:
  j window_underflow4

// PS.UM is 0: the handler runs.
  .global trap_in_handler
trap_in_handler:
  rsr.exccause a0
  beqi a0, TRAP_CAUSE_ALLOCA, reload_caller
#ifdef CHIP_CODE_SIZE
  addi a0, a0, -CAUSE_LOAD_PROHIBITED
  bltui a0, 2, word_memory
#endif

  .global nested_trap
nested_trap:
  movi a2, 1                            // SEMIHOSTING_EXIT
  movi a3, 101                          // BOARD_STATUS_NESTED_TRAP
  simcall
  j nested_trap

#ifdef CHIP_CODE_SIZE
// What word_memory did not do.
  .global trap_unless_handled
trap_unless_handled:
  rsr.ps a0
  bbci a0, PS_UM_BIT, nested_trap
  j save
#endif

// In a window vector, the stack pointer of a frame leads nowhere: reported as an exception of the call or return
// that wanted the window, if it was the program's.
  .global trap_in_vector
trap_in_vector:
  rsr.depc a0
  movi a1, vectors
  sub a0, a0, a1
  movi a1, WINDOW_VECTORS_SIZE
  bgeu a0, a1, nested_trap
  rsr.ps a0
  bbsi a0, PS_UM_BIT, 1f
  rsr.epc1 a0
  movi a1, spill_begin
  bltu a0, a1, nested_trap
  movi a1, spill_end
  bgeu a0, a1, nested_trap
  movi a0, trap_frame                   // saved before its windows were spilled
  rsr.exccause a1
  s32i a1, a0, TRAP_FRAME_CAUSE
  rsr.excvaddr a1
  s32i a1, a0, TRAP_FRAME_ADDRESS
  j report
1:
  extui a0, a0, 8, 4                    // PS.OWB: the window of the call or return
  wsr.windowbase a0
  rsync
  wsr.excsave1 a0
  j save
