// What the firmware of the corpus has for its modules.
#pragma once
#ifdef __cplusplus
extern "C" {
#endif

struct firmware_record {
    char letter;
    int number;
    int (*apply)(int);
};

extern int firmware_count;
extern int firmware_numbers[8];
extern const char firmware_name[];
extern struct firmware_record firmware_record;
int firmware_add(int left, int right);
/// Returns its square.
int firmware_apply(int value);
int firmware_call(int (*function)(int), int argument);
void *firmware_copy(void *to, const void *from, unsigned size);
/// Nobody defines these.
extern int absent_count __attribute__((weak));
int absent_function(int) __attribute__((weak));

#ifdef __cplusplus
}
#endif
