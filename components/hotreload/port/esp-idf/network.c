// hotreload_port.h: where the device can be reached.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <stdio.h>
#include <string.h>

#include "esp_idf_version.h"
#include "esp_netif.h"
#include "sdkconfig.h"

/// Writes `text` if it fits.
static bool copy(char *address, size_t size, const char *text)
{
    const size_t length = strlen(text);
    if (length >= size)
        return false;
    memcpy(address, text, length + 1);
    return true;
}

static bool find_address(esp_netif_t *interface, char *address, size_t size)
{
    char text[48];
    esp_netif_ip_info_t information;
    if (esp_netif_get_ip_info(interface, &information) == ESP_OK && information.ip.addr != 0) {
        esp_ip4addr_ntoa(&information.ip, text, sizeof text);
        return copy(address, size, text);
    }
#if CONFIG_LWIP_IPV6
    esp_ip6_addr_t ip;
    if (esp_netif_get_ip6_global(interface, &ip) == ESP_OK) {
        snprintf(text, sizeof text, "[" IPV6STR "]", IPV62STR(ip));
        return copy(address, size, text);
    }
#endif
    return false;
}

int hotreload_port_address(char *address, size_t size)
{
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 1, 0)
    esp_netif_t *interface = esp_netif_get_default_netif();
    if (interface != NULL && find_address(interface, address, size))
        return HOTRELOAD_PORT_OK;
#else
    for (esp_netif_t *interface = esp_netif_next(NULL); interface != NULL;
         interface = esp_netif_next(interface))
        if (esp_netif_is_netif_up(interface) && find_address(interface, address, size))
            return HOTRELOAD_PORT_OK;
#endif
    return HOTRELOAD_PORT_NOT_FOUND;
}
