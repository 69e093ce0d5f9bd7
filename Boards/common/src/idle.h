// What the chip does while it waits.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// Work that comes in while the application waits. Both are called by board_delay_ms().
struct idle_service {
    bool (*has_work)(void);  ///< Cheap; called with interrupts masked.
    void (*work)(void);      ///< Also called at least every IDLE_PERIOD_US.
};
enum { IDLE_PERIOD_US = 50000 };

/// Replaces the service; NULL: none.
void idle_set_service(const struct idle_service *service);

/// Calls `called` once, when board_delay_ms() runs at `time` (microseconds since boot) or later, and nobody is inside the
/// runtime. Replaces what was asked for before; CLOCK_NEVER: takes it back.
void idle_call_at(uint64_t time, void (*called)(void));
