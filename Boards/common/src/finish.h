// The end of the program: QEMU exits.
// SPDX-License-Identifier: MIT
#pragma once

/// Ends QEMU with exit status `status` (0 to 255).
_Noreturn void finish(int status);
