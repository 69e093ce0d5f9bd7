// Traps: exceptions end the program, interrupts are handed on.
// SPDX-License-Identifier: MIT
#pragma once

#define TRAP_FRAME_PC 0
#define TRAP_FRAME_STATUS 4
#define TRAP_FRAME_A 8
#define TRAP_FRAME_SHIFT 72
#define TRAP_FRAME_LOOP_BEGIN 76
#define TRAP_FRAME_LOOP_END 80
#define TRAP_FRAME_LOOP_COUNT 84
#define TRAP_FRAME_COMPARE 88
#define TRAP_FRAME_CAUSE 92
#define TRAP_FRAME_ADDRESS 96
#define TRAP_FRAME_SIZE 100

/// Values of EXCCAUSE (Xtensa ISA, "Exception Causes") that do not end the program.
#define TRAP_CAUSE_SYSCALL 1
#define TRAP_CAUSE_INTERRUPT 4
#define TRAP_CAUSE_ALLOCA 5

#ifndef __ASSEMBLER__
#include <stdint.h>

/// The interrupted program, as trap_entry (trap_entry.S) stores it.
struct trap_frame {
    uint32_t pc;                           ///< EPC1
    uint32_t status;                       ///< PS, with EXCM set
    uint32_t a[16];                        ///< a0 to a15
    uint32_t shift;                        ///< SAR
    uint32_t loop_begin, loop_end, loop_count;  ///< LBEG, LEND, LCOUNT
    uint32_t compare;                      ///< SCOMPARE1
    uint32_t cause;                        ///< EXCCAUSE
    uint32_t address;                      ///< EXCVADDR
};

/// Called by trap_entry, on a stack of its own, for what ends and what does not.
void trap_handle(struct trap_frame *frame);
_Noreturn void trap_report(const struct trap_frame *frame);
#endif
