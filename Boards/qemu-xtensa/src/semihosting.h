// Services of the computer that QEMU runs on (-semihosting; target/xtensa/xtensa-semi.c).
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Numbers of the calls.
enum {
    SEMIHOSTING_EXIT = 1,        ///< status
    SEMIHOSTING_READ = 3,        ///< file, buffer, size
    SEMIHOSTING_WRITE = 4,       ///< file, bytes, size
    SEMIHOSTING_OPEN = 5,        ///< path, flags, mode: those of the computer
    SEMIHOSTING_SELECT_ONE = 29, ///< file, SEMIHOSTING_READABLE, address of a time-out
};
enum { SEMIHOSTING_READABLE = 1 };

/// What a call returns; -1 if it failed.
int32_t semihosting_call(uint32_t number, uint32_t first, uint32_t second, uint32_t third);
