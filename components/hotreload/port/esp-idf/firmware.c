// hotreload_port.h: the firmware that the runtime is part of.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <string.h>

#include "esp_app_desc.h"
#include "sdkconfig.h"

// Written by the build (hotreload_firmware.c).
#if CONFIG_HOTRELOAD_SERVER
extern const uint8_t hotreload_key[32];
#endif
extern const uint16_t hotreload_chip;

void hotreload_port_firmware(hotreload_port_firmware_t *firmware)
{
    const esp_app_desc_t *description = esp_app_get_description();
    _Static_assert(sizeof description->app_elf_sha256 == sizeof firmware->build_id,
                   "both are SHA-256");
    memcpy(firmware->build_id, description->app_elf_sha256, sizeof firmware->build_id);
    firmware->chip = hotreload_chip;
    firmware->version = description->version;
#if CONFIG_HOTRELOAD_SERVER
    firmware->key = hotreload_key;
#else
    firmware->key = NULL;
#endif
#if CONFIG_HOTRELOAD_AUTHENTICATION_BODY
    firmware->authentication = HOTRELOAD_PORT_AUTHENTICATION_BODY;
#else
    firmware->authentication = HOTRELOAD_PORT_AUTHENTICATION_CHALLENGE;
#endif
#if CONFIG_HOTRELOAD_SAFE_POINT_OFF
    firmware->safe_point = HOTRELOAD_PORT_SAFE_POINT_OFF;
#elif CONFIG_HOTRELOAD_SAFE_POINT_REFUSE
    firmware->safe_point = HOTRELOAD_PORT_SAFE_POINT_REFUSE;
#else
    firmware->safe_point = HOTRELOAD_PORT_SAFE_POINT_WAIT;
#endif
#if CONFIG_HOTRELOAD_CONFIRM_APPLICATION
    firmware->confirmation = HOTRELOAD_PORT_CONFIRM_APPLICATION;
#else
    firmware->confirmation = HOTRELOAD_PORT_CONFIRM_AUTOMATIC;
#endif
#if CONFIG_HOTRELOAD_FILL_FREED_CODE
    firmware->keeps_freed_code = false;
#else
    firmware->keeps_freed_code = true;
#endif
    firmware->trial_timeout = CONFIG_HOTRELOAD_TRIAL_TIMEOUT_MS;
}
