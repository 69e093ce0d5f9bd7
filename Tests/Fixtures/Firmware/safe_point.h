// Firmware and module of StackTests call each other.
#pragma once

#include "hotreload.h"

/// Of the firmware: asks for `what` below `depth` frames of its own.
enum what { RELOAD, UNLOAD, UNLOAD_PARTITION };
esp_err_t ask(enum what what, int depth);

/// Of the module: calls ask().
esp_err_t ask_from_module(enum what what, int depth);
/// Of the module: calls hotreload_unload() itself.
esp_err_t unload_from_module(void);
/// Of the module: a function that it gives away.
typedef void (*callback_t)(void);
callback_t give_callback(void);
