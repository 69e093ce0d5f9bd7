// A byte stream to the computer that knows when somebody is at the other end: port 1 of a virtio console
// (virtio 1.1: 5.3 "Console Device", with VIRTIO_CONSOLE_F_MULTIPORT).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What happened at the other end, in order.
struct virtio_console_event {
    enum { CONSOLE_CONNECTED, CONSOLE_DISCONNECTED, CONSOLE_BYTES } kind;
    const uint8_t *bytes;  ///< CONSOLE_BYTES only; valid until virtio_console_release().
    uint32_t size;
    uint16_t buffer;       ///< The driver's own.
};

/// Opens the port. `begins` says whether bytes can be the first of a connection: it decides where
/// one connection ends and the next begins when both happened unseen. False: QEMU was started
/// without the port.
bool virtio_console_open(bool (*begins)(const uint8_t *bytes, size_t size));
/// Closes it: the computer's bytes stay there. May be opened again.
void virtio_console_close(void);

bool virtio_console_has_event(void);
/// Takes the next event; each must be released. False: there is none.
bool virtio_console_take(struct virtio_console_event *event);
void virtio_console_release(const struct virtio_console_event *event);

/// Sends to the peer of the events taken so far, and waits, asleep, until the computer has everything. False:
/// it went away or has read nothing for a while; the rest is sent to nobody, nor to the next peer.
bool virtio_console_send(const void *bytes, size_t size);
