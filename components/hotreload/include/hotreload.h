// The public C interface of hotreload, source compatible with igrr/hotreload 0.10.
// Written by hand; the Swift runtime fulfils it with `@c @implementation`, so that drift does not compile.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__has_include) && __has_include("esp_err.h")
#include "esp_err.h"
#else
#include "hotreload_err.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

// All functions may be called from any task, and wait for each other; none but hotreload_update_available()
// from an interrupt.
//
// Called by a module's constructor, destructor or hook (hotreload_module.h), every function but
// hotreload_update_available() returns ESP_ERR_INVALID_STATE and does nothing. A hook must not wait for
// another task that calls one: that task waits for the hook.

/// Which module to load, and into which memory.
typedef struct {
    const char *partition_label;  ///< Label of the module's flash partition, at most 16 characters.
    uint32_t heap_caps;           ///< ESP-IDF heap capabilities (MALLOC_CAP_…); 0 lets the chip decide.
} hotreload_config_t;

#ifndef HOTRELOAD_DEFAULT_PARTITION_LABEL
/// Label of the partition that the two configurations below name.
#define HOTRELOAD_DEFAULT_PARTITION_LABEL "hotreload"
#endif
/// The default partition, memory chosen by the chip.
#define HOTRELOAD_CONFIG_DEFAULT() { \
    .partition_label = HOTRELOAD_DEFAULT_PARTITION_LABEL, \
    .heap_caps = 0, \
}

/// As HOTRELOAD_CONFIG_DEFAULT(), with the module in external RAM (PSRAM).
#define HOTRELOAD_CONFIG_SPIRAM() { \
    .partition_label = HOTRELOAD_DEFAULT_PARTITION_LABEL, \
    .heap_caps = MALLOC_CAP_SPIRAM | MALLOC_CAP_8BIT, \
}

/// Loads the newest good module of the partition and points the symbol table at it. A module that was
/// loaded before is replaced; if anything fails, it stays.
///
/// @return ESP_OK;
///   ESP_ERR_INVALID_ARG: `config` or its label is NULL, or the image is shorter than an ELF header;
///   ESP_ERR_NOT_FOUND: no such partition, or nothing loadable in it;
///   ESP_ERR_NOT_SUPPORTED: not an ELF module for this chip and firmware, or no executable memory;
///   ESP_ERR_NO_MEM: too little memory; ESP_FAIL: a function of the module refused (HOTRELOAD_ON_LOAD), or the
///   flash failed; ESP_ERR_INVALID_STATE: a task is inside the module that would be replaced
///   (docs/SAFE-POINT.md).
esp_err_t hotreload_load(const hotreload_config_t *config);

/// Unloads all modules: empties their symbol tables and frees their memory. Kept state (HOTRELOAD_KEEP) goes with
/// it: only a reload carries it over.
///
/// @return ESP_OK; ESP_ERR_INVALID_STATE: nothing is loaded, or a task is inside one of them.
esp_err_t hotreload_unload(void);

/// Unloads the module of one partition.
///
/// @return ESP_OK; ESP_ERR_INVALID_ARG: `partition_label` is NULL; ESP_ERR_NOT_FOUND: the firmware has no module
///   of this partition; ESP_ERR_INVALID_STATE: it is not loaded, or a task is inside it.
esp_err_t hotreload_unload_partition(const char *partition_label);

/// Whether a module was stored in any partition that was not yet tried to load. A load that fails counts:
/// `if (hotreload_update_available()) hotreload_reload(…)` in a loop tries an image once. Cheap, takes no
/// lock, callable from any context, interrupts included.
bool hotreload_update_available(void);

/// Says that the modules that run are good: those on trial are from now on what the device goes back to. Never needed
/// where the runtime decides by itself (docs/TRIAL.md).
///
/// @return ESP_OK, also if no module is on trial; ESP_FAIL: the flash failed.
esp_err_t hotreload_confirm(void);

/// Loads a module image from memory, into the symbol table that has its exports. The image is only read during
/// the call.
///
/// @return as hotreload_load().
esp_err_t hotreload_load_from_buffer(const void *elf_data, size_t elf_size);

/// Stores a module image in the partition without loading it. The newest good image stays intact until
/// the new one is complete.
///
/// @return ESP_OK; ESP_ERR_INVALID_ARG: a NULL argument or no bytes; ESP_ERR_INVALID_SIZE: larger than a
///   slot; ESP_ERR_NOT_FOUND: no such partition; ESP_FAIL: the flash failed.
esp_err_t hotreload_update_partition(const char *partition_label,
                                     const void *elf_data, size_t elf_size);

/// Switches to the newest module of the partition. Call it at a safe point: no task inside the module. Waits up
/// to a second for a task that is, then refuses. The new module is complete before the old one is touched.
///
/// @return as hotreload_load().
esp_err_t hotreload_reload(const hotreload_config_t *config);

/// Switches to the newest modules of all partitions that hold one, together: either all of them run
/// afterwards, or those that ran before. `heap_caps` of every module: 0. A module whose newest image runs already
/// takes no part: it is told nothing and keeps all of its state.
///
/// @return as hotreload_load(), also if all of them run already; ESP_ERR_NOT_FOUND: no partition holds a module.
esp_err_t hotreload_reload_all(void);

/// How the upload server listens. Zero fields take the values of HOTRELOAD_SERVER_CONFIG_DEFAULT().
typedef struct {
    uint16_t port;                ///< TCP port (default 8080).
    const char *partition_label;  ///< Partition that uploads go to (default "hotreload").
    size_t max_elf_size;          ///< Largest accepted upload in bytes (default 128 KiB).
} hotreload_server_config_t;

/// Port 8080, the default partition, uploads of at most 128 KiB.
#define HOTRELOAD_SERVER_CONFIG_DEFAULT() { \
    .port = 8080, \
    .partition_label = HOTRELOAD_DEFAULT_PARTITION_LABEL, \
    .max_elf_size = 128 * 1024, \
}

/// Starts the HTTP server that stores uploaded modules (docs/PROTOCOL.md). Uploads never reload.
///
/// @return ESP_OK; ESP_ERR_INVALID_ARG: `config` is NULL; ESP_ERR_INVALID_STATE: already running;
///   ESP_ERR_NOT_FOUND: no such partition; ESP_FAIL: the HTTP server did not start.
esp_err_t hotreload_server_start(const hotreload_server_config_t *config);

/// As hotreload_server_start(), on the application's own HTTP server instead of a port of its own. `server`
/// is an httpd_handle_t with room for four URI handlers (eight before ESP-IDF 5.2) and at least 8 KiB of
/// stack. `config->port` should be the port that it listens on: it is told to people and to mDNS. Stop it
/// before httpd_stop().
///
/// @return as hotreload_server_start(); ESP_ERR_INVALID_ARG: `server` is NULL; ESP_ERR_NOT_SUPPORTED: this platform has no
///   HTTP server to attach to.
esp_err_t hotreload_server_attach(void *server, const hotreload_server_config_t *config);

/// Stops the HTTP server, or takes its paths off the application's. An upload under way is dropped, which may
/// wait a few seconds for its client. Not to be called by a request handler of the server that
/// hotreload_server_start() started.
///
/// @return ESP_OK; ESP_ERR_INVALID_STATE: it is not running.
esp_err_t hotreload_server_stop(void);

#ifdef __cplusplus
}
#endif
