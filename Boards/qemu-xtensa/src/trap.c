// SPDX-License-Identifier: MIT
#include "trap.h"

#include <stddef.h>
#include <stdio.h>

#include "board.h"
#include "crash.h"
#include "interrupt.h"
#include "interrupted.h"

#define AT(field, offset) _Static_assert(offsetof(struct trap_frame, field) == offset, #field)
AT(pc, TRAP_FRAME_PC);
AT(status, TRAP_FRAME_STATUS);
AT(a, TRAP_FRAME_A);
AT(shift, TRAP_FRAME_SHIFT);
AT(loop_begin, TRAP_FRAME_LOOP_BEGIN);
AT(loop_end, TRAP_FRAME_LOOP_END);
AT(loop_count, TRAP_FRAME_LOOP_COUNT);
AT(compare, TRAP_FRAME_COMPARE);
AT(cause, TRAP_FRAME_CAUSE);
AT(address, TRAP_FRAME_ADDRESS);
_Static_assert(sizeof(struct trap_frame) == TRAP_FRAME_SIZE, "size");

/// While a handler of interrupts runs.
static const struct trap_frame *interrupted_frame;

/// A return address has the size of the window in its upper two bits; those of the address are the same as in
/// that of the function (Xtensa ISA, "CALL8").
static uint32_t return_address(const struct trap_frame *frame)
{
    const uint32_t window = UINT32_C(3) << 30;
    return (frame->a[0] & ~window) | (frame->pc & window);
}

/// As ESP-IDF prints them.
static const char *cause_name(uint32_t cause)
{
    static const char *const names[] = {
        [0] = "IllegalInstruction",
        [1] = "Syscall",
        [2] = "InstructionFetchError",
        [3] = "LoadStoreError",
        [6] = "IntegerDivideByZero",
        [8] = "Privileged",
        [9] = "LoadStoreAlignment",
        [12] = "InstrPIFDataError",
        [13] = "LoadStorePIFDataError",
        [14] = "InstrPIFAddrError",
        [15] = "LoadStorePIFAddrError",
        [16] = "InstTLBMiss",
        [17] = "InstTLBMultiHit",
        [18] = "InstFetchPrivilege",
        [20] = "InstrFetchProhibited",
        [24] = "LoadStoreTLBMiss",
        [25] = "LoadStoreTLBMultihit",
        [26] = "LoadStorePrivilege",
        [28] = "LoadProhibited",
        [29] = "StoreProhibited",
    };
    const char *name = cause < sizeof names / sizeof names[0] ? names[cause] : NULL;
    return name != NULL ? name : "unexpected cause";
}

_Noreturn void trap_report(const struct trap_frame *frame)
{
    extern char __stack_guard_start[], __stack_guard_end[];

    char what[64];
    snprintf(what, sizeof what, "trap: %s", cause_name(frame->cause));
    const hotreload_port_crash_t crash = {
        .kind = HOTRELOAD_PORT_CRASH_TRAP,
        .cause = frame->cause,
        .pc = frame->pc,
        .return_address = return_address(frame),
    };
    crash_report(what, &crash);
    printf("exccause %08x  epc1 %08x  excvaddr %08x\n", (unsigned)frame->cause, (unsigned)frame->pc,
           (unsigned)frame->address);
    for (unsigned i = 0; i < 16; i++)
        printf("a%-2u %08x%s", i, (unsigned)frame->a[i], i % 4 == 3 ? "\n" : "  ");
    printf("ps  %08x  sar %08x\n", (unsigned)frame->status, (unsigned)frame->shift);
    if (frame->address >= (uint32_t)__stack_guard_start && frame->address < (uint32_t)__stack_guard_end)
        printf("the stack has overflown\n");
    crash_end(BOARD_STATUS_TRAP);
}

void trap_handle(struct trap_frame *frame)
{
    enum { SYSCALL_SIZE = 3, SPILL_WINDOWS = 0 };

    if (frame->cause == TRAP_CAUSE_INTERRUPT) {
        interrupted_frame = frame;
        interrupt_dispatch();
    } else if (frame->cause == TRAP_CAUSE_SYSCALL && frame->a[2] == SPILL_WINDOWS) {
        frame->pc += SYSCALL_SIZE;  // trap_entry has done it already, as setjmp() wants it
    } else {
        trap_report(frame);
    }
}

struct interrupted interrupted_program(void)
{
    return (struct interrupted){
        .pc = interrupted_frame->pc, .return_address = return_address(interrupted_frame)};
}
