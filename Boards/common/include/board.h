// What an application may use of a virtual board, beside the C library.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Name and version of the board support, as in "qemu-riscv32 0.1.0".
const char *board_version(void);

/// Microseconds since boot.
uint64_t board_uptime_us(void);

/// Bytes of the chip's internal RAM for modules that are in use: by modules, and by images that wait there.
uint32_t board_module_memory_used(void);

/// Waits, and meanwhile serves the HTTP channel; the chip sleeps between events. Uploads and status requests
/// are answered in here only. With 0, handles what has arrived and returns.
void board_delay_ms(uint32_t milliseconds);

/// Starts the chip again; the reason of the restart is "software".
__attribute__((noreturn)) void board_restart(void);

/// Exit statuses of QEMU that the board itself causes; exit(status) of the application passes its own. While a module
/// is on trial the chip starts again instead.
enum {
    BOARD_STATUS_TRAP = 100,        ///< An exception; the console has the registers.
    BOARD_STATUS_NESTED_TRAP = 101, ///< An exception in the trap handler.
    BOARD_STATUS_EMPTY_SLOT = 102,  ///< A call of a module's function with no module loaded.
    BOARD_STATUS_ABORT = 103,       ///< abort(), a failed assert() or ESP_ERROR_CHECK().
    BOARD_STATUS_WATCHDOG = 104,    ///< A module on trial did not return.
};

/// Prints where and why, then ends with BOARD_STATUS_ABORT.
__attribute__((noreturn)) void board_check_failed(int error, const char *file, int line, const char *expression);

/// ESP-IDF's: ends the program unless `expression` is ESP_OK (0).
#ifndef ESP_ERROR_CHECK
#define ESP_ERROR_CHECK(expression) do { \
        int board_check_error = (expression); \
        if (board_check_error != 0) \
            board_check_failed(board_check_error, __FILE__, __LINE__, #expression); \
    } while (0)
#endif

#ifdef __cplusplus
}
#endif
