// From the end of start.S to main().
// SPDX-License-Identifier: MIT
#include <stdint.h>
#include <stdlib.h>

#include "board.h"
#include "clock.h"
#include "interrupt.h"
#include "memory_map.h"
#include "reset.h"

int main(void);
_Noreturn void board_start(void);

static void construct(void)
{
    extern void (*__init_array_start[])(void), (*__init_array_end[])(void);
    for (void (**constructor)(void) = __init_array_start; constructor != __init_array_end; constructor++)
        (*constructor)();
}

_Noreturn void board_start(void)
{
    memory_map_start();
    clock_start();
    interrupt_start();
    construct();
    reset_start();
    exit(main());
}

const char *board_version(void)
{
    return BOARD_NAME " 0.1.0";
}
