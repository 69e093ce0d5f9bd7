// What the files of the module have for each other; the corpus_… functions are its exports.
#pragma once
#include "firmware.h"
#ifdef __cplusplus
extern "C" {
#endif

extern int table_numbers[8];
extern int *table_end;
extern int *table_before;
extern int (*volatile table_function)(int);
extern unsigned char aligned_bytes[64];
extern int *const data_pointers[4];
extern int (*volatile imported_add)(int, int);

const char *corpus_name(int value);
int corpus_switch(int value, int other);
int corpus_goto(int value);
int corpus_many(int value);
int corpus_data(int index);
int corpus_imports(int value);
int corpus_shapes(int kind);

#ifdef __cplusplus
}
#endif
