// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

/// Calls itself `depth` times, by call4, call8 and call12 in turn. Before each call all registers that the call
/// preserves get values of their own, after it they are compared. Returns the number of calls that preserved all.
uint32_t descend(uint32_t depth);
/// Count to `count` in a zero-overhead loop, each in its own.
uint32_t count_in_loop(uint32_t count);
uint32_t count_in_another_loop(uint32_t count);
/// Sets SAR once, shifts by it `count` times, and returns how often the result was the same.
uint32_t shift_often(uint32_t shift, uint32_t count);
/// Adds 1 to `*counter` by S32C1I.
void increment(uint32_t *counter);
/// Saves all windows but its own by a system call, as libgcc does, and returns WINDOWSTART: a bit for each that is
/// left.
uint32_t windows_after_system_call(void);
