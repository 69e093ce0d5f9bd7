# Reset and trap entry. QEMU jumps to the first byte of RAM, with the whole image already in place.
# SPDX-License-Identifier: MIT

  .section .init, "ax", @progbits
  .globl _start
_start:
  csrw mie, zero
  la sp, __stack_top
  la tp, __tls_start                    # psABI: tp points at the thread's TLS block
  li s0, 0                              # the outermost frame
  la t0, trap_entry
  csrw mtvec, t0
  la t0, __trap_stack_top
  csrw mscratch, t0
  la t0, __zero_start
  la t1, __zero_end
1:
  bgeu t0, t1, 2f
  sw zero, 0(t0)
  addi t0, t0, 4
  j 1b
2:
  call board_start

# All traps. The handler has a stack of its own, so that an overflown stack can still be reported;
# mscratch holds its top, or 0 while the handler runs: a trap in there cannot be told from a frame.
  .equ FRAME_SIZE, 128                  # pc, x1 to x31: struct trap_frame
  .section .text.trap_entry, "ax", @progbits
  .balign 4
trap_entry:
  csrrw sp, mscratch, sp
  beqz sp, nested_trap
  addi sp, sp, -FRAME_SIZE
  sw x1, 4(sp)
  .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  sw x\n, 4*\n(sp)
  .endr
  csrrw t0, mscratch, zero
  sw t0, 8(sp)                          # x2: the interrupted sp
  csrr t0, mepc
  sw t0, 0(sp)
  mv a0, sp
  csrr a1, mcause
  csrr a2, mtval
  call trap_handle                      # returns from interrupts only
  lw t0, 0(sp)
  csrw mepc, t0
  addi t0, sp, FRAME_SIZE
  csrw mscratch, t0
  lw x1, 4(sp)
  .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  lw x\n, 4*\n(sp)
  .endr
  lw sp, 8(sp)
  mret

nested_trap:
  li t0, 0x100000                       # MACHINE_FINISHER
  li t1, (101 << 16) | 0x3333           # BOARD_STATUS_NESTED_TRAP, FINISHER_FAIL
  sw t1, 0(t0)
3:
  j 3b
