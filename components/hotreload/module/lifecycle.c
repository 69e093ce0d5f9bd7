// What a module runs when it comes and goes: its constructors and destructors, and the functions that
// hotreload_module.h names. Compiled with every module; the linker takes what is needed, which is nothing for
// a module that has nothing to run.
//
// The module brings its own __cxa_atexit() and __dso_handle (Itanium C++ ABI, 3.3.6): the firmware's would call
// destructors of a module that is long gone. All of this is hidden: no export.
//
// SPDX-License-Identifier: MIT
#include "../include/hotreload_module.h"

#include <stddef.h>

#ifdef __clang__
// A core without atomic instructions calls the firmware's __atomic_exchange_4().
#pragma clang diagnostic ignored "-Watomic-alignment"
#endif

#define HIDDEN __attribute__((visibility("hidden")))

/// Linker script: what the sections of this kind hold, from the first to behind the last. Each is a pointer to a
/// function.
#define LIST(type, name) extern HIDDEN type const hotreload_##name##_begin[], hotreload_##name##_end[]
#define COUNT(name) (hotreload_##name##_end - hotreload_##name##_begin)

typedef void (*plain_t)(void);
typedef int (*on_load_t)(hotreload_load_reason_t);
typedef void (*on_unload_t)(hotreload_unload_reason_t);
typedef bool (*migrate_t)(const hotreload_migration_t *);

LIST(plain_t, constructors);
LIST(plain_t, destructors);
LIST(on_load_t, on_load);
LIST(on_unload_t, on_unload);
LIST(migrate_t, migrate);

// Functions to call at the end -------------------------------------------------------------------------------

/// One call of __cxa_atexit() or atexit(). On the firmware's heap: how many there will be shows when they happen.
struct at_end {
    struct at_end *earlier;
    void (*function)(void *);
    void *argument;
};

static struct at_end *latest;

/// Set with the first record: a module without one links neither the loop nor free(). Volatile, or the compiler
/// would see that there is but one value to call.
static void (*volatile run_at_end)(void);

// The firmware's.
void *malloc(size_t size);
void free(void *block);

static void run_latest_first(void)
{
    // A destructor may register another function: it is called next.
    for (struct at_end *record; (record = latest) != NULL;) {
        latest = record->earlier;
        record->function(record->argument);
        free(record);
    }
}

/// Its address identifies the module in calls of __cxa_atexit().
HIDDEN char __dso_handle;

/// Registers the destructor of a static object. Called by compiled C++.
///
/// @return 0; -1: the heap is full, the function will not be called.
HIDDEN __attribute__((noinline, used))
int __cxa_atexit(void (*function)(void *), void *argument, void *dso)
{
    (void)dso;
    struct at_end *record = malloc(sizeof *record);
    if (record == NULL)
        return -1;
    record->function = function;
    record->argument = argument;
    run_at_end = run_latest_first;
    // Two tasks may register at a time. Nobody reads the list before all have left the module.
    record->earlier = __atomic_exchange_n(&latest, record, __ATOMIC_RELAXED);
    return 0;
}

static void call(void *function)
{
    ((plain_t)function)();
}

/// C's: called when the module is unloaded.
HIDDEN int atexit(void (*function)(void))
{
    return __cxa_atexit(call, (void *)function, NULL);
}

/// In the place of a virtual function without a body (Itanium C++ ABI, 3.2.6).
HIDDEN void __cxa_pure_virtual(void)
{
    __builtin_trap();
}

/// Calls what was registered so far.
static void finish(void)
{
    const plain_t run = run_at_end;
    if (run != NULL)
        run();
}

// The function that the runtime calls ------------------------------------------------------------------------

static void unload(hotreload_unload_reason_t reason)
{
    for (ptrdiff_t index = COUNT(on_unload); index > 0; index--)
        hotreload_on_unload_begin[index - 1](reason);
}

static int load(hotreload_load_reason_t reason)
{
    for (ptrdiff_t index = 0; index < COUNT(on_load); index++) {
        const int answer = hotreload_on_load_begin[index](reason);
        // There is nothing else to run: none of them is left out because another one has a complaint.
        if (answer == 0 || reason == HOTRELOAD_LOAD_RESTORED)
            continue;
        // What the others have started must not outlive the module.
        if (index > 0)
            unload(HOTRELOAD_UNLOAD_REPLACEMENT);
        return answer;
    }
    return 0;
}

HIDDEN int32_t hotreload_lifecycle(uint32_t event, uint32_t argument)
{
    int32_t result = 0;
    switch (event) {
    case HOTRELOAD_EVENT_CONSTRUCT:
        for (ptrdiff_t index = 0; index < COUNT(constructors); index++)
            hotreload_constructors_begin[index]();
        break;
    case HOTRELOAD_EVENT_LOAD:
        result = load((hotreload_load_reason_t)argument);
        break;
    case HOTRELOAD_EVENT_UNLOAD:
        unload((hotreload_unload_reason_t)argument);
        break;
    case HOTRELOAD_EVENT_MIGRATE:
        for (ptrdiff_t index = 0; index < COUNT(migrate) && result == 0; index++)
            result = hotreload_migrate_begin[index]((const hotreload_migration_t *)argument);
        break;
    case HOTRELOAD_EVENT_DESTRUCT:
        finish();
        for (ptrdiff_t index = COUNT(destructors); index > 0; index--)
            hotreload_destructors_begin[index - 1]();
        // A destructor may have made a static object, or called atexit().
        finish();
        break;
    }
    return result;
}
