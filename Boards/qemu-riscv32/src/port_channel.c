// hotreload_port.h: the byte stream that HTTP runs over, served while the application waits.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"
#include "idle.h"
#include "virtio_console.h"

/// Between hotreload_port_close() and the peer's own: QEMU keeps the connection, so its bytes are dropped here.
static bool is_closed;

static void serve(void)
{
    struct virtio_console_event event;
    while (virtio_console_take(&event)) {
        switch (event.kind) {
        case CONSOLE_CONNECTED:
            is_closed = false;
            hotreload_channel_connected(true);
            break;
        case CONSOLE_DISCONNECTED:
            is_closed = false;
            hotreload_channel_connected(false);
            break;
        case CONSOLE_BYTES:
            if (!is_closed)
                hotreload_channel_receive(event.bytes, event.size);
            break;
        }
        virtio_console_release(&event);
    }
    hotreload_channel_tick();
}

static const struct idle_service service = {.has_work = virtio_console_has_event, .work = serve};

int hotreload_port_listen(uint16_t port)
{
    if (!virtio_console_open()) {
        hotreload_port_log(HOTRELOAD_PORT_ERROR, "no %s: see arguments in board.toml",
                           "virtserialport", 0, 0);
        return HOTRELOAD_PORT_NOT_FOUND;
    }
    idle_set_service(&service);
    (void)port;  // QEMU has chosen the one on the computer
    hotreload_port_log(HOTRELOAD_PORT_INFO, "listening on %s", "hotreload.http", 0, 0);
    return HOTRELOAD_PORT_OK;
}

void hotreload_port_stop_listening(void)
{
    idle_set_service(NULL);
    virtio_console_close();
}

void hotreload_port_send(const void *bytes, size_t size)
{
    if (!is_closed)
        virtio_console_send(bytes, size);
}

void hotreload_port_close(void)
{
    is_closed = true;
}
