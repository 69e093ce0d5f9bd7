// virtio 1.1: 5.4 "Entropy Device".
// SPDX-License-Identifier: MIT
#include "randomness.h"

#include "virtio.h"

static struct virtio_device device;
static struct virtqueue requests;

static void on_interrupt(void)
{
    virtio_acknowledge(&device);
}

static bool start(void)
{
    bool accepted;
    if (!virtio_find(VIRTIO_ID_ENTROPY, &device))
        return false;
    virtio_negotiate(&device, 0, &accepted);
    if (!accepted)
        return false;
    virtio_add_queue(&device, &requests, 0);
    virtio_start(&device, on_interrupt);
    return true;
}

bool randomness_fill(void *bytes, size_t size)
{
    static enum { UNKNOWN, PRESENT, ABSENT } state;
    if (state == UNKNOWN)
        state = start() ? PRESENT : ABSENT;
    if (state == ABSENT)
        return false;

    uint8_t *next = bytes;
    while (size > 0) {
        uint16_t descriptor = 0;
        uint32_t filled;
        virtqueue_give(&requests, descriptor, next, size, true);
        virtqueue_notify(&requests);
        virtqueue_await(&requests, &descriptor, &filled);
        next += filled;
        size -= filled;
    }
    return true;
}
