// SPDX-License-Identifier: MIT
#pragma once
#include <stdbool.h>
#include <stdint.h>

extern bool g_panic_abort;

typedef void (*panic_info_dump_fn_t)(const void* frame);

typedef enum {
    PANIC_EXCEPTION_DEBUG,
    PANIC_EXCEPTION_IWDT,
    PANIC_EXCEPTION_TWDT,
    PANIC_EXCEPTION_ABORT,
    PANIC_EXCEPTION_FAULT,
} panic_exception_t;

typedef struct {
    int core;
    panic_exception_t exception;
    const char* reason;
    const char* description;
    panic_info_dump_fn_t details;
    panic_info_dump_fn_t state;
    const void* addr;
    const void* frame;
    bool pseudo_excause;
} panic_info_t;

void panic_print_str(const char *str);
uint32_t panic_get_cause(const void* frame);
