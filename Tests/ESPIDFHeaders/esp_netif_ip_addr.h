// SPDX-License-Identifier: MIT
#pragma once
#include <stdint.h>

struct esp_ip6_addr {
    uint32_t addr[4];
    uint8_t zone;
};

struct esp_ip4_addr {
    uint32_t addr;
};

typedef struct esp_ip4_addr esp_ip4_addr_t;
typedef struct esp_ip6_addr esp_ip6_addr_t;

#define STUB_IP6_BLOCK(address, word, shift) \
    ((uint16_t)(__builtin_bswap32((address)->addr[word]) >> (shift)))
#define IPV6STR "%04x:%04x:%04x:%04x:%04x:%04x:%04x:%04x"
#define IPV62STR(ipaddr) \
    STUB_IP6_BLOCK(&(ipaddr), 0, 16), STUB_IP6_BLOCK(&(ipaddr), 0, 0), \
    STUB_IP6_BLOCK(&(ipaddr), 1, 16), STUB_IP6_BLOCK(&(ipaddr), 1, 0), \
    STUB_IP6_BLOCK(&(ipaddr), 2, 16), STUB_IP6_BLOCK(&(ipaddr), 2, 0), \
    STUB_IP6_BLOCK(&(ipaddr), 3, 16), STUB_IP6_BLOCK(&(ipaddr), 3, 0)
