// Tables of pointers: to functions, to strings, into and just outside of arrays; switches; labels.
#include "corpus.h"

static int twice(int value) { return value * 2; }
static int negated(int value) { return -value; }

static const struct operation {
    const char *name;
    int (*apply)(int);
    const int *operand;
} operations[] = {
    {"twice", twice, &table_numbers[1]},
    {"negated", negated, &table_numbers[7]},
    {"many", corpus_many, table_numbers},
};

int table_numbers[8] = {2, 3, 5, 7, 11, 13, 17, 19};
int *table_end = &table_numbers[8];
int *table_before = &table_numbers[-1];
int (*volatile table_function)(int) = twice;
static const char *const *volatile table_names = (const char *const[]){"zero", "un", "deux"};
static char text[] = "in the data";
static char *volatile text_end = text + sizeof text;
static struct operation *volatile behind_operations = (struct operation *)&operations[3];

const char *corpus_name(int value)
{
    switch (value) {
    case 0: return "zero";
    case 1: return "un";
    case 2: return "deux";
    case 3: return "trois";
    case 4: return "quatre";
    case 5: return "cinq";
    case 6: return "six";
    case 7: return operations[value & 1].name;
    default: return table_names[value % 3];
    }
}

int corpus_switch(int value, int other)
{
    switch (value) {
    case 10: return corpus_many(other);
    case 11: return other * 3;
    case 12: return other + *text_end;
    case 13: return imported_add(other, 4);
    case 14: return other ^ 5;
    case 15: return other % 7;
    case 16: return table_function(other);
    default: return (int)(behind_operations - operations);
    }
}

int corpus_goto(int value)
{
    static const void *const labels[] = {&&first, &&second, &&third, &&first};
    goto *labels[value & 3];
first:
    return 10;
second:
    return 20;
third:
    return operations[value % 3].apply(*operations[value % 3].operand);
}
