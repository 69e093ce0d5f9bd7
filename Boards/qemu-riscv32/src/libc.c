// What picolibc wants from its platform: the standard streams, and errno for code that has no TLS.
// SPDX-License-Identifier: MIT
#include <stdio.h>

#undef __PICOLIBC_ERRNO_FUNCTION  // set for everybody else by toolchain.cmake
#include <errno.h>

#include "board.h"
#include "terminal.h"

int *board_errno(void);

static int put(char byte, FILE *stream)
{
    (void)stream;
    terminal_put(byte);
    return (unsigned char)byte;
}

static int get(FILE *stream)
{
    (void)stream;
    char byte;
    terminal_flush();
    while (!terminal_get(&byte))
        board_delay_ms(10);
    return (unsigned char)byte;
}

static FILE console = FDEV_SETUP_STREAM(put, get, NULL, _FDEV_SETUP_RW);
FILE *const stdin = &console;
FILE *const stdout = &console;
FILE *const stderr = &console;

int *board_errno(void)
{
    return &errno;
}
