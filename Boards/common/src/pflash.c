// SPDX-License-Identifier: MIT
#include "pflash.h"

#include <string.h>

#include "clock.h"
#include "machine.h"

// Commands (Intel 28F128J3 data sheet, "Command Set"); every chip gets each.
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

enum { TIMEOUT_US = 5000000 };

/// What one access reaches: 16 bits of each chip.
#if MACHINE_FLASH_CHIPS == 2
typedef uint32_t word_t;
#else
typedef uint16_t word_t;
#endif
enum { CHIPS = MACHINE_FLASH_CHIPS, WORD_SIZE = sizeof(word_t) };

static struct {
    uint32_t size;
    uint32_t erase_size;
    uint32_t buffer_size;
} geometry;

static volatile word_t *word(uint32_t offset)
{
    return (volatile word_t *)(MACHINE_FLASH + offset);
}

/// The same for every chip.
static word_t every(uint16_t value)
{
    return CHIPS == 2 ? (word_t)(value | (uint32_t)value << 16) : value;
}

/// The byte that every chip has at word `index` of the query, or -1 if they differ.
static int query(uint32_t index)
{
    const word_t value = *word(WORD_SIZE * index);
    return value == every((uint16_t)value) ? (int)(value & 0xFF) : -1;
}

/// To what reads bytes. Code behind this line must not read before it.
static void read_array(void)
{
    *word(0) = every(COMMAND_READ_ARRAY);
    __asm__ volatile("" : : : "memory");
}

bool pflash_find(void)
{
    if (geometry.size != 0)
        return true;
    *word(WORD_SIZE * QUERY_ADDRESS) = every(COMMAND_READ_QUERY);
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

/// Waits until every chip is ready. False: an error in a status register (now cleared), or no end.
static bool finish_command(uint32_t offset)
{
    const uint64_t deadline = clock_now() + TIMEOUT_US;
    word_t status;
    while (((status = *word(offset)) & every(STATUS_READY)) != every(STATUS_READY)) {
        if (clock_now() > deadline)
            return false;
    }
    if ((status & every(STATUS_ERRORS)) == 0)
        return true;
    *word(offset) = every(COMMAND_CLEAR_STATUS);
    return false;
}

static bool erase_unit(uint32_t offset)
{
    *word(offset) = every(COMMAND_ERASE);
    *word(offset) = every(COMMAND_CONFIRM);
    return finish_command(offset);
}

/// Writes within one write buffer. Between the commands any other would be taken for data.
static bool write_buffer(uint32_t offset, const uint8_t *bytes, uint32_t size)
{
    *word(offset) = every(COMMAND_WRITE_BUFFER);
    if (!finish_command(offset))
        return false;
    *word(offset) = every((uint16_t)(size / WORD_SIZE - 1));
    for (uint32_t done = 0; done < size; done += WORD_SIZE) {
        word_t value;
        memcpy(&value, bytes + done, WORD_SIZE);
        *word(offset + done) = value;
    }
    *word(offset) = every(COMMAND_CONFIRM);
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
