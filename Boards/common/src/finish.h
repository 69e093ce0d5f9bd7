// The end of the program, and its beginning.
// SPDX-License-Identifier: MIT
#pragma once

/// Ends QEMU with exit status `status` (0 to 255).
_Noreturn void finish(int status);

/// Starts the chip again. The memory keeps what is in no segment of the firmware; all else is as QEMU starts it.
_Noreturn void finish_and_restart(void);
