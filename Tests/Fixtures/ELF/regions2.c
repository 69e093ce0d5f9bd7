// The second file of regions.c.
extern int global;
static int calls;         // .bss of this file
static char buffer[24];   // .bss of this file
int counter = 3;
static int *pointer = &global;
int **pointer_to_pointer = &pointer;
char *buffer_end = buffer + 24;

static int twice(int value) { return 2 * value; }
int (*doubles)(int) = twice;
struct __attribute__((packed)) odd {
  char letter;
  int *number;
  const char *text;
};
struct odd odd = {'x', &global, "odd string"};

const char *second_name(void) { return "second file"; }
int second(int value) {
  buffer[calls & 15] = (char)value;
  return doubles(value) * 10 + *pointer + calls++ + odd.text[0] + buffer_end[-1];
}
__attribute__((weak)) int weak_function(int value) { return value; }
