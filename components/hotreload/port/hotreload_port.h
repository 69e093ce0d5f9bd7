// The effects of the runtime: what a firmware platform provides, and what it may call back. No decisions
// are made on the far side of this header. Private: applications include hotreload.h.
//
// Addresses cross as uint32_t: they are addresses of the chip. See docs/PORTING.md.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../include/hotreload_module.h"

#ifdef __cplusplus
extern "C" {
#endif

// Threads ----------------------------------------------------------------------------------------------

/// Takes the runtime's lock; waits while another task has it. Recursive: its owner may take it again. Never
/// called from an interrupt, and never held while the runtime sends a reply to a parsed request. Does nothing
/// on a board without threads.
void hotreload_port_lock(void);
/// Gives it back, once for each time that it was taken.
void hotreload_port_unlock(void);
/// Writes what hotreload_update_available() reads: a byte that any task and any interrupt may read at any
/// time. In C, because Swift knows no volatile.
static inline void hotreload_port_set_flag(volatile bool *flag, bool value) {
    *flag = value;
}
static inline bool hotreload_port_flag(const volatile bool *flag) {
    return *flag;
}

// Memory -----------------------------------------------------------------------------------------------

/// Stores a word at a multiple of 4, by one instruction: some memory takes no other. In C, because Swift knows no
/// volatile, and would make memcpy() or memset() of a loop.
static inline void hotreload_port_store_word(uint32_t address, uint32_t value) {
    *(volatile uint32_t *)(uintptr_t)address = value;
}

static inline uint32_t hotreload_port_load_word(uint32_t address) {
    return *(const volatile uint32_t *)(uintptr_t)address;
}

/// One block of RAM that holds a module: `size` bytes of data at `data_address`, the same bytes seen by
/// the instruction bus at `executable_address`.
typedef struct {
    uint32_t data_address;
    uint32_t executable_address;
    uint32_t size;
} hotreload_port_block_t;

enum {
    HOTRELOAD_PORT_OK = 0,
    HOTRELOAD_PORT_NO_MEMORY = 1,       ///< No free block of this size.
    HOTRELOAD_PORT_NOT_EXECUTABLE = 2,  ///< This firmware's configuration allows no executable RAM.
    HOTRELOAD_PORT_NOT_FOUND = 3,       ///< No partition of this label.
    HOTRELOAD_PORT_FLASH_FAILED = 4,    ///< The flash driver refused or failed.
    HOTRELOAD_PORT_NOT_SUPPORTED = 5,   ///< This platform has no such thing.
    HOTRELOAD_PORT_IN_USE = 6,          ///< Somebody else listens on this TCP port.
};

/// What a block is for. A chip has either modules in one block, or data and code apart (ESP32).
enum {
    HOTRELOAD_PORT_MODULE = 0,  ///< Data and code: both buses see it.
    HOTRELOAD_PORT_DATA = 1,    ///< Data alone: nobody executes it.
    HOTRELOAD_PORT_CODE = 2,    ///< Code alone, written and read by aligned 32-bit words, at one address on both buses.
    HOTRELOAD_PORT_IMAGE = 3,   ///< A module's image before it is loaded, on any chip: nobody executes it.
};

/// Allocates a block, `alignment` (a power of two) bytes aligned on the data bus. `heap_caps` 0: the port's
/// choice. `purpose` is one of the four above; of an image's block, `executable_address` means nothing. Size and
/// alignment are multiples of the chip's cache lines; more of both may be given. Returns HOTRELOAD_PORT_OK, …_NO_MEMORY or …_NOT_EXECUTABLE.
int hotreload_port_allocate(uint32_t size, uint32_t alignment, uint32_t heap_caps, int purpose,
                            hotreload_port_block_t *block);
void hotreload_port_free(const hotreload_port_block_t *block);
/// Makes what was written through the data bus visible to instruction fetch.
void hotreload_port_synchronize(const hotreload_port_block_t *block);

// Flash ------------------------------------------------------------------------------------------------

/// A flash partition. `handle` is the port's own.
typedef struct {
    uintptr_t handle;
    uint32_t size;        ///< Bytes.
    uint32_t erase_size;  ///< Bytes of one erase unit, a power of two.
} hotreload_port_partition_t;

/// Finds a partition by its NUL-terminated label. HOTRELOAD_PORT_OK or …_NOT_FOUND.
int hotreload_port_find_partition(const char *label, hotreload_port_partition_t *partition);
/// Makes `size` bytes from `offset` readable at `*address` until hotreload_port_unmap(*mapping).
int hotreload_port_map(const hotreload_port_partition_t *partition, uint32_t offset, uint32_t size,
                       const void **address, uintptr_t *mapping);
void hotreload_port_unmap(uintptr_t mapping);
/// Erases whole units; `offset` and `size` are multiples of `erase_size`.
int hotreload_port_erase(const hotreload_port_partition_t *partition, uint32_t offset, uint32_t size);
/// Writes to erased flash; `offset` and `size` are multiples of 16.
int hotreload_port_write(const hotreload_port_partition_t *partition, uint32_t offset, const void *bytes, uint32_t size);

// Clock, randomness, log -------------------------------------------------------------------------------

/// Microseconds since boot, monotonic.
uint64_t hotreload_port_now(void);
/// Fills `bytes` from a hardware source of randomness. False if there is none: the server then refuses
/// to hand out nonces.
bool hotreload_port_random(void *bytes, size_t size);

enum { HOTRELOAD_PORT_ERROR = 1, HOTRELOAD_PORT_WARNING = 2, HOTRELOAD_PORT_INFO = 3 };
/// Logs one line of `size` bytes (ASCII, no line feed, no NUL) under the tag "hotreload".
void hotreload_port_log(int level, const char *line, size_t size);

// Restarts ---------------------------------------------------------------------------------------------

/// Why the chip started. Values of hotreload_port_reset_reason().
enum {
    HOTRELOAD_PORT_RESET_OTHER = 0,     ///< Unknown, or none of those below (deep sleep, USB, …).
    HOTRELOAD_PORT_RESET_POWER_ON = 1,
    HOTRELOAD_PORT_RESET_EXTERNAL = 2,  ///< A pin.
    HOTRELOAD_PORT_RESET_SOFTWARE = 3,  ///< The firmware asked for it.
    HOTRELOAD_PORT_RESET_CRASH = 4,     ///< An exception, abort().
    HOTRELOAD_PORT_RESET_WATCHDOG = 5,  ///< Any of them.
    HOTRELOAD_PORT_RESET_BROWN_OUT = 6,
};
/// Always the same until the next start.
int hotreload_port_reset_reason(void);

enum { HOTRELOAD_PORT_RETAINED_SIZE = 64 };
/// HOTRELOAD_PORT_RETAINED_SIZE bytes of RAM, aligned to 4, that nobody clears or uses when the chip starts
/// again without having lost power. After power-on they may hold anything. NULL where there are none. Asked
/// for while the firmware crashes, too.
void *hotreload_port_retained(void);

/// How the firmware came to its end. Values of hotreload_port_crash_t.kind.
enum {
    HOTRELOAD_PORT_CRASH_TRAP = 0,      ///< An exception of the core.
    HOTRELOAD_PORT_CRASH_ABORT = 1,     ///< abort(), assert(), ESP_ERROR_CHECK().
    HOTRELOAD_PORT_CRASH_WATCHDOG = 2,  ///< A watchdog of the chip or of the platform.
    HOTRELOAD_PORT_CRASH_HANG = 3,      ///< hotreload_is_hung() said so.
};

typedef struct {
    int kind;                 ///< HOTRELOAD_PORT_CRASH_…
    uint32_t cause;           ///< Of a trap: the core's own number (RISC-V: mcause or scause; Xtensa: EXCCAUSE).
    uint32_t pc;              ///< Where it was, 0 if that is not known.
    uint32_t return_address;  ///< Where that was called from, 0 if that is not known.
} hotreload_port_crash_t;

/// Called by the port while the firmware crashes, once, in whatever context, with nothing else running: it takes no
/// lock, no heap and no flash. Keeps the crash in hotreload_port_retained(), for the status after the restart, and
/// stores a line for people, with a NUL, in at most `size` bytes: "in reloadable_hello+0x1c, module 'hotreload'"; "" if
/// no module has to do with it. Returns whether a module is on trial: then the chip has to start again, which
/// brings back the one before it.
bool hotreload_crashed(const hotreload_port_crash_t *crash, char *line, size_t size);

// While a module is on trial ------------------------------------------------------------------------------

/// Calls hotreload_tick() once, `milliseconds` from now or a little later, in a task that may take the lock and use the
/// flash; on a board without threads, while the application waits. Replaces what was asked for before; 0: never.
void hotreload_port_schedule(uint32_t milliseconds);
/// Called by the port: confirms what has proved to be good. Asks for the next call itself.
void hotreload_tick(void);

/// Asks hotreload_is_hung() every `milliseconds` from now on, in a context that runs even while the application
/// hangs with interrupts on (a timer interrupt, a task of high priority); if it says yes, the firmware crashes with
/// HOTRELOAD_PORT_CRASH_HANG and starts again. 0: asks no more.
void hotreload_port_watch(uint32_t milliseconds);
/// Called by the port: whether a module on trial has not returned since the last call. Takes no lock, reads a few words.
bool hotreload_is_hung(void);

// The safe point ------------------------------------------------------------------------------------------

/// A task, as it was when it stopped.
typedef struct {
    const char *name;           ///< For people; NUL-terminated.
    const uint32_t *registers;  ///< Those that were saved when it lost the processor, its PC among them.
    uint32_t register_count;
    uint32_t stack;      ///< Address of the lowest word of its stack that is in use, a multiple of 4.
    uint32_t stack_end;  ///< Address behind the highest.
    bool is_caller;      ///< The task that asks: no registers; `stack` is anywhere below its call of hotreload.h.
} hotreload_port_task_t;

/// Stops all other tasks, on all cores, and the interrupts that could run a module's code as far as the platform can; on Xtensa,
/// all register windows are on the stacks. Short: nothing is logged, allocated or written to flash until they go on. False
/// where the platform cannot: nothing has stopped then.
bool hotreload_port_stop_tasks(void);
/// Task `index` of those that are stopped; false behind the last one. The same order until they go on. Handlers that are
/// registered for interrupts and timers, where the port knows them, are tasks without a stack whose registers
/// are the addresses of the handlers.
bool hotreload_port_task(uint32_t index, hotreload_port_task_t *task);
void hotreload_port_resume_tasks(void);
/// Lets other tasks run for about this long. Called with the lock held.
void hotreload_port_delay(uint32_t milliseconds);
/// Where the stack of the calling function's callers begins: the address of the word in which its return address is saved, or of
/// one that lies a little below. In C, because Swift has no frames. __builtin_frame_address() is the end of the
/// function's frame on RISC-V, whose last word is the return address; on Xtensa it is the beginning of the frame, and the 16
/// bytes before are those where register windows save the return address of whoever called (ISA Reference Manual, "The
/// Base Save Area").
__attribute__((always_inline)) static inline uint32_t hotreload_port_frame(void) {
    return (uint32_t)(uintptr_t)__builtin_frame_address(0) - 16;
}

// SHA-256 (only where the runtime is built without its own) ---------------------------------------------

/// Room for a SHA-256 in progress. May be moved between calls.
typedef struct {
    uint64_t opaque[32];
} hotreload_port_sha256_t;
void hotreload_port_sha256_begin(hotreload_port_sha256_t *context);
void hotreload_port_sha256_update(hotreload_port_sha256_t *context, const void *bytes, size_t size);
void hotreload_port_sha256_finish(hotreload_port_sha256_t *context, uint8_t digest[32]);

// The firmware that the runtime is part of ------------------------------------------------------------

/// How uploads are authenticated (docs/PROTOCOL.md). Values of hotreload_port_firmware_t.authentication.
enum {
    HOTRELOAD_PORT_AUTHENTICATION_CHALLENGE = 0,  ///< By a nonce of the device.
    HOTRELOAD_PORT_AUTHENTICATION_BODY = 1,       ///< By the body alone, as igrr/hotreload does.
};

/// What is done about a task that is inside the module that is to be replaced.
enum {
    HOTRELOAD_PORT_SAFE_POINT_WAIT = 0,    ///< Wait for it, at most a second; then refuse.
    HOTRELOAD_PORT_SAFE_POINT_REFUSE = 1,  ///< Refuse at once.
    HOTRELOAD_PORT_SAFE_POINT_OFF = 2,     ///< Nothing: the application knows what it does.
};

/// Who decides that a new module is good.
enum {
    HOTRELOAD_PORT_CONFIRM_AUTOMATIC = 0,    ///< The runtime, after three safe points or 10 s.
    HOTRELOAD_PORT_CONFIRM_APPLICATION = 1,  ///< The application, by hotreload_confirm().
};

/// Who this firmware is, and how it wants things done.
typedef struct {
    uint8_t build_id[32];  ///< SHA-256 of the firmware's ELF, or its linker build-ID padded with zeros.
    uint16_t chip;         ///< ESP-IDF's esp_chip_id_t; 0xFF00 and up for virtual chips.
    const char *version;   ///< The application's version, for people.
    const uint8_t *key;    ///< 32-byte upload key.
    uint8_t authentication;  ///< HOTRELOAD_PORT_AUTHENTICATION_…
    uint8_t safe_point;      ///< HOTRELOAD_PORT_SAFE_POINT_…
    uint8_t confirmation;    ///< HOTRELOAD_PORT_CONFIRM_…
    bool keeps_freed_code;   ///< Memory of a module that is freed is left as it is, not filled with what traps.
    uint32_t trial_timeout;  ///< Milliseconds that a module on trial may take to return to the application; 0: for ever.
} hotreload_port_firmware_t;
void hotreload_port_firmware(hotreload_port_firmware_t *firmware);

/// The symbol table of one module: generated code, one per partition label.
typedef struct {
    const char *partition_label;
    uint32_t count;             ///< Number of exports.
    uint32_t names_hash;        ///< FNV-1a (32 bits) of all names, each followed by a NUL, in table order.
    const char *const *names;   ///< Sorted by byte value.
    void *volatile *slots;      ///< What the stubs jump through.
    const void *empty_slot;     ///< What slot 0 holds where nothing is loaded: it leads to `hotreload_empty_slot`.
    uint32_t empty_slot_size;   ///< What slot i holds then lies i times as many bytes behind that. 0: all hold the same.
} hotreload_port_table_t;

/// Generated: the tables of all modules of this firmware.
extern const hotreload_port_table_t *const hotreload_port_tables[];
extern const uint32_t hotreload_port_table_count;
/// Table `index`; `index` < hotreload_port_table_count. Swift does not import arrays of unknown length.
static inline const hotreload_port_table_t *hotreload_port_table(uint32_t index) {
    return hotreload_port_tables[index];
}

/// Where empty slots lead: entered with the slot's address in t1 (RISC-V) or the caller's a10 (Xtensa), it finds the
/// symbol's name and calls hotreload_port_empty_slot(). Provided with the stubs (assembly).
void hotreload_empty_slot(void);
/// Writes slot `index` < table->count. In C, because Swift knows no volatile and no address of a C function.
static inline void hotreload_port_set_slot(const hotreload_port_table_t *table, uint32_t index, uint32_t address) {
    table->slots[index] = (void *)(uintptr_t)address;
}
static inline uint32_t hotreload_port_slot(const hotreload_port_table_t *table, uint32_t index) {
    return (uint32_t)(uintptr_t)table->slots[index];
}
static inline void hotreload_port_clear_slot(const hotreload_port_table_t *table, uint32_t index) {
    table->slots[index] = (void *)((uintptr_t)table->empty_slot + index * table->empty_slot_size);
}
/// Calls a module's lifecycle function (hotreload_module.h) at an executable address, and returns what it
/// returns. In C, because Swift makes no function out of an address.
static inline int32_t hotreload_port_call_lifecycle(uint32_t function, uint32_t event, uint32_t argument) {
    return ((hotreload_lifecycle_t)(uintptr_t)function)(event, argument);
}
/// The event HOTRELOAD_EVENT_MIGRATE: a kept variable whose layout has changed.
static inline int32_t hotreload_port_call_migrate(uint32_t function, uint32_t variable, uint32_t size,
                                                  uint32_t old_value, uint32_t old_size) {
    const hotreload_migration_t migration = {
        .variable = (void *)(uintptr_t)variable,
        .size = size,
        .old_value = (const void *)(uintptr_t)old_value,
        .old_size = old_size,
    };
    return hotreload_port_call_lifecycle(function, HOTRELOAD_EVENT_MIGRATE, (uint32_t)(uintptr_t)&migration);
}
/// A call through an empty slot. Prints the symbol's name and does not return.
_Noreturn void hotreload_port_empty_slot(const char *symbol);

// The HTTP server ---------------------------------------------------------------------------------------

/// Starts to serve: a TCP port of its own. From now on the port calls either the functions of a byte stream
/// or those of parsed requests, below. Called without the lock. What fails leaves nothing behind.
/// HOTRELOAD_PORT_OK, …_IN_USE, or another.
int hotreload_port_listen(uint16_t port);
/// Starts to serve the paths of hotreload_request_path() on the application's own HTTP server: `server` is its
/// httpd_handle_t. `port` is the TCP port that it listens on, as far as the application said.
/// HOTRELOAD_PORT_OK, …_NOT_SUPPORTED where requests come over a byte stream, or another.
int hotreload_port_attach(void *server, uint16_t port);
/// Ends either. When it returns, the port calls none of the functions below any more: uploads that were under
/// way have ended. Called without the lock, which tasks that have to end may be waiting for. Harmless where
/// nothing serves.
void hotreload_port_stop_listening(void);
/// Where the device can be reached: an IP address, as it stands in a URL (IPv6 in brackets), with a NUL, in
/// at most `size` bytes. HOTRELOAD_PORT_OK; …_NOT_FOUND: no network interface is up by now; …_NOT_SUPPORTED:
/// a channel without addresses.
int hotreload_port_address(char *address, size_t size);

// HTTP over a byte stream -------------------------------------------------------------------------------

/// Sends bytes to the peer; returns when they are accepted by the channel or the peer is gone.
void hotreload_port_send(const void *bytes, size_t size);
/// Ends the connection after what was sent, where the channel can.
void hotreload_port_close(void);

/// Asked by a port that serves the channel while the application waits: whether a module runs something
/// inside a call of hotreload.h. If it does, and waits, none of the three may be called.
bool hotreload_channel_is_busy(void);
/// Called by the port: bytes arrived from the peer.
void hotreload_channel_receive(const void *bytes, size_t size);
/// Called by the port: the peer connected (`true`) or went away (`false`), where the channel can tell.
void hotreload_channel_connected(bool connected);
/// Called by the port now and then (at least every 100 ms while listening): lets deadlines expire.
void hotreload_channel_tick(void);

// HTTP through a server that parses requests (esp_http_server) --------------------------------------------
//
// For each request the port calls hotreload_request_begin(), and does what it returns. Requests may overlap,
// in any tasks; the calls for one request do not.
//
//   hotreload_request_t request = {.context = …};
//   int next = hotreload_request_begin(&request, method, target);
//   while (next is …_UPLOAD or …_DRAIN)
//       bytes of the body came:      next = hotreload_request_body(&request, bytes, size);
//       none came for a while:       next = hotreload_request_tick(&request);
//       the client is gone:          hotreload_request_abort(&request), and the connection ends
//   …_DONE: leave the connection open; …_CLOSE: end it

/// One request. The port provides the memory for as long as the request lasts; it is plain data and may be moved.
typedef struct {
    /// The port's own: handed to hotreload_port_request_field() and hotreload_port_request_send(). May be changed between
    /// two calls (httpd_req_async_handler_begin makes a copy of a request).
    void *context;
    uint64_t deadline;  ///< The runtime's, as are the following.
    uint32_t unread;
    uint32_t upload;
    bool keeps_alive;
} hotreload_request_t;

/// What the port does next with a request.
enum {
    HOTRELOAD_REQUEST_DONE = 0,    ///< Nothing: the reply was sent, the connection may serve another request.
    HOTRELOAD_REQUEST_CLOSE = 1,   ///< End the connection, after what was sent.
    HOTRELOAD_REQUEST_UPLOAD = 2,  ///< Receive the body. It goes to flash and takes its time: in a task of its own, if possible.
    HOTRELOAD_REQUEST_DRAIN = 3,   ///< Receive the body, which is thrown away: a client that sends it reads the refusal.
};

/// Path `index` that the server answers, with any method: "/upload", …; NULL after the last one.
const char *hotreload_request_path(size_t index);
/// Called by the port: the head of a request is there. `method` is its name ("GET"), `target` is path and
/// query as sent; both are read during the call only. Sends the reply, `100 Continue`, or nothing.
/// HOTRELOAD_REQUEST_….
int hotreload_request_begin(hotreload_request_t *request, const char *method, const char *target);
/// Called by the port, after …_UPLOAD and …_DRAIN: the next bytes of the body, which are read during the call
/// only. Bytes behind the body are left alone. HOTRELOAD_REQUEST_….
int hotreload_request_body(hotreload_request_t *request, const void *bytes, size_t size);
/// Called by the port, after …_UPLOAD and …_DRAIN, at least every 5 s while nothing comes: lets deadlines
/// expire. HOTRELOAD_REQUEST_….
int hotreload_request_tick(hotreload_request_t *request);
/// Called by the port, after …_UPLOAD and …_DRAIN: the client is gone. What it had sent is dropped.
void hotreload_request_abort(hotreload_request_t *request);

/// Reads a field of the request's head, whose name is compared without regard to letter case: the first
/// `size` bytes of its value, no NUL needed. Returns the length of the value, which may be more than `size`;
/// a negative number where there is no such field. Called by hotreload_request_begin(), without the lock.
int32_t hotreload_port_request_field(void *context, const char *name, char *value, size_t size);
/// Sends bytes of a reply as they are, status line and all; returns when they are on their way or the client
/// is gone, in which case the port ends the connection, whatever comes after. Called by the three functions
/// above, without the lock.
void hotreload_port_request_send(void *context, const void *bytes, size_t size);

// Stubs --------------------------------------------------------------------------------------------------

/// Called by the empty-slot handler, once: the name of the symbol whose slot is at `slot`, NULL if it is
/// none. Keeps the name in hotreload_port_retained(), for the status after the restart.
const char *hotreload_symbol_of_slot(const void *slot);

#ifdef __cplusplus
}
#endif
