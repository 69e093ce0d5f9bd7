// What interface.c calls and its modules export.
#pragma once

struct big {
    int words[6];
};

int small(int x);
int one(void);
long long wide(long long a, int b);
double real(double a, double b);
float single(float a, float b);
int twelve(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l);
int variadic(int count, ...);
struct big structure(struct big value, int add);
int factorial(int n);
int firmware_factorial(int n);
