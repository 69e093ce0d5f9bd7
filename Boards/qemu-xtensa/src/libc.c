// What newlib wants from its platform: a terminal, and memory for malloc. There are no files.
// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/types.h>
#include <unistd.h>

#include "board.h"
#include "terminal.h"

// newlib's names, which its headers declare for nobody else.
int _close(int file);
int _fstat(int file, struct stat *status);
int _getpid(void);
int _gettimeofday(struct timeval *time, void *zone);
int _isatty(int file);
int _kill(int process, int signal);
off_t _lseek(int file, off_t offset, int whence);
ssize_t _read(int file, void *bytes, size_t size);
void *_sbrk(ptrdiff_t increment);
clock_t _times(struct tms *times);
ssize_t _write(int file, const void *bytes, size_t size);

ssize_t _write(int file, const void *bytes, size_t size)
{
    (void)file;
    for (size_t index = 0; index < size; index++)
        terminal_put(((const char *)bytes)[index]);
    return (ssize_t)size;
}

/// One byte: nobody who reads lines from a terminal waits for more than there is.
ssize_t _read(int file, void *bytes, size_t size)
{
    (void)file;
    if (size == 0)
        return 0;
    terminal_flush();
    while (!terminal_get(bytes))
        board_delay_ms(10);
    return 1;
}

int _fstat(int file, struct stat *status)
{
    (void)file;
    *status = (struct stat){ .st_mode = S_IFCHR };
    return 0;
}

int _isatty(int file)
{
    (void)file;
    return 1;
}

off_t _lseek(int file, off_t offset, int whence)
{
    (void)file;
    (void)offset;
    (void)whence;
    errno = ESPIPE;
    return -1;
}

int _close(int file)
{
    (void)file;
    errno = EBADF;
    return -1;
}

/// What has been printed is seen, whatever happens next: stdout keeps nothing back.
__attribute__((constructor)) static void unbuffer(void)
{
    setvbuf(stdout, NULL, _IONBF, 0);
}

void *_sbrk(ptrdiff_t increment)
{
    extern char __heap_start[], __heap_end[];
    static char *end = __heap_start;
    if (increment > __heap_end - end || increment < __heap_start - end) {
        errno = ENOMEM;
        return (void *)-1;
    }
    char *start = end;
    end += increment;
    return start;
}

/// raise() of the only process there is: its default action, without a handler, is to end the program.
int _kill(int process, int signal)
{
    (void)process;
    printf("signal %d\n", signal);
    _exit(BOARD_STATUS_ABORT);
}

int _getpid(void)
{
    return 1;
}

/// The board has no clock that knows the date.
int _gettimeofday(struct timeval *time, void *zone)
{
    (void)time;
    (void)zone;
    errno = ENOSYS;
    return -1;
}

clock_t _times(struct tms *times)
{
    (void)times;
    errno = ENOSYS;
    return (clock_t)-1;
}
