// What the source of a module may use: state that outlives a reload, and functions that are called when a
// module comes and goes. Firmware sources do not need it. docs/MODULES.md shows how. C99 or C++11, and later.
//
// With HOTRELOAD_DISABLED (ESP-IDF: CONFIG_HOTRELOAD_ENABLE=n) the source is part of the firmware: HOTRELOAD_KEEP is an
// ordinary variable, and hotreload_load() and hotreload_unload() call the functions.
//
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// State ------------------------------------------------------------------------------------------------

/// Put before a variable: a reload carries its value over to the variable of the same name, size and layout in
/// the new module. `HOTRELOAD_KEEP static uint32_t count;`
///
/// The type has to be trivially copyable, the initial value a constant (C++: the compiler checks it; a constructor
/// that runs would undo what was carried over). Kept pointers may point to the firmware
/// and to the heap, never into the module. The build needs debug information (-g) to know the layout.
#define HOTRELOAD_KEEP HOTRELOAD_CONSTANT_INITIALIZED HOTRELOAD_KEPT

/// A kept variable whose size or layout the new module has changed.
typedef struct {
    void *variable;         ///< In the new module, with its initial value.
    uint32_t size;          ///< Bytes.
    const void *old_value;  ///< In the old module; gone when the function returns.
    uint32_t old_size;      ///< Bytes.
} hotreload_migration_t;

/// `HOTRELOAD_MIGRATE(function)` names a `bool function(const hotreload_migration_t *)`, which is called for each
/// such variable and says whether it has set it. Nobody did: it keeps its initial value, and the log says so.
#define HOTRELOAD_MIGRATE(function) \
    HOTRELOAD_HOOK(migrate, bool, function, (const hotreload_migration_t *))

// Coming and going ---------------------------------------------------------------------------------------

/// Why a module starts to run.
typedef enum {
    HOTRELOAD_LOAD_FIRST = 0,        ///< Nothing ran before it.
    HOTRELOAD_LOAD_REPLACEMENT = 1,  ///< It replaces another module, whose kept state it has.
    HOTRELOAD_LOAD_RESTORED = 2,     ///< What should have replaced it failed: it goes on, whatever it returns.
} hotreload_load_reason_t;

/// Why a module stops running.
typedef enum {
    HOTRELOAD_UNLOAD_FINAL = 0,        ///< hotreload_unload(): nothing follows.
    HOTRELOAD_UNLOAD_REPLACEMENT = 1,  ///< Another module is about to take its place, or to go on in it.
} hotreload_unload_reason_t;

/// `HOTRELOAD_ON_LOAD(function)` names an `int function(hotreload_load_reason_t)`, called after the constructors
/// and before the firmware calls the module. Anything but 0 refuses: the load fails, and what ran before runs on.
/// A module may name several; they are called in the order of the link. If one refuses after others said 0, the
/// functions of HOTRELOAD_ON_UNLOAD are called, all of them.
///
/// Neither hooks nor constructors and destructors may call hotreload.h: they get ESP_ERR_INVALID_STATE
/// (hotreload_update_available() answers).
#define HOTRELOAD_ON_LOAD(function) \
    HOTRELOAD_HOOK(on_load, int, function, (hotreload_load_reason_t))

/// `HOTRELOAD_ON_UNLOAD(function)` names a `void function(hotreload_unload_reason_t)`, called before the module's
/// successor starts: stop timers, free interrupts and sockets here. Several are called in reverse order.
#define HOTRELOAD_ON_UNLOAD(function) \
    HOTRELOAD_HOOK(on_unload, void, function, (hotreload_unload_reason_t))

// Below: how it is done ------------------------------------------------------------------------------------

// `used`: no compiler may reason that a variable that the code does not set has its initial value, or keep only the
// members that are used.
#if !defined(__cplusplus)
#define HOTRELOAD_CONSTANT_INITIALIZED
#elif defined(__clang__)
#define HOTRELOAD_CONSTANT_INITIALIZED __attribute__((require_constant_initialization))
#else
#define HOTRELOAD_CONSTANT_INITIALIZED __constinit
#endif

#ifndef HOTRELOAD_DISABLED
#define HOTRELOAD_KEPT __attribute__((used, section(".hotreload.keep")))
#define HOTRELOAD_HOOK(kind, result, function, parameters) \
    __attribute__((used, section(".hotreload." #kind))) static result (*hotreload_hook_##function) parameters = function
#else
#define HOTRELOAD_KEPT
/// Before main() the function is put on the list of its kind; that of `migrate` is never read.
#define HOTRELOAD_HOOK(kind, result, function, parameters) \
    static __attribute__((constructor)) void hotreload_constructor_##function(void) { \
        static hotreload_listed_t hotreload_listed; \
        result (*const hotreload_typed) parameters = function; \
        hotreload_listed.called = (void (*)(void))hotreload_typed; \
        hotreload_listed.unit = &hotreload_unit; \
        hotreload_listed.line = __LINE__; \
        hotreload_add_##kind(&hotreload_listed); \
    } \
    typedef int hotreload_hook_##function

/// A function of HOTRELOAD_ON_LOAD or HOTRELOAD_ON_UNLOAD in a firmware without hotreload.
typedef struct hotreload_listed {
    struct hotreload_listed *next;
    void (*called)(void);
    const char *unit;  ///< One for each source file; linkers keep their order.
    int line;
} hotreload_listed_t;
__attribute__((unused)) static const char hotreload_unit = 0;
void hotreload_add_on_load(hotreload_listed_t *hook);
void hotreload_add_on_unload(hotreload_listed_t *hook);
static inline void hotreload_add_migrate(hotreload_listed_t *hook) {
    (void)hook;
}
#endif

/// What the runtime asks of a module's lifecycle function.
enum {
    HOTRELOAD_EVENT_CONSTRUCT = 0,  ///< Run the constructors. Argument: 0.
    HOTRELOAD_EVENT_LOAD = 1,       ///< Argument: hotreload_load_reason_t. Result: 0, or what a function refused with.
    HOTRELOAD_EVENT_UNLOAD = 2,     ///< Argument: hotreload_unload_reason_t.
    HOTRELOAD_EVENT_MIGRATE = 3,    ///< Argument: the address of a hotreload_migration_t. Result: 1 if it was handled, else 0.
    HOTRELOAD_EVENT_DESTRUCT = 4,   ///< Run the destructors, last first. Argument: 0.
};

/// The one function of a module that the runtime calls; linked into modules that have anything to run.
typedef int32_t (*hotreload_lifecycle_t)(uint32_t event, uint32_t argument);

#ifdef __cplusplus
}
#endif
