// hotreload_port.h: hotreload hears of every crash, before ESP-IDF's panic handler prints its report.
//
// The linker puts __wrap_esp_panic_handler() in front of esp_panic_handler() (CMakeLists.txt), which has had this type
// from ESP-IDF 5.0 on. Both run on one core, the other stalled, with interrupts off.
// SPDX-License-Identifier: MIT
#include "crash.h"

#include "esp_attr.h"
#include "esp_private/cache_utils.h"
#include "esp_private/panic_internal.h"
#include "esp_system.h"
#include "hotreload_port.h"

#if __XTENSA__
#include "xtensa_context.h"
#else
#include "riscv/rvruntime-frames.h"
#endif

static bool is_hang;

_Noreturn void crash_of_hang(void)
{
    is_hang = true;
    esp_system_abort("hotreload: the module on trial does not return");
}

// Else Bluetooth's controller has taken the place.
#if !CONFIG_BT_LE_CONTROLLER_LOG_WRAP_PANIC_HANDLER_ENABLE

static int kind(const panic_info_t *info)
{
    if (is_hang)
        return HOTRELOAD_PORT_CRASH_HANG;
    if (g_panic_abort || info->exception == PANIC_EXCEPTION_ABORT)
        return HOTRELOAD_PORT_CRASH_ABORT;
    if (info->exception == PANIC_EXCEPTION_IWDT || info->exception == PANIC_EXCEPTION_TWDT)
        return HOTRELOAD_PORT_CRASH_WATCHDOG;
    return HOTRELOAD_PORT_CRASH_TRAP;
}

static uint32_t return_address(const panic_info_t *info)
{
#if __XTENSA__
    // The size of the window is in its upper two bits; those of the address are the function's own.
    const XtExcFrame *frame = info->frame;
    const uint32_t window = UINT32_C(3) << 30;
    return ((uint32_t)frame->a0 & ~window) | ((uint32_t)frame->pc & window);
#else
    const RvExcFrame *frame = info->frame;
    return (uint32_t)frame->ra;
#endif
}

static void tell(const panic_info_t *info)
{
    static char where[128];
    const hotreload_port_crash_t crash = {
        .kind = kind(info),
        .cause = panic_get_cause(info->frame),
        .pc = (uint32_t)(uintptr_t)info->addr,
        .return_address = return_address(info),
    };
    hotreload_crashed(&crash, where, sizeof where);
    if (where[0] == '\0')
        return;
    panic_print_str("hotreload: ");
    panic_print_str(where);
    panic_print_str("\r\n");
}

void __real_esp_panic_handler(panic_info_t *info);
void __wrap_esp_panic_handler(panic_info_t *info);

/// The runtime lies in flash. ESP-IDF turns the cache on again for its own report; where it did not, the reason of the
/// restart says enough to bring back the module before.
void IRAM_ATTR __wrap_esp_panic_handler(panic_info_t *info)
{
    if (spi_flash_cache_enabled())
        tell(info);
    __real_esp_panic_handler(info);
}
#endif
