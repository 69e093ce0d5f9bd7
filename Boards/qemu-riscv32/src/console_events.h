// What happened at the other end of the console, in order: who was there, and what they sent.
//
// The interrupt handler adds, the application takes; between them interrupts are masked.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Receive buffers of the driver: an event holds one until it is released.
enum { CONSOLE_BUFFER_COUNT = 8 };

struct console_event {
    enum { CONSOLE_CONNECTED, CONSOLE_DISCONNECTED, CONSOLE_BYTES } kind;
    const uint8_t *bytes;  ///< CONSOLE_BYTES only; valid until virtio_console_release().
    uint32_t size;
    uint16_t buffer;       ///< The driver's own.
};

/// What the device has delivered since the last time: the connection's changes, and buffers of bytes.
struct console_delivery {
    bool has_disconnected;
    bool is_connected;  ///< At the end.
    unsigned count;
    struct console_event bytes[CONSOLE_BUFFER_COUNT];
};

/// Whether bytes can be the first of a connection. It decides where one connection ends and the next begins
/// when both happened unseen.
typedef bool (*console_beginning_t)(const uint8_t *bytes, size_t size);
void console_set_beginning(console_beginning_t begins);

/// An empty delivery: the connection is as it was.
void console_delivery_begin(struct console_delivery *delivery);
/// Turns the delivery into events.
void console_delivery_end(const struct console_delivery *delivery);

bool console_has_event(void);
/// Takes the next event. False: there is none.
bool console_take_event(struct console_event *event);
/// Whether the peer of the events taken so far has gone. Another may have come since.
bool console_peer_is_gone(void);
