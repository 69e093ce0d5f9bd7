// The console: NS16550A, polled (QEMU takes a byte at a time, at once).
// SPDX-License-Identifier: MIT
#include "terminal.h"

#include "machine.h"

// Registers and bits of the 16550 (TL16C550C data sheet); divisor and format mean nothing to QEMU.
enum {
    UART_DATA = 0,
    UART_LINE_STATUS = 5,
    LINE_STATUS_DATA_READY = 1 << 0,
    LINE_STATUS_TRANSMITTER_EMPTY = 1 << 5,
};

static volatile uint8_t *reg(unsigned index)
{
    return machine_register8(MACHINE_UART + index);
}

void terminal_put(char byte)
{
    while (!(*reg(UART_LINE_STATUS) & LINE_STATUS_TRANSMITTER_EMPTY)) {}
    *reg(UART_DATA) = (uint8_t)byte;
}

bool terminal_get(char *byte)
{
    if (!(*reg(UART_LINE_STATUS) & LINE_STATUS_DATA_READY))
        return false;
    *byte = (char)*reg(UART_DATA);
    return true;
}

void terminal_flush(void)
{
}
