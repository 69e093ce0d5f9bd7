// Time since boot, and an alarm that ends interrupt_wait().
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Microseconds since boot.
uint64_t clock_now(void);
/// Interrupts once, at `time` (microseconds since boot) or soon after.
void clock_set_alarm(uint64_t time);
/// Called by the trap handler.
void clock_clear_alarm(void);
