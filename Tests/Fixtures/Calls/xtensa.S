// A call as dispatchers of interrupts make it. GCC makes none.
//
// SPDX-License-Identifier: MIT
    .section .text.call4, "ax", @progbits
    .align 4
    .global call4
    .type call4, @function
call4:
    entry a1, 32
    mov a6, a3
    mov a7, a4
    mov a8, a5
    callx4 a2
    mov a2, a6
    retw
    .size call4, . - call4
