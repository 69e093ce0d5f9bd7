/* See tconfig.h. */
#include <limits.h>
#include <stddef.h>
