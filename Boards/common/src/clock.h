// Time since boot, and the timer that alarm.h is made of.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// A time that never comes.
#define CLOCK_NEVER UINT64_MAX

/// Called once, before interrupts are on.
void clock_start(void);

/// Microseconds since boot.
uint64_t clock_now(void);
/// Interrupts once, at `time` (microseconds since boot) or soon after, and calls alarm_interrupt(). Replaces what
/// was set before; CLOCK_NEVER: nothing. Called with interrupts masked.
void clock_interrupt_at(uint64_t time);
