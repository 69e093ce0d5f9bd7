/* What GNU as, ld and objdump for Xtensa know of the core: compiled with binutils' own tables of instructions
 * into the library that they load because XTENSA_GNU_CONFIG names it (see include/xtensa-dynconfig.h there).
 * The tables are those of a windowed core: loops, s32c1i, mul32, div32, the options of ESP32's and ESP32-S3's
 * cores but for floating point. xtensa-config.h beside them says big-endian, which no chip of Espressif's is.
 * SPDX-License-Identifier: MIT */
#define XTENSA_CONFIG_DEFINITION
#include "xtensa-config.h"
#undef XCHAL_HAVE_BE
#define XCHAL_HAVE_BE 0
#include "xtensa-dynconfig.h"

XTENSA_CONFIG_INSTANCE_LIST;
