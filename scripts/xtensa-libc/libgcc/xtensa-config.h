/* What the assembly of libgcc may use: what ESP32, ESP32-S2, ESP32-S3 and QEMU's dc233c all have.
 * SPDX-License-Identifier: MIT */
#define XCHAL_HAVE_BE 0
#define XCHAL_HAVE_ABS 1
#define XCHAL_HAVE_ADDX 1
#define XCHAL_HAVE_NSA 1
#define XCHAL_HAVE_MINMAX 1
#define XCHAL_HAVE_SEXT 1
#define XCHAL_HAVE_L32R 1
#define XCHAL_HAVE_MAC16 0
#define XCHAL_HAVE_MUL16 1
#define XCHAL_HAVE_MUL32 1
#define XCHAL_HAVE_MUL32_HIGH 0
#define XCHAL_HAVE_DIV32 1
#define XCHAL_HAVE_LOOPS 0
#define XCHAL_HAVE_FP 0
#define XCHAL_HAVE_WINDOWED 1
/* 32 on dc233c: spilling as many as ESP32 has spills all of those, too. */
#define XCHAL_NUM_AREGS 64
