// ESP-IDF's log on the computer.
// SPDX-License-Identifier: MIT
#include <stdarg.h>
#include <stdio.h>

#include "esp_err.h"
#include "esp_log.h"

uint32_t esp_log_timestamp(void)
{
    return 0;
}

void esp_log_write(esp_log_level_t level, const char *tag, const char *format, ...)
{
    (void)level, (void)tag;
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
}

const char *esp_err_to_name(esp_err_t code)
{
    static char text[16];
    snprintf(text, sizeof text, "error %#x", (unsigned)code);
    return text;
}
