// Why the chip started.
// SPDX-License-Identifier: MIT
#pragma once

/// Called once, before anybody asks for the reason; says on the console that it was a restart.
void reset_start(void);

/// HOTRELOAD_PORT_RESET_…: QEMU's start is power-on, a reset by QEMU's monitor that of a pin.
int reset_reason(void);

/// Starts the chip again, for this reason.
_Noreturn void reset(int reason);
