// SPDX-License-Identifier: MIT
#include "mdns_service.h"

#include "sdkconfig.h"

#if CONFIG_HOTRELOAD_MDNS && __has_include("mdns.h")

#include <stdio.h>

#include "esp_app_desc.h"
#include "esp_log.h"
#include "esp_mac.h"
#include "mdns.h"

static const char TAG[] = "hotreload";

#define SERVICE "_hotreload"
#define PROTOCOL "_tcp"

/// The application's host name, else one made of the chip's address.
static esp_err_t name_host(void)
{
    char name[MDNS_NAME_BUF_LEN];
    if (mdns_hostname_get(name) == ESP_OK && name[0] != '\0')
        return ESP_OK;
    uint8_t address[6] = {0};
    esp_efuse_mac_get_default(address);
    snprintf(name, sizeof name, "%s-%02x%02x%02x", CONFIG_IDF_TARGET, address[3], address[4],
             address[5]);
    return mdns_hostname_set(name);
}

void mdns_service_start(uint16_t port)
{
    mdns_txt_item_t items[] = {
        {"version", esp_app_get_description()->version},
        {"chip", CONFIG_IDF_TARGET},
        {"partition", CONFIG_HOTRELOAD_PARTITION},
    };
    // Harmless if the application did so already.
    esp_err_t error = mdns_init();
    if (error == ESP_OK)
        error = name_host();
    if (error == ESP_OK)
        error = mdns_service_add(NULL, SERVICE, PROTOCOL, port, items,
                                 sizeof items / sizeof items[0]);
    if (error != ESP_OK)
        ESP_LOGW(TAG, "not announced by mDNS: %s. Call esp_event_loop_create_default() before "
                      "the server starts, or set CONFIG_HOTRELOAD_MDNS to n",
                 esp_err_to_name(error));
}

void mdns_service_stop(void)
{
    mdns_service_remove(SERVICE, PROTOCOL);
}

#else

void mdns_service_start(uint16_t port)
{
    (void)port;
}

void mdns_service_stop(void) {}

#endif
