/* What newlib was built with: what its configure script would have written.
 * SPDX-License-Identifier: MIT */
#ifndef __NEWLIB_H__
#define __NEWLIB_H__ 1

#include <_newlib_version.h>

/* printf and scanf: %zu, %a, %lld. */
#define _WANT_IO_C99_FORMATS 1
#define _WANT_IO_LONG_LONG 1
/* long double is double. */
#define _HAVE_LONG_DOUBLE 1
#define _LDBL_EQ_DBL 1
#define _WIDE_ORIENT 1
/* Characters of several bytes: UTF-8. */
#define _MB_CAPABLE 1
#define _MB_LEN_MAX 8

/* GCC must not make a call to memset of the loop in memset. */
#define _HAVE_CC_INHIBIT_LOOP_TO_LIBCALL 1
#define HAVE_INITFINI_ARRAY 1
#define _ATEXIT_DYNAMIC_ALLOC 1

#define _FVWRITE_IN_STREAMIO 1
#define _FSEEK_OPTIMIZATION 1
#define _UNBUF_STREAM_OPT 1

#endif
