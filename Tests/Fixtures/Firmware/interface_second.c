// The second file of the module of interface.c: called by the first.
#include "interface.h"

int one(void) { return 1; }
