// SPDX-License-Identifier: MIT

  .macro function name
  .section .text.\name, "ax", @progbits
  .literal_position
  .align 4
  .global \name
  .type \name, @function
\name:
  .endm

  // Values that are different in every register and at every depth (a2).
  .macro fill registers:vararg
  .irp number, \registers
  slli a\number, a2, 4
  addi a\number, a\number, \number
  .endr
  .endm
  .macro compare scratch, registers:vararg
  .irp number, \registers
  slli \scratch, a2, 4
  addi \scratch, \scratch, \number
  bne \scratch, a\number, wrong
  .endr
  .endm

  function descend
  entry a1, 80
  bnez a2, 1f
  retw
1:
  extui a3, a2, 0, 2
  beqi a3, 1, by_4
  beqi a3, 2, by_12

by_8:
  fill 3, 4, 5, 6, 7
  addi a10, a2, -1
  call8 descend
  compare a8, 3, 4, 5, 6, 7
  addi a2, a10, 1
  retw
by_4:
  fill 3
  addi a6, a2, -1
  call4 descend
  compare a4, 3
  addi a2, a6, 1
  retw
by_12:
  fill 3, 4, 5, 6, 7, 8, 9, 10, 11
  addi a14, a2, -1
  call12 descend
  compare a12, 3, 4, 5, 6, 7, 8, 9, 10, 11
  addi a2, a14, 1
  retw
wrong:
  movi a2, 0
  retw

  .irp name, count_in_loop, count_in_another_loop
  function \name
  entry a1, 32
  movi a3, 0
  loop a2, 1f
  addi a3, a3, 1
1:
  mov a2, a3
  retw
  .endr

  function shift_often
  entry a1, 32
  movi a4, 1
  movi a5, 0
  ssl a2
  sll a6, a4
1:
  sll a7, a4
  bne a6, a7, 2f
  addi a5, a5, 1
2:
  addi a3, a3, -1
  bnez a3, 1b
  mov a2, a5
  retw

  function increment
  entry a1, 32
1:
  l32i a3, a2, 0
  wsr.scompare1 a3
  addi a4, a3, 1
  j 2f                                  // QEMU interrupts at jumps only
2:
  s32c1i a4, a2, 0
  bne a4, a3, 1b
  retw

  function windows_after_system_call
  entry a1, 32
  movi a2, 0
  syscall
  rsr.windowstart a2
  retw
