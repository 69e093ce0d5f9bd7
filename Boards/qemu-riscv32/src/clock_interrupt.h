// What the trap handler does when the time of clock_interrupt_at() has come.
// SPDX-License-Identifier: MIT
#pragma once

/// Called on the timer's interrupt, which goes away.
void clock_interrupt(void);
