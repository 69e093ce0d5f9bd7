// The firmware that the modules of the corpus are bound to.
#include "hotreload_port.h"
#include "firmware.h"

int firmware_apply(int value) { return value * value; }

int firmware_count = 3;
int firmware_numbers[8] = {1, 2, 3, 4, 5, 6, 7, 8};
const char firmware_name[] = "firmware";
struct firmware_record firmware_record = {'f', 7, firmware_apply};
int firmware_add(int left, int right) { return left + right; }
int firmware_call(int (*function)(int), int argument) { return function(argument); }

void *firmware_copy(void *to, const void *from, unsigned size)
{
    for (unsigned index = 0; index < size; index++)
        ((char *)to)[index] = ((const char *)from)[index];
    return to;
}
void *memcpy(void *to, const void *from, size_t size) { return firmware_copy(to, from, size); }

void *memset(void *to, int value, size_t size)
{
    for (size_t index = 0; index < size; index++)
        ((volatile char *)to)[index] = (char)value;
    return to;
}

void *malloc(size_t size) { return size < sizeof firmware_numbers ? firmware_numbers : 0; }
void free(void *block) { (void)block; }
// For cores without atomic instructions.
unsigned exchange(volatile unsigned *word, unsigned value, int order) __asm__("__atomic_exchange_4");
unsigned exchange(volatile unsigned *word, unsigned value, int order)
{
    unsigned old = *word;
    *word = value;
    (void)order;
    return old;
}

#ifdef __XTENSA__
// GCC's helper for cores without division.
int __modsi3(int value, int divisor);
int __modsi3(int value, int divisor)
{
    unsigned rest = value < 0 ? -(unsigned)value : (unsigned)value;
    unsigned by = divisor < 0 ? -(unsigned)divisor : (unsigned)divisor;
    while (rest >= by)
        rest -= by;
    return value < 0 ? -(int)rest : (int)rest;
}
#endif

void __cxa_pure_virtual(void) { for (;;) { } }

const char *hotreload_symbol_of_slot(const void *slot) { return slot ? "?" : "!"; }
void hotreload_port_empty_slot(const char *symbol) { (void)symbol; for (;;) { } }

int _start(void) { return (int)hotreload_port_tables[hotreload_port_table_count - 1]->count; }
