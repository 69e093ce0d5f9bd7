// hotreload_port.h: the firmware's identity.
// SPDX-License-Identifier: MIT
#include <string.h>

#include "hotreload_port.h"

// Written by the build of the firmware.
extern const uint8_t hotreload_key[32];
extern const uint16_t hotreload_chip;
extern const char hotreload_version[];

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
    // Options of board.cmake.
    firmware->safe_point = BOARD_SAFE_POINT;
    firmware->confirmation = BOARD_CONFIRMATION;
    firmware->keeps_freed_code = !BOARD_FILLS_FREED_CODE;
    firmware->trial_timeout = BOARD_TRIAL_TIMEOUT;
}
