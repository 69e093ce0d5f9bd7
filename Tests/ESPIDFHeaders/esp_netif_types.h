// SPDX-License-Identifier: MIT
#pragma once
#include "esp_netif_ip_addr.h"

typedef struct {
    esp_ip4_addr_t ip;
    esp_ip4_addr_t netmask;
    esp_ip4_addr_t gw;
} esp_netif_ip_info_t;

typedef struct esp_netif_obj esp_netif_t;
