// Interrupts: their sources, and the switch for all of them.
//
// The switch is the core's (processor.h): interrupt_mask(), interrupt_unmask(), interrupt_wait().
// SPDX-License-Identifier: MIT
#pragma once

#include "processor.h"

typedef void (*interrupt_handler_t)(void);

/// Calls `handler` on every interrupt of the source of this number (machine.h).
void interrupt_attach(unsigned source, interrupt_handler_t handler);

/// Called by the trap handler: calls the handlers of the sources that interrupt.
void interrupt_dispatch(void);

/// Lets the timer and the sources interrupt from now on.
void interrupt_start(void);
