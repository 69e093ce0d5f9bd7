// The code to play with: edit it while the firmware runs, then `hotreload reload`.
#include "reloadable.h"

#include <stdio.h>

#include "board.h"

static int hello_count;
static const char *greeting = "Hello";

void reloadable_init(void)
{
    hello_count = 0;
}

void reloadable_hello(const char *name)
{
    printf("%s, %s, from %s! %d\n", greeting, name, board_version(), hello_count++);
}
