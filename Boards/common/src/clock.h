// Time since boot, and an alarm that ends interrupt_wait().
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Called once, before interrupts are on: no alarm is set.
void clock_start(void);

/// Microseconds since boot.
uint64_t clock_now(void);
/// Interrupts once, at `time` (microseconds since boot) or soon after. Replaces the last alarm.
void clock_set_alarm(uint64_t time);
