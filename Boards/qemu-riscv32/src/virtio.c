// SPDX-License-Identifier: MIT
#include "virtio.h"

#include "machine.h"

// Registers (4.2.2).
enum {
    VIRTIO_MAGIC = 0x000,
    VIRTIO_VERSION = 0x004,
    VIRTIO_DEVICE_ID = 0x008,
    VIRTIO_DEVICE_FEATURES = 0x010,
    VIRTIO_DEVICE_FEATURES_SELECT = 0x014,
    VIRTIO_DRIVER_FEATURES = 0x020,
    VIRTIO_DRIVER_FEATURES_SELECT = 0x024,
    VIRTIO_QUEUE_SELECT = 0x030,
    VIRTIO_QUEUE_SIZE = 0x038,
    VIRTIO_QUEUE_READY = 0x044,
    VIRTIO_QUEUE_NOTIFY = 0x050,
    VIRTIO_INTERRUPT_STATUS = 0x060,
    VIRTIO_INTERRUPT_ACKNOWLEDGE = 0x064,
    VIRTIO_STATUS = 0x070,
    VIRTIO_QUEUE_DESCRIPTORS = 0x080,
    VIRTIO_QUEUE_DRIVER = 0x090,
    VIRTIO_QUEUE_DEVICE = 0x0A0,
};

enum { MAGIC = 0x74726976, VERSION = 2 };  // "virt"

// Status bits (2.1).
enum { ACKNOWLEDGE = 1, DRIVER = 2, DRIVER_OK = 4, FEATURES_OK = 8 };

enum { VERSION_1_HIGH = 1 };    // VIRTIO_F_VERSION_1, bit 32
enum { DEVICE_WRITES = 2 };     // VIRTQ_DESC_F_WRITE

static volatile uint32_t *reg(const struct virtio_device *device, uint32_t offset)
{
    return machine_register(device->address + offset);
}

bool virtio_find(uint32_t type, struct virtio_device *device)
{
    for (unsigned index = 0; index < MACHINE_VIRTIO_COUNT; index++) {
        device->address = MACHINE_VIRTIO + index * MACHINE_VIRTIO_STRIDE;
        device->interrupt = MACHINE_VIRTIO_INTERRUPT + index;
        if (*reg(device, VIRTIO_MAGIC) == MAGIC && *reg(device, VIRTIO_VERSION) == VERSION
            && *reg(device, VIRTIO_DEVICE_ID) == type)
            return true;
    }
    return false;
}

uint32_t virtio_negotiate(const struct virtio_device *device, uint32_t features, bool *accepted)
{
    *reg(device, VIRTIO_STATUS) = 0;
    *reg(device, VIRTIO_STATUS) = ACKNOWLEDGE | DRIVER;
    *reg(device, VIRTIO_DEVICE_FEATURES_SELECT) = 0;
    features &= *reg(device, VIRTIO_DEVICE_FEATURES);
    *reg(device, VIRTIO_DRIVER_FEATURES_SELECT) = 0;
    *reg(device, VIRTIO_DRIVER_FEATURES) = features;
    *reg(device, VIRTIO_DRIVER_FEATURES_SELECT) = 1;
    *reg(device, VIRTIO_DRIVER_FEATURES) = VERSION_1_HIGH;
    *reg(device, VIRTIO_STATUS) = ACKNOWLEDGE | DRIVER | FEATURES_OK;
    *accepted = (*reg(device, VIRTIO_STATUS) & FEATURES_OK) != 0;
    return features;
}

void virtio_add_queue(const struct virtio_device *device, struct virtqueue *queue, uint32_t number)
{
    *queue = (struct virtqueue){.number = number, .device = device};
    *reg(device, VIRTIO_QUEUE_SELECT) = number;
    *reg(device, VIRTIO_QUEUE_SIZE) = VIRTQUEUE_SIZE;
    // 64-bit addresses, high words after the low ones: 0.
    *reg(device, VIRTIO_QUEUE_DESCRIPTORS) = (uint32_t)queue->descriptors;
    *reg(device, VIRTIO_QUEUE_DESCRIPTORS + 4) = 0;
    *reg(device, VIRTIO_QUEUE_DRIVER) = (uint32_t)&queue->available;
    *reg(device, VIRTIO_QUEUE_DRIVER + 4) = 0;
    *reg(device, VIRTIO_QUEUE_DEVICE) = (uint32_t)&queue->used;
    *reg(device, VIRTIO_QUEUE_DEVICE + 4) = 0;
    *reg(device, VIRTIO_QUEUE_READY) = 1;
}

void virtio_start(const struct virtio_device *device, interrupt_handler_t handler)
{
    interrupt_attach(device->interrupt, handler);
    *reg(device, VIRTIO_STATUS) = ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK;
}

void virtio_acknowledge(const struct virtio_device *device)
{
    *reg(device, VIRTIO_INTERRUPT_ACKNOWLEDGE) = *reg(device, VIRTIO_INTERRUPT_STATUS);
}

void virtqueue_give(struct virtqueue *queue, uint16_t descriptor, const void *bytes, uint32_t size,
                    bool device_writes)
{
    queue->descriptors[descriptor] = (struct virtqueue_descriptor){
        .address = (uint32_t)bytes,
        .size = size,
        .flags = device_writes ? DEVICE_WRITES : 0,
    };
    queue->available.ring[queue->available.index % VIRTQUEUE_SIZE] = descriptor;
    // The entry and the buffer before the index that makes them the device's.
    __atomic_thread_fence(__ATOMIC_RELEASE);
    queue->available.index++;
}

void virtqueue_notify(struct virtqueue *queue)
{
    __asm__ volatile("fence rw, ow" : : : "memory");  // the index before the notification
    *reg(queue->device, VIRTIO_QUEUE_NOTIFY) = queue->number;
}

bool virtqueue_is_used(const struct virtqueue *queue)
{
    const bool is_used = queue->taken != queue->used.index;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);  // the index before the entry
    return is_used;
}

bool virtqueue_take(struct virtqueue *queue, uint16_t *descriptor, uint32_t *size)
{
    if (!virtqueue_is_used(queue))
        return false;
    const struct virtqueue_used *entry = &queue->used.ring[queue->taken % VIRTQUEUE_SIZE];
    *descriptor = (uint16_t)entry->descriptor;
    *size = entry->size;
    queue->taken++;
    return true;
}

void virtqueue_await(struct virtqueue *queue, uint16_t *descriptor, uint32_t *size)
{
    while (!virtqueue_take(queue, descriptor, size)) {
        const uint32_t masked = interrupt_mask();
        if (!virtqueue_is_used(queue))
            interrupt_wait();
        interrupt_unmask(masked);
    }
}
