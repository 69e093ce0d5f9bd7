// Interrupts at times: several share the one timer of clock.h.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Who waits for a time.
enum alarm {
    ALARM_WAIT,   ///< Ends interrupt_wait().
    ALARM_WATCH,  ///< Asks whether a module hangs.
    ALARM_COUNT,
};

/// Interrupts once, at `time` (microseconds since boot) or soon after, and calls `handler`, unless it is NULL, with
/// interrupts masked. Replaces the same alarm; CLOCK_NEVER: takes it back.
void alarm_set(enum alarm alarm, uint64_t time, void (*handler)(void));

/// Called by the clock's interrupt.
void alarm_interrupt(void);
