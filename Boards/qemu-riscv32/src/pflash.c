// SPDX-License-Identifier: MIT
#include "pflash.h"

#include <string.h>

#include "clock.h"
#include "machine.h"

// Commands (Intel 28F128J3 data sheet, "Command Set"); both chips get each.
enum {
    COMMAND_CLEAR_STATUS = 0x50,
    COMMAND_ERASE = 0x20,
    COMMAND_WRITE_BUFFER = 0xE8,
    COMMAND_CONFIRM = 0xD0,
    COMMAND_READ_QUERY = 0x98,
    COMMAND_READ_ARRAY = 0xFF,
};

// Status register: ready, and what has gone wrong (erase, program, voltage, block locked).
enum { STATUS_READY = 1 << 7, STATUS_ERRORS = 1 << 5 | 1 << 4 | 1 << 3 | 1 << 1 };

// Words of the CFI query (JESD68.01).
enum {
    QUERY_ADDRESS = 0x55,
    QUERY_SIGNATURE = 0x10,    // "QRY"
    QUERY_COMMAND_SET = 0x13,  // 1: Intel
    QUERY_SIZE = 0x27,         // log2 of bytes of one chip
    QUERY_BUFFER_SIZE = 0x2A,  // log2 of bytes of one chip's write buffer
    QUERY_REGIONS = 0x2C,      // number of erase block regions
    QUERY_BLOCK_SIZE = 0x2F,   // of the first region, in 256 bytes, low byte, high byte
};

enum { CHIPS = 2, TIMEOUT_US = 5000000 };

static struct {
    uint32_t size;
    uint32_t erase_size;
    uint32_t buffer_size;
} geometry;

static volatile uint32_t *word(uint32_t offset)
{
    return machine_register(MACHINE_FLASH + offset);
}

static uint32_t both(uint32_t value)
{
    return value | value << 16;
}

/// The byte that both chips have at word `index` of the query, or -1 if they differ.
static int query(uint32_t index)
{
    const uint32_t value = *word(4 * index);
    return (value & 0xFFFF) == value >> 16 ? (int)(value & 0xFF) : -1;
}

/// To what reads bytes. Code behind this line must not read before it.
static void read_array(void)
{
    *word(0) = both(COMMAND_READ_ARRAY);
    __asm__ volatile("" : : : "memory");
}

bool pflash_find(void)
{
    if (geometry.size != 0)
        return true;
    *word(4 * QUERY_ADDRESS) = both(COMMAND_READ_QUERY);
    const bool is_known = query(QUERY_SIGNATURE) == 'Q' && query(QUERY_SIGNATURE + 1) == 'R'
        && query(QUERY_SIGNATURE + 2) == 'Y' && query(QUERY_COMMAND_SET) == 1
        && query(QUERY_REGIONS) == 1;
    if (is_known) {
        geometry.size = CHIPS << query(QUERY_SIZE);
        geometry.buffer_size = CHIPS << query(QUERY_BUFFER_SIZE);
        geometry.erase_size =
            CHIPS * 256 * (uint32_t)(query(QUERY_BLOCK_SIZE) | query(QUERY_BLOCK_SIZE + 1) << 8);
    }
    read_array();
    return is_known;
}

uint32_t pflash_size(void)
{
    return geometry.size;
}

uint32_t pflash_erase_size(void)
{
    return geometry.erase_size;
}

const void *pflash_address(uint32_t offset)
{
    return (const void *)(MACHINE_FLASH + offset);
}

/// Waits until both chips are ready. False: an error in a status register (now cleared), or no end.
static bool finish_command(uint32_t offset)
{
    const uint64_t deadline = clock_now() + TIMEOUT_US;
    uint32_t status;
    while (((status = *word(offset)) & both(STATUS_READY)) != both(STATUS_READY)) {
        if (clock_now() > deadline)
            return false;
    }
    if ((status & both(STATUS_ERRORS)) == 0)
        return true;
    *word(offset) = both(COMMAND_CLEAR_STATUS);
    return false;
}

static bool erase_unit(uint32_t offset)
{
    *word(offset) = both(COMMAND_ERASE);
    *word(offset) = both(COMMAND_CONFIRM);
    return finish_command(offset);
}

/// Writes within one write buffer. Between the commands any other would be taken for data.
static bool write_buffer(uint32_t offset, const uint8_t *bytes, uint32_t size)
{
    *word(offset) = both(COMMAND_WRITE_BUFFER);
    if (!finish_command(offset))
        return false;
    *word(offset) = both(size / 4 - 1);
    for (uint32_t done = 0; done < size; done += 4) {
        uint32_t value;
        memcpy(&value, bytes + done, 4);
        *word(offset + done) = value;
    }
    *word(offset) = both(COMMAND_CONFIRM);
    return finish_command(offset);
}

bool pflash_erase(uint32_t offset, uint32_t size)
{
    bool ok = true;
    const uint32_t end = offset + size;
    offset -= offset % geometry.erase_size;
    for (; ok && offset < end; offset += geometry.erase_size)
        ok = erase_unit(offset);
    read_array();
    return ok;
}

bool pflash_write(uint32_t offset, const void *bytes, uint32_t size)
{
    bool ok = true;
    const uint8_t *next = bytes;
    while (ok && size > 0) {
        const uint32_t room = geometry.buffer_size - offset % geometry.buffer_size;
        const uint32_t count = size < room ? size : room;
        ok = write_buffer(offset, next, count);
        next += count;
        offset += count;
        size -= count;
    }
    read_array();
    return ok;
}
