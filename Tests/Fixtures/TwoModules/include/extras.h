// What the firmware offers its modules.
#pragma once

extern int extra_numbers[4];
extern struct extra {
    char text[5];
    int number;
} extra_structure;
int extra_twice(int x);
int extra_nobody_calls(int x);
