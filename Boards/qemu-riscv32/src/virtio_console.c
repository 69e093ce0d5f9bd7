// SPDX-License-Identifier: MIT
#include "virtio_console.h"

#include "alarm.h"
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

enum { RECEIVE_BUFFER_SIZE = 4096, SEND_TIMEOUT_US = 3000000 };

static struct virtio_device device;
static struct virtqueue control_receive, control_send, receive, transmit;
static uint8_t control_buffers[VIRTQUEUE_SIZE][CONTROL_BUFFER_SIZE] __attribute__((aligned(4)));
static uint8_t receive_buffers[CONSOLE_BUFFER_COUNT][RECEIVE_BUFFER_SIZE];
static bool is_taken[CONSOLE_BUFFER_COUNT];  ///< In an event, not with the device.
static bool port_exists;

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

static void take_control(struct console_delivery *delivery)
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

static void take_bytes(struct console_delivery *delivery)
{
    uint16_t buffer;
    uint32_t size;
    while (virtqueue_take(&receive, &buffer, &size)) {
        is_taken[buffer] = true;
        delivery->bytes[delivery->count++] = (struct console_event){
            .kind = CONSOLE_BYTES, .bytes = receive_buffers[buffer], .size = size, .buffer = buffer};
    }
}

static void gather(void)
{
    struct console_delivery delivery;
    console_delivery_begin(&delivery);
    do {
        take_control(&delivery);
        take_bytes(&delivery);
        // No change came before the last of these bytes but those taken.
    } while (virtqueue_is_used(&control_receive));
    console_delivery_end(&delivery);
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
    for (uint16_t buffer = 0; buffer < CONSOLE_BUFFER_COUNT; buffer++) {
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

bool virtio_console_open(console_beginning_t begins)
{
    static enum { UNKNOWN, PRESENT, ABSENT } state;
    const uint32_t masked = interrupt_mask();
    console_set_beginning(begins);
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

void virtio_console_release(const struct console_event *event)
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
        if (console_peer_is_gone() || clock_now() >= deadline)
            return false;
        alarm_set(ALARM_WAIT, deadline, NULL);
        const uint32_t masked = interrupt_mask();
        if (!virtqueue_is_used(&transmit) && !console_peer_is_gone())
            interrupt_wait();
        interrupt_unmask(masked);
    }
    return true;
}

bool virtio_console_send(const void *bytes, size_t size)
{
    if (console_peer_is_gone())
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
