// The vectors, at the offsets of the core dc233c (core-isa.h, XCHAL_*_VECOFS).
//
// Window vectors: Xtensa ISA, "Windowed Register Option"; the layout of what they save is the ABI's ("Stack
// Frame Layout"). A frame's a0 to a3 lie below the stack pointer of the function that it called, the rest at
// the upper end of its own frame, below the stack pointer of its caller.
// SPDX-License-Identifier: MIT

  .section .vectors, "ax", @progbits

  .macro vector offset, name
  .org \offset
  .global \name
\name:
  .endm

  // Registers \first to \last, \base being the stack pointer that they lie below.
  .macro each_register operation, base, offset, registers:vararg
  .set at, \offset
  .irp register, \registers
  \operation a\register, \base, at
  .set at, at + 4
  .endr
  .endm

  .align 1024
  .global vectors
vectors:

  vector 0x000, window_overflow4        // a0 to a3 of the window to save; the one above begins at a4
  each_register s32e, a5, -16, 0, 1, 2, 3
  rfwo

  vector 0x040, window_underflow4
  each_register l32e, a5, -16, 0, 1, 2, 3
  rfwu

  vector 0x080, window_overflow8
  s32e a0, a9, -16
  l32e a0, a1, -12                      // the caller's stack pointer
  each_register s32e, a9, -12, 1, 2, 3
  each_register s32e, a0, -32, 4, 5, 6, 7
  rfwo

  vector 0x0C0, window_underflow8
  each_register l32e, a9, -16, 0, 1, 2
  l32e a7, a1, -12
  l32e a3, a9, -4
  each_register l32e, a7, -32, 4, 5, 6, 7
  rfwu

  vector 0x100, window_overflow12
  s32e a0, a13, -16
  l32e a0, a1, -12
  each_register s32e, a13, -12, 1, 2, 3
  each_register s32e, a0, -48, 4, 5, 6, 7, 8, 9, 10, 11
  rfwo

  vector 0x140, window_underflow12
  each_register l32e, a13, -16, 0, 1, 2
  l32e a11, a1, -12
  l32e a3, a13, -4
  each_register l32e, a11, -48, 4, 5, 6, 7, 8, 9, 10, 11
  rfwu

  vector 0x180, interrupt_level2        // levels 2 to 7 are not used
  j nested_trap
  vector 0x1C0, interrupt_level3
  j nested_trap
  vector 0x200, interrupt_level4
  j nested_trap
  vector 0x240, interrupt_level5
  j nested_trap
  vector 0x280, debug_exception
  j nested_trap
  vector 0x2C0, interrupt_level7
  j nested_trap

  vector 0x300, kernel_exception        // in trap_handle() and what it calls: PS.UM is 0
  wsr.excsave1 a0
  j trap_in_handler

  vector 0x340, user_exception
  wsr.excsave1 a0
  j trap_entry

  vector 0x3C0, double_exception        // PS.EXCM was set: in a vector, or in trap_entry
  wsr.excsave1 a0
  j trap_in_vector
  .org 0x400
