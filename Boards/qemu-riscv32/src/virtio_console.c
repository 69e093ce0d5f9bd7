// SPDX-License-Identifier: MIT
#include "virtio_console.h"

#include "clock.h"
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

enum { RECEIVE_BUFFER_COUNT = 8, RECEIVE_BUFFER_SIZE = 4096, SEND_TIMEOUT_US = 3000000 };

static struct virtio_device device;
static struct virtqueue control_receive, control_send, receive, transmit;
static uint8_t control_buffers[VIRTQUEUE_SIZE][CONTROL_BUFFER_SIZE] __attribute__((aligned(4)));
static uint8_t receive_buffers[RECEIVE_BUFFER_COUNT][RECEIVE_BUFFER_SIZE];
static bool is_taken[RECEIVE_BUFFER_COUNT];  ///< In an event, not with the device.
static bool port_exists, is_connected;
static bool (*begins_connection)(const uint8_t *bytes, size_t size);

// Events, written by the interrupt handler and taken by the application with interrupts masked.
// A connection that came and went without a byte leaves none, so three times as many as buffers do.
enum { EVENT_COUNT = 32 };
_Static_assert(EVENT_COUNT >= 3 * RECEIVE_BUFFER_COUNT + 2, "every event finds room");
static struct virtio_console_event events[EVENT_COUNT];
static unsigned first_event, event_count;

static void push(struct virtio_console_event event)
{
    events[(first_event + event_count) % EVENT_COUNT] = event;
    event_count++;
}

static void push_connected(void)
{
    push((struct virtio_console_event){.kind = CONSOLE_CONNECTED});
}

static void push_disconnected(void)
{
    const struct virtio_console_event *last = &events[(first_event + event_count - 1) % EVENT_COUNT];
    if (event_count > 0 && last->kind == CONSOLE_CONNECTED)
        event_count--;
    else
        push((struct virtio_console_event){.kind = CONSOLE_DISCONNECTED});
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

/// What the device has delivered since the last time: the connection's changes, and buffers of bytes.
struct delivery {
    bool has_disconnected;
    bool is_connected;  ///< At the end.
    unsigned count;
    struct virtio_console_event bytes[RECEIVE_BUFFER_COUNT];
};

static void take_control(struct delivery *delivery)
{
    uint16_t buffer;
    uint32_t size;
    while (virtqueue_take(&control_receive, &buffer, &size)) {
        const struct control *message = (const struct control *)control_buffers[buffer];
        const bool is_ours = size >= sizeof *message && message->port == PORT;
        if (is_ours && message->event == CONTROL_PORT_ADD) {
            port_exists = true;
            send_control(CONTROL_PORT_READY, 1);
        } else if (is_ours && message->event == CONTROL_PORT_OPEN) {
            delivery->is_connected = message->value != 0;
            delivery->has_disconnected |= message->value == 0;
        }
        virtqueue_give(&control_receive, buffer, message, CONTROL_BUFFER_SIZE, true);
        virtqueue_notify(&control_receive);
    }
}

static void take_bytes(struct delivery *delivery)
{
    uint16_t buffer;
    uint32_t size;
    while (virtqueue_take(&receive, &buffer, &size)) {
        is_taken[buffer] = true;
        delivery->bytes[delivery->count++] = (struct virtio_console_event){
            .kind = CONSOLE_BYTES, .bytes = receive_buffers[buffer], .size = size, .buffer = buffer};
    }
}

/// The first buffer of the connection that is open at the end. Bytes and changes come in two queues without
/// a common order, so after "disconnected, connected" it is found by how a connection begins: QEMU starts a
/// buffer with every read, hence with every connection. In all other cases there is only one answer.
static unsigned first_of_last_connection(const struct delivery *delivery)
{
    if (!delivery->is_connected)
        return delivery->count;
    if (!delivery->has_disconnected)
        return 0;
    unsigned first = delivery->count;
    for (unsigned index = 0; index < delivery->count; index++) {
        if (begins_connection(delivery->bytes[index].bytes, delivery->bytes[index].size))
            first = index;
    }
    return first;
}

/// Turns what was delivered into events. Between two connections of one delivery there may have been others:
/// nobody waits for their replies.
static void gather(void)
{
    struct delivery delivery = {.is_connected = is_connected};
    do {
        take_control(&delivery);
        take_bytes(&delivery);
        // No change came before the last of these bytes but those taken.
    } while (virtqueue_is_used(&control_receive));

    const unsigned first = first_of_last_connection(&delivery);
    const bool is_new = delivery.is_connected && (delivery.has_disconnected || !is_connected);
    if (!is_connected && first > 0)
        push_connected();
    for (unsigned index = 0; index < first; index++)
        push(delivery.bytes[index]);
    if (delivery.has_disconnected && (is_connected || first > 0))
        push_disconnected();
    if (is_new)
        push_connected();
    for (unsigned index = first; index < delivery.count; index++)
        push(delivery.bytes[index]);
    is_connected = delivery.is_connected;
}

static void on_interrupt(void)
{
    virtio_acknowledge(&device);
    gather();
}

/// Resets the device and sets it up: nothing is left of what it had been given. The receive buffers of
/// events that wait stay with them.
static bool restart(void)
{
    bool accepted;
    if (virtio_negotiate(&device, FEATURE_MULTIPORT, &accepted) == 0 || !accepted)
        return false;
    virtio_add_queue(&device, &control_receive, QUEUE_CONTROL_RECEIVE);
    virtio_add_queue(&device, &control_send, QUEUE_CONTROL_SEND);
    virtio_add_queue(&device, &receive, QUEUE_RECEIVE);
    virtio_add_queue(&device, &transmit, QUEUE_SEND);
    virtio_start(&device, on_interrupt);

    for (uint16_t buffer = 0; buffer < VIRTQUEUE_SIZE; buffer++)
        virtqueue_give(&control_receive, buffer, control_buffers[buffer], CONTROL_BUFFER_SIZE, true);
    virtqueue_notify(&control_receive);
    for (uint16_t buffer = 0; buffer < RECEIVE_BUFFER_COUNT; buffer++) {
        if (!is_taken[buffer])
            virtqueue_give(&receive, buffer, receive_buffers[buffer], RECEIVE_BUFFER_SIZE, true);
    }
    send_control(CONTROL_DEVICE_READY, 1);  // QEMU answers with its ports before this returns
    gather();
    return port_exists;
}

static void open_port(void)
{
    send_control(CONTROL_PORT_OPEN, 1);
    virtqueue_notify(&receive);  // QEMU looks at the socket again
}

bool virtio_console_open(bool (*begins)(const uint8_t *bytes, size_t size))
{
    static enum { UNKNOWN, PRESENT, ABSENT } state;
    const uint32_t masked = interrupt_mask();
    begins_connection = begins;
    if (state == UNKNOWN)
        state = virtio_find(VIRTIO_ID_CONSOLE, &device) && restart() ? PRESENT : ABSENT;
    if (state == PRESENT)
        open_port();
    interrupt_unmask(masked);
    return state == PRESENT;
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
    const uint32_t masked = interrupt_mask();
    is_taken[event->buffer] = false;
    virtqueue_give(&receive, event->buffer, receive_buffers[event->buffer], RECEIVE_BUFFER_SIZE, true);
    virtqueue_notify(&receive);
    interrupt_unmask(masked);
}

/// Waits, asleep, until QEMU has given the buffer back. False: it keeps it for a peer that is gone or does
/// not read.
static bool await_transmitted(void)
{
    const uint64_t deadline = clock_now() + SEND_TIMEOUT_US;
    uint16_t descriptor;
    uint32_t written;
    while (!virtqueue_take(&transmit, &descriptor, &written)) {
        if (peer_is_gone() || clock_now() >= deadline)
            return false;
        clock_set_alarm(deadline);
        const uint32_t masked = interrupt_mask();
        if (!virtqueue_is_used(&transmit) && !peer_is_gone())
            interrupt_wait();
        interrupt_unmask(masked);
    }
    return true;
}

bool virtio_console_send(const void *bytes, size_t size)
{
    if (peer_is_gone())
        return false;
    if (size == 0)
        return true;
    virtqueue_give(&transmit, 0, bytes, size, false);
    virtqueue_notify(&transmit);
    if (await_transmitted())
        return true;
    // QEMU would send the rest to the next peer; a reset makes it forget.
    const uint32_t masked = interrupt_mask();
    restart();
    open_port();
    interrupt_unmask(masked);
    return false;
}
