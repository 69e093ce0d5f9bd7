/* Of GCC's gcc/config/xtensa/xtensa.h what libgcc2.c reads. See tconfig.h. */
#define BITS_PER_UNIT 8
#define MIN_UNITS_PER_WORD 4
