// hotreload_port.h: why the chip started, memory that outlives a restart, and the crash of a call
// without a module.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include <string.h>

#include "esp_attr.h"
#include "esp_system.h"
#include "soc/soc_caps.h"

// Neither start-up code nor bootloader clears these. The C2 and the C61 have no RTC memory.
#if SOC_RTC_MEM_SUPPORTED
static RTC_NOINIT_ATTR uint32_t retained[HOTRELOAD_PORT_RETAINED_SIZE / sizeof(uint32_t)];
#else
static __NOINIT_ATTR uint32_t retained[HOTRELOAD_PORT_RETAINED_SIZE / sizeof(uint32_t)];
#endif

void *hotreload_port_retained(void)
{
    return retained;
}

int hotreload_port_reset_reason(void)
{
    switch (esp_reset_reason()) {
    case ESP_RST_POWERON:
        return HOTRELOAD_PORT_RESET_POWER_ON;
    case ESP_RST_EXT:
        return HOTRELOAD_PORT_RESET_EXTERNAL;
    case ESP_RST_SW:
        return HOTRELOAD_PORT_RESET_SOFTWARE;
    case ESP_RST_PANIC:
        return HOTRELOAD_PORT_RESET_CRASH;
    case ESP_RST_INT_WDT:
    case ESP_RST_TASK_WDT:
    case ESP_RST_WDT:
        return HOTRELOAD_PORT_RESET_WATCHDOG;
    case ESP_RST_BROWNOUT:
        return HOTRELOAD_PORT_RESET_BROWN_OUT;
    default:
        return HOTRELOAD_PORT_RESET_OTHER;
    }
}

_Noreturn void hotreload_port_empty_slot(const char *symbol)
{
    // Not on the stack, which may be a small one. The panic handler prints it, and the backtrace of
    // the caller.
    static char message[128] = "hotreload: called ";
    strlcat(message, symbol != NULL ? symbol : "a function", sizeof message);
    strlcat(message, ", but no module is loaded", sizeof message);
    esp_system_abort(message);
}
