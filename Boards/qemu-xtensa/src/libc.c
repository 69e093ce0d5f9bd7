// What newlib wants from its platform: "System Calls" of its manual, as far as there is something behind them.
// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "board.h"
#include "terminal.h"

int _read(int file, char *bytes, int size);
int _write(int file, const char *bytes, int size);
int _close(int file);
int _fstat(int file, struct stat *status);
int _isatty(int file);
off_t _lseek(int file, off_t offset, int origin);
void *_sbrk(ptrdiff_t increment);
int _kill(int process, int signal);
int _getpid(void);

/// stdin, stdout and stderr are the terminal; there are no other files.
static bool is_open(int file)
{
    if (file >= 0 && file <= STDERR_FILENO)
        return true;
    errno = EBADF;
    return false;
}

/// What is printed does not wait in newlib for a line to end: a trap may come first. The terminal keeps it.
__attribute__((constructor)) static void start(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
}

/// What has been typed: at least a byte, for which it waits.
int _read(int file, char *bytes, int size)
{
    if (!is_open(file))
        return -1;
    int count = 0;
    terminal_flush();
    while (count < size) {
        if (terminal_get(&bytes[count]))
            count++;
        else if (count > 0)
            break;
        else
            board_delay_ms(10);
    }
    return count;
}

int _write(int file, const char *bytes, int size)
{
    if (!is_open(file))
        return -1;
    for (int index = 0; index < size; index++)
        terminal_put(bytes[index]);
    return size;
}

int _close(int file)
{
    return is_open(file) ? 0 : -1;
}

int _fstat(int file, struct stat *status)
{
    if (!is_open(file))
        return -1;
    *status = (struct stat){.st_mode = S_IFCHR};
    return 0;
}

int _isatty(int file)
{
    return is_open(file);
}

off_t _lseek(int file, off_t offset, int origin)
{
    (void)offset;
    (void)origin;
    if (is_open(file))
        errno = ESPIPE;
    return -1;
}

/// Gives `increment` bytes more to malloc().
void *_sbrk(ptrdiff_t increment)
{
    extern char __heap_start[], __heap_end[];
    static char *end = __heap_start;
    if (increment > __heap_end - end || increment < __heap_start - end) {
        errno = ENOMEM;
        return (void *)-1;
    }
    char *const start = end;
    end += increment;
    return start;
}

/// raise() of a signal that nobody handles.
int _kill(int process, int signal)
{
    (void)process;
    printf("signal %d was raised\n", signal);
    _exit(BOARD_STATUS_ABORT);
}

int _getpid(void)
{
    return 1;
}
