/* libgcc2.c and GCC's Xtensa assembly include the headers of a configured GCC: these stand for them. */
