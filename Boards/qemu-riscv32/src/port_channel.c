// hotreload_port.h: the byte stream that HTTP runs over, served while the application waits.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "idle.h"
#include "virtio_console.h"
#include "warning.h"

static bool is_listening;

/// Between our end of the connection and the peer's: QEMU keeps it, so what still comes is dropped here.
static bool is_closed;

/// Not while a hook of a module waits: what comes stays where it is.
static bool has_work(void)
{
    return !hotreload_channel_is_busy() && console_has_event();
}

static void serve(void)
{
    if (hotreload_channel_is_busy())
        return;
    struct console_event event;
    while (console_take_event(&event)) {
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

/// Whether this looks like an HTTP request: a method, a space, a slash.
static bool begins_request(const uint8_t *bytes, size_t size)
{
    size_t method = 0;
    while (method < size && bytes[method] >= 'A' && bytes[method] <= 'Z')
        method++;
    return method >= 3 && method + 1 < size && bytes[method] == ' ' && bytes[method + 1] == '/';
}

static const struct idle_service service = {.has_work = has_work, .work = serve};

int hotreload_port_listen(uint16_t port)
{
    if (!virtio_console_open(begins_request)) {
        static const char line[] = "QEMU runs without the virtserialport of board.toml";
        hotreload_port_log(HOTRELOAD_PORT_ERROR, line, sizeof line - 1);
        return HOTRELOAD_PORT_NOT_FOUND;
    }
    (void)port;  // `hotreload run` chooses one on the computer, and says which
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
    virtio_console_close();
}

void hotreload_port_send(const void *bytes, size_t size)
{
    if (!is_closed && !virtio_console_send(bytes, size))
        is_closed = true;
}

void hotreload_port_close(void)
{
    is_closed = true;
}
