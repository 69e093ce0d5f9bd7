// The end that nobody wanted: hotreload and people are told where it was.
// SPDX-License-Identifier: MIT
#pragma once

#include "hotreload_port.h"

/// Tells hotreload, and prints a line: what happened, and in which function of which module, if it was one.
void crash_report(const char *what, const hotreload_port_crash_t *crash);

/// After crash_report(): starts the chip again if hotreload wants that, else ends QEMU with `status`.
_Noreturn void crash_end(int status);
