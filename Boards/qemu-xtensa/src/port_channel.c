// hotreload_port.h: the byte stream that HTTP runs over, served while the application waits.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "clock.h"
#include "idle.h"
#include "line.h"
#include "uart.h"
#include "warning.h"

/// Bytes taken at a time, the most: what else the application waits for does not wait for a long upload.
enum { PIECE_SIZE = 512 };

/// What comes so soon after other bytes goes with them. The FIFO brings 14 at a time; written to flash singly, they
/// would cost a write of its buffer each.
enum { PAUSE_US = 300 };

/// A peer that reads nothing for so long is given up.
enum { SEND_TIMEOUT_US = 3000000 };

static struct line line;
static bool is_listening;

/// Not while a hook of a module waits: what comes stays where it is.
static bool has_work(void)
{
    return !hotreload_channel_is_busy() && uart_has_received();
}

/// Says what the computer has to hear before anything else. False: it takes no bytes before `deadline`; the next
/// call tries again.
static bool answer(uint64_t deadline)
{
    uint8_t bytes[LINE_ANSWER_SIZE];
    const size_t size = line_answer(&line, bytes);
    if (size > 0 && !uart_send(bytes, size, deadline))
        return false;
    line_answered(&line);
    return true;
}

static void receive(struct line_input input)
{
    static uint8_t bytes[PIECE_SIZE];
    enum line_event event;
    do {
        size_t size;
        event = line_decode(&line, &input, bytes, &size);
        if (size > 0)
            hotreload_channel_receive(bytes, size);
        if (event != LINE_INPUT_ENDED)
            hotreload_channel_connected(event == LINE_PEER_CAME);
    } while (event != LINE_INPUT_ENDED);
}

/// Bytes that have come without a pause.
static size_t take(uint8_t *piece, size_t size)
{
    size_t count = uart_receive(piece, size);
    while (count > 0 && count < size && uart_await_received(clock_now() + PAUSE_US))
        count += uart_receive(piece + count, size - count);
    return count;
}

static void serve(void)
{
    static uint8_t piece[PIECE_SIZE];
    if (hotreload_channel_is_busy())
        return;
    receive((struct line_input){.bytes = piece, .size = take(piece, sizeof piece)});
    hotreload_channel_tick();
    answer(0);
}

static const struct idle_service service = {.has_work = has_work, .work = serve};

int hotreload_port_listen(uint16_t port)
{
    static bool is_started;
    (void)port;  // `hotreload run` chooses one on the computer, and says which
    if (!is_started) {
        uart_start();
        line = LINE_AFTER_START;
        is_started = true;
    }
    idle_set_service(&service);
    is_listening = true;
    warn_of_server();
    return HOTRELOAD_PORT_OK;
}

int hotreload_port_address(char *address, size_t size)
{
    (void)address;
    (void)size;
    return HOTRELOAD_PORT_NOT_SUPPORTED;  // the address is the computer's
}

void hotreload_port_stop_listening(void)
{
    if (!is_listening)
        return;
    is_listening = false;
    idle_set_service(NULL);
    uart_rest();
    line_hang_up(&line);
    answer(0);
}

void hotreload_port_send(const void *bytes, size_t size)
{
    const uint64_t deadline = clock_now() + SEND_TIMEOUT_US;
    const uint8_t *rest = bytes;
    while (size > 0 && line.is_taken) {
        uint8_t encoded[UART_FIFO_SIZE];
        const size_t count = line_encode(&rest, &size, encoded, sizeof encoded);
        if (!answer(deadline) || !uart_send(encoded, count, deadline))
            line_hang_up(&line);
    }
}

void hotreload_port_close(void)
{
    line_hang_up(&line);
}
