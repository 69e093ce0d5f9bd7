// SPDX-License-Identifier: MIT
#include "names.h"

#define DEFINE(name) int name(int number) { return number; }
LONG_FUNCTIONS(DEFINE)
