// hotreload_port.h: no requests come parsed. What is here is for the linker.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

int hotreload_port_attach(void *server, uint16_t port)
{
    (void)server;
    (void)port;
    return HOTRELOAD_PORT_NOT_SUPPORTED;
}

int32_t hotreload_port_request_field(void *context, const char *name, char *value, size_t size)
{
    (void)context;
    (void)name;
    (void)value;
    (void)size;
    return -1;
}

void hotreload_port_request_send(void *context, const void *bytes, size_t size)
{
    (void)context;
    (void)bytes;
    (void)size;
}
