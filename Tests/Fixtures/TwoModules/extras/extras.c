#include "../include/extras.h"

int extra_numbers[4] = {1, 2, 3, 4};
struct extra extra_structure = {"text", 42};

int extra_twice(int x) { return x * 2; }
