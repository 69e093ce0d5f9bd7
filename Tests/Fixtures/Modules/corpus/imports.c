// The firmware's functions, variables and arrays: read, written, and as addresses in initialised data. What it
// calls it calls through pointers.
#include "corpus.h"

static int *volatile count = &firmware_count;
static int *const volatile inside = &firmware_numbers[5];
static int *volatile behind = &firmware_numbers[8];
static int *volatile before = &firmware_numbers[-1];
int (*volatile imported_add)(int, int) = firmware_add;
static int (*volatile imported_call)(int (*)(int), int) = firmware_call;
static struct {
    const char *name;
    struct firmware_record *record;
    int *number;
} volatile both[] = {
    {firmware_name, &firmware_record, &firmware_record.number},
    {firmware_name + 4, &firmware_record + 1, table_numbers + 1},
};
static int *volatile absent = &absent_count;
static int (*volatile absent_pointer)(int) = absent_function;

static int called_back(int value) { return value + firmware_count; }

int corpus_imports(int value)
{
    int sum = imported_add(*count, *inside) + imported_add(value, (int)(behind - before));
    sum += imported_call(called_back, value) + imported_call(corpus_goto, value);
    if (absent_function != 0)
        sum += absent_pointer(value);
    if (absent != 0 || &absent_count != 0)
        sum += absent_count;
    if (imported_add == firmware_add)
        firmware_numbers[value & 7] = sum;
    return sum + both[value & 1].name[0] + both[value & 1].record->number;
}
