// Kept variables of every kind of type, for tests of the debug information that compilers write. The tests compile this
// file with clang. What GCC makes of it is committed (GCC 12.2 of Debian 12; the machine does not matter):
//
//   gcc -m32 -ffreestanding -nostdlib -shared -fPIC -Os -gdwarf-4 state.c -o gcc-dwarf4.so
//   gcc -m32 -ffreestanding -nostdlib -shared -fPIC -Os -gdwarf-5 state.c -o gcc-dwarf5.so
#include <stdbool.h>
#include <stdint.h>

#define KEEP __attribute__((used, section(".hotreload.keep")))

typedef uint32_t ticks;
enum mode { IDLE, RUNNING };
struct node {
    struct node *next;
    ticks value;
};

KEEP static ticks counter = 3;
KEEP volatile signed char small;
KEEP _Atomic int shared;
KEEP char letter;
KEEP static float ratio;
KEEP static bool flag;
KEEP static enum mode mode;
KEEP static int matrix[2][3];
KEEP static struct node list;
KEEP static struct node *head;
KEEP static const void *anything;
KEEP static int (*callback)(int);
KEEP static int **table[4];
KEEP static const char *const *names;
KEEP static struct {
    unsigned low : 5, : 3, high : 9;
    uint8_t byte;
    bool on : 1;
} bits;
KEEP static struct {
    union {
        int whole;
        short half[2];
    };
    struct node nodes[2];
    struct {
        int x, y;
    } origin;
    int rest[];
} nested;
KEEP static struct __attribute__((packed)) {
    char tag;
    int value;
} packed;
KEEP static _Complex float impedance;

static int tick(void)
{
    KEEP static int calls;
    return ++calls;
}

int run(void)
{
    {
        KEEP static int inner;
        inner++;
    }
    return tick() + (int)counter;
}
