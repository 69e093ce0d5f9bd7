// Tells the network about the HTTP server: _hotreload._tcp (RFC 6763), where the component
// espressif/mdns is in the build.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// `port` is the server's TCP port.
void mdns_service_start(uint16_t port);
void mdns_service_stop(void);
