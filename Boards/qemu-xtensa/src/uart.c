// SPDX-License-Identifier: MIT
#include "uart.h"

#include <stddef.h>

#include "alarm.h"
#include "clock.h"
#include "interrupt.h"
#include "machine.h"

// Registers and bits of the 16550 (TL16C550C data sheet, section 8).
enum {
    UART_DATA = 0,
    UART_DIVISOR_LOW = 0,     // while LINE_CONTROL_DIVISOR
    UART_INTERRUPT_ENABLE = 1,
    UART_DIVISOR_HIGH = 1,    // while LINE_CONTROL_DIVISOR
    UART_FIFO_CONTROL = 2,
    UART_LINE_CONTROL = 3,
    UART_LINE_STATUS = 5,

    INTERRUPT_RECEIVED = 1 << 0,
    INTERRUPT_TRANSMITTED = 1 << 1,
    FIFO_ENABLE = 1 << 0,
    FIFO_TRIGGER_14 = 3 << 6,  // as many bytes QEMU fetches at a time
    LINE_CONTROL_8_BITS = 3 << 0,
    LINE_CONTROL_DIVISOR = 1 << 7,
    LINE_STATUS_RECEIVED = 1 << 0,
    LINE_STATUS_TRANSMITTED = 1 << 5,  // the whole FIFO
};

static volatile uint32_t *reg(unsigned index)
{
    return machine_register(MACHINE_UART + MACHINE_UART_STRIDE * index);
}

/// An interrupt ends a wait, no more: the line stays raised until its cause is gone or not asked for.
static void on_interrupt(void)
{
    *reg(UART_INTERRUPT_ENABLE) = 0;
}

void uart_start(void)
{
    // QEMU moves bytes as fast as they are taken. But fewer than the trigger level interrupt only after the time of
    // four characters: the highest speed there is, 115,200 Bd, makes this 0.35 ms.
    *reg(UART_LINE_CONTROL) = LINE_CONTROL_DIVISOR;
    *reg(UART_DIVISOR_LOW) = 1;
    *reg(UART_DIVISOR_HIGH) = 0;
    *reg(UART_LINE_CONTROL) = LINE_CONTROL_8_BITS;
    *reg(UART_FIFO_CONTROL) = FIFO_ENABLE | FIFO_TRIGGER_14;
    *reg(UART_INTERRUPT_ENABLE) = 0;
    interrupt_attach(MACHINE_UART_INTERRUPT, on_interrupt);
}

void uart_rest(void)
{
    *reg(UART_INTERRUPT_ENABLE) = 0;
}

bool uart_has_received(void)
{
    *reg(UART_INTERRUPT_ENABLE) = INTERRUPT_RECEIVED;
    return (*reg(UART_LINE_STATUS) & LINE_STATUS_RECEIVED) != 0;
}

size_t uart_receive(uint8_t *bytes, size_t size)
{
    size_t count = 0;
    while (count < size && (*reg(UART_LINE_STATUS) & LINE_STATUS_RECEIVED) != 0)
        bytes[count++] = (uint8_t)*reg(UART_DATA);
    return count;
}

/// Waits, asleep, for one of these bits of the line status, which this interrupt announces.
static bool await(uint32_t status, uint32_t interrupt, uint64_t deadline)
{
    while ((*reg(UART_LINE_STATUS) & status) == 0) {
        if (clock_now() >= deadline)
            return false;
        const uint32_t masked = interrupt_mask();
        alarm_set(ALARM_WAIT, deadline, NULL);
        *reg(UART_INTERRUPT_ENABLE) = interrupt;
        if ((*reg(UART_LINE_STATUS) & status) == 0)
            interrupt_wait();
        interrupt_unmask(masked);
    }
    return true;
}

bool uart_await_received(uint64_t deadline)
{
    return await(LINE_STATUS_RECEIVED, INTERRUPT_RECEIVED, deadline);
}

bool uart_send(const uint8_t *bytes, size_t size, uint64_t deadline)
{
    if (!await(LINE_STATUS_TRANSMITTED, INTERRUPT_TRANSMITTED, deadline))
        return false;
    for (size_t index = 0; index < size; index++)
        *reg(UART_DATA) = bytes[index];
    return true;
}
