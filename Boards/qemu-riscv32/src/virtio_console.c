// SPDX-License-Identifier: MIT
#include "virtio_console.h"

#include "virtio.h"

enum { FEATURE_MULTIPORT = 1 << 1 };

// Port 0 would be a virtconsole, which drops output when the computer reads slowly; a
// virtserialport waits. Queues (5.3.2): 0, 1 port 0; 2, 3 control; 4, 5 port 1.
enum { PORT = 1 };
enum {
    QUEUE_CONTROL_RECEIVE = 2,
    QUEUE_CONTROL_SEND = 3,
    QUEUE_RECEIVE = 4,
    QUEUE_SEND = 5,
};

// Control messages (5.3.6.2).
enum {
    CONTROL_DEVICE_READY = 0,
    CONTROL_PORT_ADD = 1,
    CONTROL_PORT_READY = 3,
    CONTROL_PORT_OPEN = 6,
};
struct control {
    uint32_t port;
    uint16_t event;
    uint16_t value;
};
/// The largest that arrives: PORT_NAME, a control with the name behind it.
enum { CONTROL_BUFFER_SIZE = sizeof(struct control) + 64 };

enum { RECEIVE_BUFFER_COUNT = 8, RECEIVE_BUFFER_SIZE = 4096 };

static struct virtio_device device;
static struct virtqueue control_receive, control_send, receive, transmit;
static uint8_t control_buffers[VIRTQUEUE_SIZE][CONTROL_BUFFER_SIZE] __attribute__((aligned(4)));
static uint8_t receive_buffers[RECEIVE_BUFFER_COUNT][RECEIVE_BUFFER_SIZE];
static volatile bool port_exists;

// Events, written by the interrupt handler and taken by the application, interrupts masked. A
// connection that came and went without a byte leaves no trace, so between two bytes events there
// are two others at most.
enum { EVENT_COUNT = 32 };
_Static_assert(EVENT_COUNT >= 3 * RECEIVE_BUFFER_COUNT + 2, "every event finds room");
static struct virtio_console_event events[EVENT_COUNT];
static unsigned first_event, event_count;

static void push(struct virtio_console_event event)
{
    events[(first_event + event_count) % EVENT_COUNT] = event;
    event_count++;
}

static void push_connected(bool connected)
{
    const struct virtio_console_event *last = &events[(first_event + event_count - 1) % EVENT_COUNT];
    if (!connected && event_count > 0 && last->kind == CONSOLE_CONNECTED)
        event_count--;
    else
        push((struct virtio_console_event){
            .kind = connected ? CONSOLE_CONNECTED : CONSOLE_DISCONNECTED});
}

static void send_control(uint16_t event, uint16_t value)
{
    static struct control message;
    uint16_t descriptor = 0;
    uint32_t size;
    message = (struct control){.port = PORT, .event = event, .value = value};
    virtqueue_give(&control_send, descriptor, &message, sizeof message, false);
    virtqueue_notify(&control_send);
    while (!virtqueue_take(&control_send, &descriptor, &size)) {}  // QEMU takes it at once
}

static void collect_bytes(void)
{
    uint16_t buffer;
    uint32_t size;
    while (virtqueue_take(&receive, &buffer, &size))
        push((struct virtio_console_event){
            .kind = CONSOLE_BYTES, .bytes = receive_buffers[buffer], .size = size, .buffer = buffer});
}

/// Bytes and connections come in two queues, whose order shows only in when they are seen. A disconnect
/// with nothing behind it came after the bytes that are there. With the next connection behind it, they
/// are taken for that one's: a client has had its reply before it goes, and the next one begins at once.
static void handle_control(const struct control *message, bool is_last)
{
    if (message->port != PORT)
        return;
    if (message->event == CONTROL_PORT_ADD) {
        port_exists = true;
        send_control(CONTROL_PORT_READY, 1);
    } else if (message->event == CONTROL_PORT_OPEN) {
        if (message->value == 0 && is_last)
            collect_bytes();
        push_connected(message->value != 0);
    }
}

static void on_interrupt(void)
{
    uint16_t buffer;
    uint32_t size;
    virtio_acknowledge(&device);
    while (virtqueue_take(&control_receive, &buffer, &size)) {
        const struct control *message = (const struct control *)control_buffers[buffer];
        if (size >= sizeof *message)
            handle_control(message, !virtqueue_is_used(&control_receive));
        virtqueue_give(&control_receive, buffer, message, CONTROL_BUFFER_SIZE, true);
        virtqueue_notify(&control_receive);
    }
    collect_bytes();
}

static bool start(void)
{
    bool accepted;
    if (!virtio_find(VIRTIO_ID_CONSOLE, &device)
        || virtio_negotiate(&device, FEATURE_MULTIPORT, &accepted) == 0 || !accepted)
        return false;
    virtio_add_queue(&device, &control_receive, QUEUE_CONTROL_RECEIVE);
    virtio_add_queue(&device, &control_send, QUEUE_CONTROL_SEND);
    virtio_add_queue(&device, &receive, QUEUE_RECEIVE);
    virtio_add_queue(&device, &transmit, QUEUE_SEND);
    virtio_start(&device, on_interrupt);

    for (uint16_t buffer = 0; buffer < VIRTQUEUE_SIZE; buffer++)
        virtqueue_give(&control_receive, buffer, control_buffers[buffer], CONTROL_BUFFER_SIZE, true);
    virtqueue_notify(&control_receive);
    for (uint16_t buffer = 0; buffer < RECEIVE_BUFFER_COUNT; buffer++)
        virtqueue_give(&receive, buffer, receive_buffers[buffer], RECEIVE_BUFFER_SIZE, true);
    send_control(CONTROL_DEVICE_READY, 1);  // QEMU answers with its ports before this returns
    return port_exists;
}

bool virtio_console_open(void)
{
    static enum { UNKNOWN, PRESENT, ABSENT } state;
    if (state == UNKNOWN)
        state = start() ? PRESENT : ABSENT;
    if (state == ABSENT)
        return false;
    const uint32_t masked = interrupt_mask();
    send_control(CONTROL_PORT_OPEN, 1);
    virtqueue_notify(&receive);  // QEMU looks at the socket again
    interrupt_unmask(masked);
    return true;
}

void virtio_console_close(void)
{
    const uint32_t masked = interrupt_mask();
    send_control(CONTROL_PORT_OPEN, 0);
    interrupt_unmask(masked);
}

/// Whether the peer that the application knows has gone. Another may have come since.
static bool peer_is_gone(void)
{
    bool gone = false;
    const uint32_t masked = interrupt_mask();
    for (unsigned index = 0; index < event_count; index++)
        gone = gone || events[(first_event + index) % EVENT_COUNT].kind == CONSOLE_DISCONNECTED;
    interrupt_unmask(masked);
    return gone;
}

bool virtio_console_has_event(void)
{
    return event_count > 0;
}

bool virtio_console_take(struct virtio_console_event *event)
{
    const uint32_t masked = interrupt_mask();
    const bool found = event_count > 0;
    if (found) {
        *event = events[first_event];
        first_event = (first_event + 1) % EVENT_COUNT;
        event_count--;
    }
    interrupt_unmask(masked);
    return found;
}

void virtio_console_release(const struct virtio_console_event *event)
{
    if (event->kind != CONSOLE_BYTES)
        return;
    virtqueue_give(&receive, event->buffer, receive_buffers[event->buffer], RECEIVE_BUFFER_SIZE, true);
    virtqueue_notify(&receive);
}

void virtio_console_send(const void *bytes, size_t size)
{
    uint16_t descriptor = 0;
    uint32_t written;
    if (size == 0 || peer_is_gone())
        return;
    virtqueue_give(&transmit, descriptor, bytes, size, false);
    virtqueue_notify(&transmit);
    virtqueue_await(&transmit, &descriptor, &written);
}
