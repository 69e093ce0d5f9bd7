// virtio over MMIO, version 2 (virtio 1.1: 2.6 "Split Virtqueues", 4.2 "Virtio Over MMIO").
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "interrupt.h"

enum { VIRTIO_ID_CONSOLE = 3, VIRTIO_ID_ENTROPY = 4 };

/// One transport with the device that was looked for.
struct virtio_device {
    uint32_t address;    ///< Of its registers.
    unsigned interrupt;  ///< Source at the PLIC.
};

enum { VIRTQUEUE_SIZE = 16 };

struct virtqueue_descriptor {
    uint64_t address;
    uint32_t size;
    uint16_t flags;
    uint16_t next;
};

struct virtqueue_used {
    uint32_t descriptor;
    uint32_t size;
};

/// A queue whose buffers consist of one descriptor each. Buffers are named by the descriptor's index.
struct virtqueue {
    struct virtqueue_descriptor descriptors[VIRTQUEUE_SIZE] __attribute__((aligned(16)));
    struct {
        uint16_t flags;
        volatile uint16_t index;
        uint16_t ring[VIRTQUEUE_SIZE];
    } available;
    struct {
        uint16_t flags;
        volatile uint16_t index;
        struct virtqueue_used ring[VIRTQUEUE_SIZE];
    } used __attribute__((aligned(4)));
    uint16_t taken;  ///< Entries of `used` that virtqueue_take() has returned.
    uint32_t number;
    const struct virtio_device *device;
};

/// Finds the first device of a type. False: QEMU was started without one.
bool virtio_find(uint32_t type, struct virtio_device *device);
/// Resets the device, accepts VIRTIO_F_VERSION_1 and those of `features` (bits 0 to 31) that the device offers, and returns the
/// latter. False in `*accepted`: the device wants none of it.
uint32_t virtio_negotiate(const struct virtio_device *device, uint32_t features, bool *accepted);
/// Adds `queue`, empty, as the device's number `number`.
void virtio_add_queue(const struct virtio_device *device, struct virtqueue *queue, uint32_t number);
/// Ends the set-up: from now on the device works.
void virtio_start(const struct virtio_device *device, interrupt_handler_t handler);
/// For the handler: the device may interrupt again.
void virtio_acknowledge(const struct virtio_device *device);

/// Gives the device a buffer to fill (`device_writes`) or to read. `descriptor` is in the caller's hand.
void virtqueue_give(struct virtqueue *queue, uint16_t descriptor, const void *bytes, uint32_t size,
                    bool device_writes);
/// Tells the device that there are new buffers.
void virtqueue_notify(struct virtqueue *queue);
/// Whether there is something to take.
bool virtqueue_is_used(const struct virtqueue *queue);
/// Takes back the next buffer that the device is done with, `size` bytes of it filled. False: none.
bool virtqueue_take(struct virtqueue *queue, uint16_t *descriptor, uint32_t *size);
/// Waits for the next buffer, asleep.
void virtqueue_await(struct virtqueue *queue, uint16_t *descriptor, uint32_t *size);
