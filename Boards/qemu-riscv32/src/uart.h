// The console: NS16550A, polled (QEMU takes a byte at a time, at once).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>

void uart_put(char byte);
/// False if none has arrived.
bool uart_get(char *byte);
