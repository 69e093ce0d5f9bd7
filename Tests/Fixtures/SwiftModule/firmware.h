// What the module and its firmware share.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "hotreload_module.h"

// The firmware's.

/// Counts, and says which checks do not hold.
void firmware_check(bool holds, const char *what);
extern int32_t firmware_level;
#ifdef NOWHERE  // by COMPILE_DEFINITIONS, for the module
enum { FIRMWARE_NOWHERE = NOWHERE };
static inline int motto_length(void) { return sizeof MOTTO - 1; }
static inline int byte_count(const char *text) { return text == NULL ? -1 : (int)strlen(text); }
#endif
typedef struct {
    int32_t x, y;
} point_t;
point_t firmware_middle(point_t a, point_t b);
typedef int32_t (*visitor_t)(void *context, int32_t value);
/// Sum of what `visitor` makes of 0 ..< `count`.
int32_t firmware_visit(visitor_t visitor, void *context, int32_t count);
/// How many objects the module has.
void firmware_count_objects(int32_t change);

// The module's.

/// What a reload carries over. Hidden: it is the module's own.
typedef struct {
    int32_t generation;
    uint8_t history[4];
} kept_t;
extern __attribute__((visibility("hidden"))) kept_t kept;
/// The number of modules that have come and gone, and this one.
int32_t language_generation(void);

/// Checks that the language works.
void language_check(void);
/// Makes objects and keeps some of them. Returns how often it was called since the module came.
int32_t language_work(void);
/// Checks what String does with "<number> is it", where `number` is 42.
void text_check(int32_t number);
/// What the test edits.
int32_t language_answer(void);
