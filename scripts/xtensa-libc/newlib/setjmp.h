/* jmp_buf on Xtensa with register windows; setjmp.S says what lies where. newlib 3.3 does not know this machine.
 * SPDX-License-Identifier: MIT */
#ifndef _MACHINE_SETJMP_H
#define _MACHINE_SETJMP_H

#ifndef __XTENSA_WINDOWED_ABI__
#error "this C library is for Xtensa's windowed ABI: compile with -mabi=windowed"
#endif

typedef unsigned jmp_buf[14];

#endif
