// SPDX-License-Identifier: MIT
#include "console_events.h"

#include "interrupt.h"

static bool is_connected;
static bool is_guessed;  ///< The beginning of the connection that is open was guessed.
static console_beginning_t begins_connection;

// A ring. A connection that came and went without a byte leaves none, so between two
// buffers of bytes there are two others at most.
enum { EVENT_COUNT = 32 };
_Static_assert(EVENT_COUNT >= 3 * CONSOLE_BUFFER_COUNT + 2, "every event finds room");
static struct console_event events[EVENT_COUNT];
static unsigned first_event, event_count;

static void push(struct console_event event)
{
    events[(first_event + event_count) % EVENT_COUNT] = event;
    event_count++;
}

static void push_connected(void)
{
    push((struct console_event){.kind = CONSOLE_CONNECTED});
}

static void push_disconnected(void)
{
    const struct console_event *last = &events[(first_event + event_count - 1) % EVENT_COUNT];
    if (event_count > 0 && last->kind == CONSOLE_CONNECTED)
        event_count--;
    else
        push((struct console_event){.kind = CONSOLE_DISCONNECTED});
}

void console_set_beginning(console_beginning_t begins)
{
    begins_connection = begins;
}

void console_delivery_begin(struct console_delivery *delivery)
{
    *delivery = (struct console_delivery){.is_connected = is_connected};
}

static bool begins(const struct console_event *event)
{
    return begins_connection(event->bytes, event->size);
}

/// The first buffer of the connection that is open at the end. Bytes and changes come in two queues without
/// a common order, so after "disconnected, connected" it is guessed by how a connection begins: QEMU starts
/// a buffer with every read, hence with every connection. In all other cases there is only one answer.
static unsigned first_of_last_connection(const struct console_delivery *delivery)
{
    if (!delivery->is_connected)
        return delivery->count;
    if (!delivery->has_disconnected)
        return 0;
    unsigned first = delivery->count;
    for (unsigned index = 0; index < delivery->count; index++) {
        if (begins(&delivery->bytes[index]))
            first = index;
    }
    return first;
}

/// Puts right a guess that took the last words of one connection for the first of the next, when the true
/// first ones come.
static void mend_guess(const struct console_delivery *delivery)
{
    if (delivery->count == 0)
        return;
    if (is_guessed && is_connected && begins(&delivery->bytes[0])) {
        push_disconnected();
        push_connected();
    }
    is_guessed = false;
}

void console_delivery_end(const struct console_delivery *delivery)
{
    // Between two connections of one delivery there may have been others: nobody waits for their replies.
    const unsigned first = first_of_last_connection(delivery);
    const bool is_new = delivery->is_connected && (delivery->has_disconnected || !is_connected);
    mend_guess(delivery);
    if (!is_connected && first > 0)
        push_connected();
    for (unsigned index = 0; index < first; index++)
        push(delivery->bytes[index]);
    if (delivery->has_disconnected && (is_connected || first > 0))
        push_disconnected();
    if (is_new)
        push_connected();
    for (unsigned index = first; index < delivery->count; index++)
        push(delivery->bytes[index]);
    is_connected = delivery->is_connected;
    is_guessed = is_guessed || (delivery->has_disconnected && first < delivery->count);
}

bool console_has_event(void)
{
    return event_count > 0;
}

bool console_take_event(struct console_event *event)
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

bool console_peer_is_gone(void)
{
    bool gone = false;
    const uint32_t masked = interrupt_mask();
    for (unsigned index = 0; index < event_count; index++)
        gone = gone || events[(first_event + index) % EVENT_COUNT].kind == CONSOLE_DISCONNECTED;
    interrupt_unmask(masked);
    return gone;
}
