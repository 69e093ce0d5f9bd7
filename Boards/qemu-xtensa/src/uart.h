// The machine's 16550: a line to the computer. QEMU holds back what has no room in the FIFO, in both
// directions: nothing is lost.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes that the transmitter takes at once.
enum { UART_FIFO_SIZE = 16 };

/// Sets the UART up.
void uart_start(void);
/// From now on nothing interrupts; what comes stays where it is.
void uart_rest(void);

/// Whether something has come. If nothing has, there is one interrupt when something comes.
bool uart_has_received(void);
/// Takes what has come, at most `size` bytes; returns how many.
size_t uart_receive(uint8_t *bytes, size_t size);
/// Waits, asleep, until something has come, up to `deadline` (microseconds since boot). False: nothing has.
bool uart_await_received(uint64_t deadline);

/// Sends at most UART_FIFO_SIZE bytes, all or none. Waits, asleep, until the computer has taken what was sent before,
/// up to `deadline` (microseconds since boot). False: it has not.
bool uart_send(const uint8_t *bytes, size_t size, uint64_t deadline);
