// hotreload_port.h: one thread, clock, randomness, log, restarts, the firmware's identity, calls without a module.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <string.h>

#include "board.h"
#include "clock.h"
#include "finish.h"
#include "hotreload_port.h"
#include "virtio_rng.h"

// Written by the build of the firmware.
extern const uint8_t hotreload_key[32];
extern const uint16_t hotreload_chip;
extern const char hotreload_version[];

void hotreload_port_lock(void)
{
}

void hotreload_port_unlock(void)
{
}

uint64_t hotreload_port_now(void)
{
    return clock_now();
}

bool hotreload_port_random(void *bytes, size_t size)
{
    return virtio_rng_fill(bytes, size);
}

void hotreload_port_log(int level, const char *line, size_t size)
{
    static const char letters[] = "?EWI";  // as ESP-IDF's log
    const bool is_known = level >= HOTRELOAD_PORT_ERROR && level <= HOTRELOAD_PORT_INFO;
    printf("%c (%u) hotreload: %.*s\n", letters[is_known ? level : 0],
           (unsigned)(clock_now() / 1000), (int)size, line);
}

/// QEMU ends where a chip would start again.
int hotreload_port_reset_reason(void)
{
    return HOTRELOAD_PORT_RESET_POWER_ON;
}

void *hotreload_port_retained(void)
{
    static uint32_t retained[HOTRELOAD_PORT_RETAINED_SIZE / sizeof(uint32_t)]
        __attribute__((section(".noinit")));
    return retained;
}

/// The linker's build-ID: an ELF note, NT_GNU_BUILD_ID of owner "GNU".
static void copy_build_id(uint8_t build_id[32])
{
    extern const uint8_t __build_id_start[], __build_id_end[];
    enum { HEADER = 12, OWNER = 4 };  // namesz, descsz, type; "GNU"
    memset(build_id, 0, 32);
    const size_t size = (size_t)(__build_id_end - __build_id_start);
    if (size > HEADER + OWNER) {
        const size_t id_size = size - HEADER - OWNER;
        memcpy(build_id, __build_id_start + HEADER + OWNER, id_size < 32 ? id_size : 32);
    }
}

void hotreload_port_firmware(hotreload_port_firmware_t *firmware)
{
    copy_build_id(firmware->build_id);
    firmware->chip = hotreload_chip;
    firmware->version = hotreload_version;
    firmware->key = hotreload_key;
#ifdef HOTRELOAD_BODY_AUTHENTICATION
    firmware->authentication = HOTRELOAD_PORT_AUTHENTICATION_BODY;
#else
    firmware->authentication = HOTRELOAD_PORT_AUTHENTICATION_CHALLENGE;
#endif
}

_Noreturn void hotreload_port_empty_slot(const char *symbol)
{
    printf("hotreload: called %s, but no module is loaded\n", symbol);
    finish(BOARD_STATUS_EMPTY_SLOT);
}
