// What the trap handler does when the alarm of clock.h comes.
// SPDX-License-Identifier: MIT
#pragma once

/// Called on the timer's interrupt, which goes away.
void clock_interrupt(void);
