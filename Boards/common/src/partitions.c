// SPDX-License-Identifier: MIT
#include "partitions.h"

#include <string.h>

/// The same as in board.toml.
static const struct partition partitions[] = {
    {.label = "hotreload", .offset = 0x000000, .size = 0x100000},
    {.label = "plugins", .offset = 0x100000, .size = 0x100000},
};

const struct partition *partition_find(const char *label)
{
    for (size_t index = 0; index < sizeof partitions / sizeof partitions[0]; index++) {
        if (strcmp(partitions[index].label, label) == 0)
            return &partitions[index];
    }
    return NULL;
}
