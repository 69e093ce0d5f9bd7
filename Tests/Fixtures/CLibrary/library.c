// What firmware and modules use of the C library; CHECK names the function.
// SPDX-License-Identifier: MIT
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "library.h"

static int wrong;

static void expect(int holds, const char *what)
{
    if (!holds) {
        wrong++;
        printf("WRONG %s\n", what);
    }
}
#define EXPECT(condition) expect(condition, #condition)

static void expect_text(const char *expected, const char *text)
{
    if (strcmp(expected, text) != 0) {
        wrong++;
        printf("WRONG '%s', not '%s'\n", text, expected);
    }
}

static void printing(void)
{
    char text[128];
    EXPECT(snprintf(text, sizeof text, "%d %5u|%-4x|%s %c %%", -42, 7u, 0xbeu, "text", 'c') == 23);
    expect_text("-42     7|be  |text c %", text);
    snprintf(text, sizeof text, "%lld %llx %" PRIu64, LLONG_MIN, 0xfedcba9876543210ull, UINT64_MAX);
    expect_text("-9223372036854775808 fedcba9876543210 18446744073709551615", text);
    snprintf(text, sizeof text, "%.3f %e %g %.15g", 3.14159, 1e100, 0.5f, 1.0 / 3);
    expect_text("3.142 1.000000e+100 0.5 0.333333333333333", text);
    EXPECT(snprintf(text, 4, "%s", "too long") == 8);
    expect_text("too", text);
    EXPECT(fputs("C library: ", stdout) >= 0);
    EXPECT(putchar('p') == 'p');
    EXPECT(putc('r', stdout) == 'r');
    EXPECT(printf("inted %d\n", 1) == 8);
}

static void reading(void)
{
    int first, second;
    float third;
    long long fourth;
    EXPECT(sscanf("12 -7 3.5 99999999999", "%d %d %f %lld", &first, &second, &third, &fourth) == 4);
    EXPECT(first == 12 && second == -7 && third == 3.5f && fourth == 99999999999);
    EXPECT(strtod("1.23456789012345e-5 rest", NULL) == 1.23456789012345e-5);
    errno = 0;
    EXPECT(strtol("99999999999", NULL, 10) == LONG_MAX && errno == ERANGE);
    EXPECT(strtoull("fffffffffffffffe", NULL, 16) == UINT64_MAX - 1);
    EXPECT(isalpha('x') && !isalpha('4') && isspace('\n') && toupper('q') == 'Q');
}

// Where the compiler cannot know: what the library and libgcc compute.
static volatile long long signed_number = -1000000000007;
static volatile unsigned long long unsigned_number = 0xfedcba9876543210;
static volatile int divisor = -12345;
static volatile double two = 2;
static volatile float two_float = 2;

static void computing(void)
{
    EXPECT(signed_number / divisor == 81004455 && signed_number % divisor == -3032);
    EXPECT(unsigned_number / 1000003 == 18364703450382 && unsigned_number % 1000003 == 713574);
    EXPECT(signed_number * divisor == 12345000000086415 && signed_number >> 7 == -7812500001);
    EXPECT(INT_MIN / divisor == 173955 && INT_MIN % divisor == -9173);
    EXPECT((unsigned)divisor / 7u == 613564993 && (unsigned)divisor % 7u == 0);
    EXPECT((double)signed_number == -1000000000007.0 && (long long)(two * 1e15) == 2000000000000000);
    EXPECT((unsigned)(two * 1.7e9) == 3400000000u && (int)(two_float * -1.5f) == -3);
    EXPECT(two / 3 > 0.66 && two_float / 3 < 0.67f && two + two_float == 4 && two * two != two);
    EXPECT(__builtin_popcountll(unsigned_number) == 32 && __builtin_clz((unsigned)two) == 30);
    EXPECT(sqrt(two) == 1.4142135623730951 && fabs(sin(two) - 0.9092974268256817) < 1e-15);
    EXPECT(fabs(pow(two, 0.5) - sqrt(two)) < 1e-15 && fabs(log(two) - 0.6931471805599453) < 1e-15);
    EXPECT(sqrtf(two_float) == 1.41421356f && floor(-two / 3) == -1 && fmod(7, two) == 1);
    EXPECT(isnan(sqrt(-two)) && isinf(two / 0.0) && !isnan(two) && signbit(-two));
}

static int descending(const void *left, const void *right)
{
    return *(const int *)right - *(const int *)left;
}

static void searching(void)
{
    int numbers[] = {5, 3, 9, 1, 7};
    qsort(numbers, 5, sizeof numbers[0], descending);
    EXPECT(numbers[0] == 9 && numbers[1] == 7 && numbers[2] == 5 && numbers[3] == 3 && numbers[4] == 1);
    int key = 3;
    EXPECT(bsearch(&key, numbers, 5, sizeof numbers[0], descending) == &numbers[3]);
    char text[] = "one,two";
    expect_text("one", strtok(text, ","));
    expect_text("two", strtok(NULL, ","));
    expect_text("two,one", strstr("three,two,one", "two"));
    EXPECT(strcasecmp("HoT", "hOt") == 0 && memcmp("ab\0c", "ab\0d", 4) < 0);
}

static void allocating(void)
{
    unsigned char *blocks[64];
    for (int index = 0; index < 64; index++) {
        blocks[index] = malloc(index * 37 + 1);
        memset(blocks[index], index, index * 37 + 1);
    }
    int intact = 0;
    for (int index = 0; index < 64; index++)
        intact += blocks[index][0] == index && blocks[index][index * 37] == index;
    EXPECT(intact == 64);
    blocks[63] = realloc(blocks[63], 10000);
    EXPECT(blocks[63] != NULL && blocks[63][63 * 37] == 63);
    for (int index = 0; index < 64; index++)
        free(blocks[index]);
    void *aligned = aligned_alloc(256, 512);
    EXPECT(aligned != NULL && (uintptr_t)aligned % 256 == 0);
    free(aligned);
    void *too_large = malloc(0x70000000);
    EXPECT(too_large == NULL);
}

static void telling_time(void)
{
    struct tm date = {.tm_year = 124, .tm_mon = 1, .tm_mday = 29};
    char text[32];
    EXPECT(strftime(text, sizeof text, "%Y-%m-%d", &date) == 10);
    expect_text("2024-02-29", text);
}

static jmp_buf above;

/// Leaves from far below: on Xtensa the windows of all frames between, and more, have gone to the stack.
static int leave(volatile int depth)
{
    static volatile bool stays;
    if (stays)
        return 0;
    if (depth == 0)
        longjmp(above, 7);
    return leave(depth - 1) + depth;
}

/// Turns through all register windows and comes back.
static int descend(volatile int depth)
{
    return depth == 0 ? 0 : descend(depth - 1) + 1;
}

static void jumping(int a, int b, int c, int d)
{
    // Values of this frame that outlive the jump, some of them in registers.
    const int first = a * b, second = c * d, third = a + d;
    int again = setjmp(above);
    if (again == 0) {
        EXPECT(descend(40) == 40);
        leave(40);
    }
    EXPECT(again == 7 && first == 6 && second == 20 && third == 7);

    volatile int returns = 0;
    volatile int sum = 0;
    again = setjmp(above);
    sum += again;
    if (returns < 100) {
        returns++;
        descend(returns % 20);
        longjmp(above, returns % 3 == 0 ? 0 : returns);
    }
    // 1 … 100, with 1 for every third: setjmp() does not return 0 twice.
    EXPECT(sum == 5050 - 1683 + 33);
}

/// An array of a length that only run time knows: on Xtensa the frame moves, with the caller's registers in it, which
/// the calls before have sent to the stack.
static int with_array(int length)
{
    descend(40);
    int values[length];
    for (int index = 0; index < length; index++)
        values[index] = index;
    descend(40);
    return values[length - 1] + (length > 1 ? with_array(length / 2) : 0);
}

int CHECK(void)
{
    wrong = 0;
    printing();
    reading();
    computing();
    searching();
    allocating();
    telling_time();
    jumping(2, 3, 4, 5);
    EXPECT(with_array(256) == 255 + 127 + 63 + 31 + 15 + 7 + 3 + 1);
    return wrong;
}
