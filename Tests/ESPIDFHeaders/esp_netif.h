// SPDX-License-Identifier: MIT
#pragma once
#include <stdbool.h>

#include "esp_err.h"
#include "esp_idf_version.h"
#include "esp_netif_types.h"

esp_err_t esp_netif_init(void);
bool esp_netif_is_netif_up(esp_netif_t *esp_netif);
esp_err_t esp_netif_get_ip_info(esp_netif_t *esp_netif, esp_netif_ip_info_t *ip_info);
esp_err_t esp_netif_get_ip6_global(esp_netif_t *esp_netif, esp_ip6_addr_t *if_ip6);
char *esp_ip4addr_ntoa(const esp_ip4_addr_t *addr, char *buf, int buflen);
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 1, 0)
esp_netif_t* esp_netif_get_default_netif(void);
#else
esp_netif_t *esp_netif_next(esp_netif_t *esp_netif);
#endif
