// A weak reference that nothing defines: its address is 0.
__attribute__((weak)) extern int absent(int value);
__attribute__((weak)) extern int absent_data;
int (*absent_pointer)(int) = absent;
int *absent_offset = &absent_data + 1;

int weak_run(int value) { return absent ? absent(value) : -1; }
