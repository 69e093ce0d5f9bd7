/* setjmp and longjmp for Xtensa's windowed ABI (Xtensa ISA Reference Manual, "Windowed Register Option").
 *
 * The registers of F, who calls setjmp, are not in reach: they come back from the stack by a window underflow
 * when setjmp returns. So setjmp has all windows spilled, then copies what lies in the two places that the
 * underflow reads. longjmp puts that back and returns as if it were setjmp.
 *
 *   jmp_buf[0…3]   F's a0…a3: 16 bytes below the stack pointer of setjmp
 *   jmp_buf[4…11]  F's a4…a11, as many as the call spared: below those 16 bytes of F's caller, whose stack
 *                  pointer is F's at its entry
 *   jmp_buf[12]    setjmp's return address, whose two upper bits say by how much the call turned the window
 *   jmp_buf[13]    setjmp's stack pointer
 * SPDX-License-Identifier: MIT */

/* Has in \bytes how many bytes of a4…a11 the call that \return came from spared: 0, 16 or 32; and in \area where
 * they end: 16 below the stack pointer of F's caller. Changes \scratch. F's a1 is at jmp_buf[1]. */
    .macro spared bytes, area, return, buffer
    extui   \bytes, \return, 30, 2
    addi    \bytes, \bytes, -1
    slli    \bytes, \bytes, 4
    l32i    \area, \buffer, 4       /* F's stack pointer */
    addi    \area, \area, -16
    l32i    \area, \area, 4         /* F's caller's stack pointer */
    addi    \area, \area, -16
    .endm

/* Copies \bytes bytes, a multiple of 16, that end before \from to where those end before \to. */
    .macro copy_down bytes, from, to, scratch
1:  beqz    \bytes, 2f
    addi    \from, \from, -4
    addi    \to, \to, -4
    l32i    \scratch, \from, 0
    s32i    \scratch, \to, 0
    addi    \bytes, \bytes, -4
    j       1b
2:
    .endm

/* int setjmp(jmp_buf) */
    .section .text.setjmp, "ax"
    .global setjmp
    .type   setjmp, @function
    .align  4
    .literal_position
setjmp:
    entry   sp, 32
    movi    a8, __xtensa_libgcc_window_spill
    callx8  a8
    s32i    a0, a2, 48
    s32i    sp, a2, 52
    addi    a7, sp, -16
    l32i    a3, a7, 0
    l32i    a4, a7, 4
    l32i    a5, a7, 8
    l32i    a6, a7, 12
    s32i    a3, a2, 0
    s32i    a4, a2, 4
    s32i    a5, a2, 8
    s32i    a6, a2, 12
    spared  a3, a4, a0, a2
    addi    a5, a2, 48
    copy_down a3, a4, a5, a6
    movi    a2, 0
    retw
    .size   setjmp, . - setjmp

/* void longjmp(jmp_buf, int): setjmp returns again, what is given here, but never 0. */
    .section .text.longjmp, "ax"
    .global longjmp
    .type   longjmp, @function
    .align  4
    .literal_position
longjmp:
    entry   sp, 32
    movi    a8, __xtensa_libgcc_window_spill
    callx8  a8
    l32i    a0, a2, 48
    spared  a4, a6, a0, a2
    addi    a5, a2, 48
    copy_down a4, a5, a6, a7
    /* From here on the underflow of this function's return is that of setjmp's. */
    l32i    a8, a2, 52
    addi    a9, a8, -16
    l32i    a4, a2, 0
    l32i    a5, a2, 4
    l32i    a6, a2, 8
    l32i    a7, a2, 12
    s32i    a4, a9, 0
    s32i    a5, a9, 4
    s32i    a6, a9, 8
    s32i    a7, a9, 12
    mov     sp, a8
    movi    a2, 1
    movnez  a2, a3, a3
    retw
    .size   longjmp, . - longjmp
