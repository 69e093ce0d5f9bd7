// Calls between the files, directly and through pointers.
#include "corpus.h"

static int depth;

static int recursive(int value) { return value <= 0 ? depth : corpus_many(value - 1); }
static int (*volatile again)(int) = recursive;

int corpus_many(int value)
{
    depth++;
    int sum = corpus_goto(value) + corpus_switch(value & 15, value) + corpus_name(value)[0];
    sum += again(value) + table_function(value) + corpus_data(value & 63);
    return sum + *table_before + (int)(table_end - table_numbers) + aligned_bytes[value & 63];
}
