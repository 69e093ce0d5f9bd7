// A byte stream to the computer that knows when somebody is at the other end: port 1 of a virtio console
// (virtio 1.1: 5.3 "Console Device", with VIRTIO_CONSOLE_F_MULTIPORT).
// SPDX-License-Identifier: MIT
#pragma once

#include "console_events.h"

/// Opens the port; from now on there are events. False: QEMU was started without it.
bool virtio_console_open(console_beginning_t begins);
/// Closes it: the computer's bytes stay there. May be opened again.
void virtio_console_close(void);

/// Every event taken is released in the end.
void virtio_console_release(const struct console_event *event);

/// Sends to the peer of the events taken so far, and waits, asleep, until the computer has everything. False:
/// it went away or has read nothing for a while; the rest is sent to nobody, nor to the next peer.
bool virtio_console_send(const void *bytes, size_t size);
