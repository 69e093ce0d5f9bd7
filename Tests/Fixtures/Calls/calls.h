// What the firmware of CallTests and its module call of each other.
//
// Every argument and every result is hashed on both sides: the firmware hashes what it passes, the module what
// arrives, and the other way round for results.
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

// FNV-1a over the bytes of a value.
static inline uint32_t hash_bytes(uint32_t hash, const void *bytes, unsigned count)
{
    for (unsigned index = 0; index < count; index++)
        hash = (hash ^ ((const uint8_t *)bytes)[index]) * 16777619u;
    return hash;
}

#define HASH_BEGIN 2166136261u
#define HASH(hash, value) ((hash) = hash_bytes((hash), &(value), sizeof(value)))

struct byte { uint8_t value; };
struct three { uint8_t bytes[3]; };
struct pair { int32_t first; int16_t second; int16_t third; };
struct doubled { double value; };
struct point { float x; float y; };
struct labelled { int label; float number; };
struct mixed { float number; int8_t letter; uint8_t more[3]; };
struct large { uint32_t words[9]; };
struct __attribute__((aligned(16))) aligned { uint64_t low; uint64_t high; };
union either { uint64_t integer; double number; };
typedef int (*operation)(int, int);

/// The module's own hash of what arrived last.
extern uint32_t arrived;

// Registers and stack.
uint32_t no_arguments(void);
uint32_t six(int a, int b, int c, int d, int e, int f);
uint32_t seven(int a, int b, int c, int d, int e, int f, int g);
uint32_t eight(int a, int b, int c, int d, int e, int f, int g, int h);
uint32_t nine(int a, int b, int c, int d, int e, int f, int g, int h, int i);
uint32_t twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l);
uint32_t seventeen(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l, int m,
                   int n, int o, int p, int q);
uint32_t narrow(bool a, int8_t b, uint8_t c, int16_t d, uint16_t e, char f, int8_t g, int16_t h, int8_t i,
                uint16_t j, bool k);
uint32_t unaligned_pairs(int a, uint64_t b, int c, double d, int e, uint64_t f, char g, double h, float i);
uint32_t floats(float a, float b, int c, float d, float e, float f, float g, float h, float i, float j, float k);
uint32_t split(int a, int b, int c, int d, int e, int f, int g, uint64_t h);
uint32_t pointers(const void *a, const char *b, operation c, void *d);

// Structures by value.
uint32_t small_structures(struct byte a, struct three b, struct pair c, struct doubled d, struct mixed e);
uint32_t float_structures(struct point a, struct labelled b, float c, struct point d, struct point e,
                          struct labelled f);
uint32_t split_structure(int a, int b, int c, int d, int e, int f, int g, struct pair h, int i);
uint32_t large_structures(struct large a, int b, struct large c, struct aligned d, union either e);

// Results.
int64_t result_of_64_bits(int64_t a, int32_t b);
float result_float(float a, float b);
double result_double(double a, double b);
long double result_long_double(int which, long double a, long double b);
_Complex double result_complex(double a, double b);
_Complex float result_complex_float(float a, float b);
bool result_bool(int a);
int8_t result_narrow(int a);
const char *result_pointer(const char *a, int b);
struct byte result_byte(int a);
struct three result_three(int a);
struct pair result_pair(int a, int b, int c);
struct point result_point(float a, float b);
struct labelled result_labelled(int a, float b);
struct mixed result_mixed(float a, int b);
struct large result_large(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j);
struct aligned result_aligned(uint64_t a, uint64_t b);

// Variadics.
uint32_t variadic(const char *kinds, ...);
uint32_t variadic_list(const char *kinds, va_list list);

// Pointers to functions, both ways.
int add(int a, int b);
int multiply(int a, int b);
operation module_operation(int which);
bool module_knows(operation function);
int call_back(operation function, int a, int b);
uint32_t call_back_with_everything(void);
void sort(int *numbers, unsigned count);

// Recursion: module -> firmware -> module.
int module_ackermann(int m, int n);
uint32_t module_down(uint32_t depth, uint64_t sum, int32_t number, int16_t small);

// From interrupts.
int three_of(int a, int b, int c);

// The firmware's.
int firmware_ackermann(int m, int n);
uint32_t firmware_down(uint32_t depth, uint64_t sum, int32_t number, int16_t small);
uint32_t firmware_everything(int a, uint64_t b, struct pair c, struct large d, double e, float f, int g, int h,
                             uint64_t i, struct three j);
void firmware_sort(void *base, unsigned count, unsigned size, int (*compare)(const void *, const void *));
operation other_address_of_add(void);

#ifdef __XTENSA__
// Calls `function` by CALLX4, as dispatchers of interrupts do (xtensa.S).
int call4(int (*function)(int, int, int), int a, int b, int c);
// From now on timer interrupts call three_of() in this way (xtensa.c).
void begin_interruptions(void);
// How many have.
unsigned interruptions(void);
// No more of them. Returns whether every result was right.
bool end_interruptions(void);
#endif

// Names that are no C identifiers, and long ones.
#define NAME_16 "sixteen_letters_"
#define NAME_256 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 NAME_16 \
    NAME_16 NAME_16 NAME_16 NAME_16
int dotted(int x) __asm__("dotted.name.1");
int dollar(int x) __asm__("dollar$name$");
int accented(int x) __asm__("größe");
#ifdef __XTENSA__
int minus(int x);  // the firmware is GCC's, which writes names without quotes
#else
int minus(int x) __asm__("a-b<c>(int)");
#endif
int long_name(int x) __asm__(NAME_256 NAME_256 NAME_256 NAME_256 NAME_256 NAME_256 NAME_256 NAME_256);
