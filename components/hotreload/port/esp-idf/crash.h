// The end of a firmware whose module hangs.
// SPDX-License-Identifier: MIT
#pragma once

/// Crashes, as a hang.
_Noreturn void crash_of_hang(void);
