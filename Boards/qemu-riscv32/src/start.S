# Reset and trap entry. QEMU jumps to the first byte of RAM, with the whole image already in place.
# CSRs: privileged specification, "Machine-Level ISA", "Supervisor-Level ISA".
# SPDX-License-Identifier: MIT

  .equ MENVCFGH, 0x31A                  # Sstc; assemblers know the name later than QEMU does

  .section .init, "ax", @progbits
  .globl _start
_start:                                 # M-mode, which is left for good: it cannot translate fetches
  csrw mie, zero
  csrw mstatus, zero                    # a reset leaves most of it, and translation, as they were
  csrw satp, zero
  sfence.vma
  la t0, nested_trap
  csrw mtvec, t0
  li t0, -1
  csrw medeleg, t0                      # all traps
  csrw mideleg, t0
  csrw mcounteren, t0                   # cycle, time and instret can be read
  li t0, 1 << 31
  csrw MENVCFGH, t0                     # STCE: S-mode has a timer of its own
#ifdef __riscv_flen
  li t0, 1 << 13
  csrs mstatus, t0                      # FS: Initial
#endif
  # PMP: any access to the guard below the stack is a trap, everything else is allowed.
  la t0, __stack_guard_start
  srli t0, t0, 2
  ori t0, t0, 4096 / 8 - 1              # __stack_guard_size
  csrw pmpaddr0, t0
  li t0, -1
  csrw pmpaddr1, t0
  li t0, 0x1F18                         # entry 1: NAPOT, R, W, X; entry 0: NAPOT
  csrw pmpcfg0, t0
  li t0, 3 << 11
  csrc mstatus, t0
  li t0, 1 << 11
  csrs mstatus, t0                      # MPP: S-mode
  la t0, 1f
  csrw mepc, t0
  mret
1:
  la sp, __stack_top
  la tp, __tls_start                    # psABI: tp points at the thread's TLS block
  li s0, 0                              # the outermost frame
  la t0, trap_entry
  csrw stvec, t0
  la t0, __trap_stack_top
  csrw sscratch, t0
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
# sscratch holds its top, or 0 while the handler runs: a trap in there cannot be told from a frame.
# The frame: pc, x1 to x31 (struct trap_frame), then the floating-point registers that a function may change.
#ifdef __riscv_flen
  .equ FRAME_SIZE, 256
  .macro each_float operation
  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31
  \operation f\n, 128+4*\n(sp)
  .endr
  .endm
#else
  .equ FRAME_SIZE, 128
  .macro each_float operation
  .endm
#endif
  .section .text.trap_entry, "ax", @progbits
  .balign 4
trap_entry:
  csrrw sp, sscratch, sp
  beqz sp, nested_trap
  addi sp, sp, -FRAME_SIZE
  sw x1, 4(sp)
  .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  sw x\n, 4*\n(sp)
  .endr
  each_float fsw
  csrrw t0, sscratch, zero
  sw t0, 8(sp)                          # x2: the interrupted sp
  csrr t0, sepc
  sw t0, 0(sp)
  mv a0, sp
  csrr a1, scause
  csrr a2, stval
  call trap_handle                      # returns from interrupts only
  lw t0, 0(sp)
  csrw sepc, t0
  addi t0, sp, FRAME_SIZE
  csrw sscratch, t0
  each_float flw
  lw x1, 4(sp)
  .irp n, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
  lw x\n, 4*\n(sp)
  .endr
  lw sp, 8(sp)
  sret

nested_trap:
  li t0, 0x100000                       # MACHINE_FINISHER
  li t1, (101 << 16) | 0x3333           # BOARD_STATUS_NESTED_TRAP, FINISHER_FAIL
  sw t1, 0(t0)
3:
  j 3b
