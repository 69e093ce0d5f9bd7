// What people read and type: stdin and stdout.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>

void terminal_put(char byte);
/// False if none has arrived.
bool terminal_get(char *byte);
/// Shows what has been put, where the board keeps it until a line is complete.
void terminal_flush(void);
