// Data of every alignment and kind: pointers in packed structures, 64-byte lines, zeros, nothing at all.
#include "corpus.h"

unsigned char aligned_bytes[64] __attribute__((aligned(64))) = {1, 2, 3};
static unsigned char aligned_zeros[192] __attribute__((aligned(64)));
static char crooked[3] = {'a', 'b', 'c'};
static int zeros[500];
static struct {} nothing;
static int none[0];

struct __attribute__((packed)) packed {
    char letter;
    int *pointer;
    int (*function)(int);
    short number;
    void *object;
};
static struct packed packed = {'p', &table_numbers[2], corpus_many, 5, &firmware_record.number};
static struct packed volatile packed_array[3] = {
    {'q', zeros + 499, corpus_goto, 6, aligned_zeros},
    {'r', table_numbers + 8, firmware_apply, 7, (void *)&packed_array[2].object},
    {'s', (int *)-4, 0, 8, firmware_numbers},
};
int *const data_pointers[4] = {&zeros[0], &zeros[499], 0, &table_numbers[0]};
static void *volatile lines[] = {aligned_bytes, aligned_bytes + 64, &nothing, none, crooked + 1};
static volatile long long wide = 0x0123456789ABCDEF;
static const volatile short half = 0x55AA;

int corpus_data(int index)
{
    zeros[index] += packed.letter + *packed.pointer;
    aligned_zeros[index & 63]++;
    wide += half;
    return packed_array[index % 3].function(zeros[index]) + *(int *)lines[index % 5]
        + (int)wide + *data_pointers[index & 3];
}
