// SPDX-License-Identifier: MIT
#include "reset.h"

#include <stdint.h>
#include <stdio.h>

#include "board.h"
#include "finish.h"
#include "hotreload_port.h"

/// "RSTR". QEMU begins with memory full of zeros.
#define MAGIC 0x52545352u

/// Outlives a restart.
static struct {
    uint32_t magic;
    int reason;  ///< Of the next start.
} kept __attribute__((section(".noinit")));

static int reason;

static const char *name(void)
{
    switch (reason) {
    case HOTRELOAD_PORT_RESET_SOFTWARE: return "software";
    case HOTRELOAD_PORT_RESET_CRASH: return "crash";
    case HOTRELOAD_PORT_RESET_WATCHDOG: return "watchdog";
    default: return "external";
    }
}

void reset_start(void)
{
    reason = kept.magic == MAGIC ? kept.reason : HOTRELOAD_PORT_RESET_POWER_ON;
    kept.magic = MAGIC;
    kept.reason = HOTRELOAD_PORT_RESET_EXTERNAL;  // unless reset() says otherwise
    if (reason != HOTRELOAD_PORT_RESET_POWER_ON)
        printf("board: restarted (%s)\n", name());
}

int reset_reason(void)
{
    return reason;
}

_Noreturn void reset(int reason_of_next)
{
    kept.reason = reason_of_next;
    finish_and_restart();
}

_Noreturn void board_restart(void)
{
    reset(HOTRELOAD_PORT_RESET_SOFTWARE);
}
