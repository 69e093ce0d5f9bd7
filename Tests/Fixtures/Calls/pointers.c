// Another file of the firmware: a stub's address is the same everywhere in it.
#include "calls.h"

/// In initialised data.
static const operation table[] = {multiply, add};

operation other_address_of_add(void) { return table[1]; }
