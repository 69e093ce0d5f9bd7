// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>

void *memcpy(void *to, const void *from, size_t size);
size_t strlen(const char *text);
size_t strlcat(char *to, const char *from, size_t size);
