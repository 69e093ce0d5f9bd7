// What is said at each start of the server.
// SPDX-License-Identifier: MIT
#pragma once

#include "hotreload_port.h"

/// Says that the server is not for production.
static inline void warn_of_server(void)
{
    static const char line[] = "development server: uploads run code; HOTRELOAD_SERVER=OFF for production";
    hotreload_port_log(HOTRELOAD_PORT_WARNING, line, sizeof line - 1);
}
