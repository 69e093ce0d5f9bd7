// arc4random(3), which the C libraries leave to the platform: Swift's Dictionary and Set take the seed of their
// hashes from it.
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "randomness.h"

void arc4random_buf(void *bytes, size_t size)
{
    if (randomness_fill(bytes, size))
        return;
    printf("arc4random: QEMU was started without a source of randomness\n");
    abort();
}

uint32_t arc4random(void)
{
    uint32_t number;
    arc4random_buf(&number, sizeof number);
    return number;
}
