// A module for the linker scripts of Xtensa, with what is easily counted to the wrong region: strings and zeros of
// two files, pointers to local functions, pointers in front of and behind their objects.
extern int second(int value);
extern const char *second_name(void);

static int hits;                                         // .bss of this file
static int large[40];                                    // .bss of this file
int global = 7;                                          // .data
static const int primes[8] = {2, 3, 5, 7, 11, 13, 17, 19};  // .rodata
static int add(int a, int b) { return a + b; }
static int multiply(int a, int b) { return a * b; }
int (*operations[2])(int, int) = {add, multiply};        // .data, pointers to local functions
const char *names[] = {"zero", "one", "two", "three"};   // .data, pointers to strings of this file
int *global_pointer = &global;
int *before_large = &large[-1];
int *behind_large = large + 40;
const int *primes_end = primes + 8;
int (*function_pointer)(int) = second;                   // a symbol of the other file

__attribute__((noinline)) const char *name_of(int index) {
  switch (index) {
    case 0: return "alpha";
    case 1: return "beta";
    case 2: return "gamma";
    case 3: return "delta";
    case 4: return "epsilon";
    default: return "?";
  }
}

int run(int value) {
  hits++;
  global += value;
  large[value & 31] += second(value);
  return operations[value & 1](hits, *global_pointer) + primes[value & 7] + name_of(value)[0]
      + names[value & 3][0] + *before_large + *(behind_large - 1) + *(primes_end - 1)
      + function_pointer(value) + second_name()[0];
}
