// In no firmware until a module asks for it.
#include "../include/extras.h"

int extra_nobody_calls(int x) { return x * 3; }
