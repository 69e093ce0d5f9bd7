// SPDX-License-Identifier: MIT
#include "trap.h"

#include <stdio.h>

#include "board.h"
#include "clock_interrupt.h"
#include "crash.h"
#include "interrupt.h"
#include "interrupted.h"

// scause (privileged specification, table "Supervisor cause register (scause) values after trap").
enum {
    CAUSE_IS_INTERRUPT = 1u << 31,
    CAUSE_TIMER = CAUSE_IS_INTERRUPT | 5,
    CAUSE_EXTERNAL = CAUSE_IS_INTERRUPT | 9,
};

enum { RETURN_ADDRESS = 0 };  // in trap_frame.x: x1

/// While a handler of interrupts runs.
static const struct trap_frame *interrupted_frame;

static const char *cause_name(uint32_t cause)
{
    static const char *const names[] = {
        [0] = "instruction address misaligned",
        [1] = "instruction access fault",
        [2] = "illegal instruction",
        [3] = "breakpoint",
        [4] = "load address misaligned",
        [5] = "load access fault",
        [6] = "store address misaligned",
        [7] = "store access fault",
        [8] = "environment call from U-mode",
        [9] = "environment call from S-mode",
        [12] = "instruction page fault",
        [13] = "load page fault",
        [15] = "store page fault",
    };
    const char *name = cause < sizeof names / sizeof names[0] ? names[cause] : NULL;
    return name != NULL ? name : "unexpected cause";
}

static _Noreturn void report(const struct trap_frame *frame, uint32_t cause, uint32_t value)
{
    static const char names[31][4] = {
        "ra", "sp", "gp", "tp", "t0", "t1", "t2", "s0", "s1", "a0",  "a1",  "a2", "a3", "a4", "a5", "a6",
        "a7", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6",
    };
    extern char __stack_guard_start[], __stack_guard_end[];

    char what[64];
    snprintf(what, sizeof what, "trap: %s", cause_name(cause));
    const hotreload_port_crash_t crash = {
        .kind = HOTRELOAD_PORT_CRASH_TRAP,
        .cause = cause,
        .pc = frame->pc,
        .return_address = frame->x[RETURN_ADDRESS],
    };
    crash_report(what, &crash);
    printf("scause %08x  sepc %08x  stval %08x\n", (unsigned)cause, (unsigned)frame->pc,
           (unsigned)value);
    for (unsigned i = 0; i < 31; i++)
        printf("%-3s %08x%s", names[i], (unsigned)frame->x[i], i % 4 == 3 || i == 30 ? "\n" : "  ");
    if (value >= (uint32_t)__stack_guard_start && value < (uint32_t)__stack_guard_end)
        printf("the stack has overflown\n");
    crash_end(BOARD_STATUS_TRAP);
}

void trap_handle(const struct trap_frame *frame, uint32_t cause, uint32_t value)
{
    interrupted_frame = frame;
    switch (cause) {
    case CAUSE_TIMER:
        clock_interrupt();
        break;
    case CAUSE_EXTERNAL:
        interrupt_dispatch();
        break;
    default:
        report(frame, cause, value);
    }
}

struct interrupted interrupted_program(void)
{
    return (struct interrupted){
        .pc = interrupted_frame->pc, .return_address = interrupted_frame->x[RETURN_ADDRESS]};
}
