// A module with every kind of data that needs fixing. Linked into most of the fixtures.
extern int helper(int value);
extern int counter;

static int hits;                                    // .bss
static int large[40];                               // .bss
int global = 7;                                     // .data
const int primes[8] = {2, 3, 5, 7, 11, 13, 17, 19};  // .rodata
static int add(int a, int b) { return a + b; }
static int multiply(int a, int b) { return a * b; }
int (*const operations[2])(int, int) = {add, multiply};   // .data.rel.ro, pointers to local functions
const char *const names[] = {"zero", "one", "two", "three"};  // .data.rel.ro, pointers to strings
int *global_pointer = &global;
int *before_large = &large[-1];                     // an address outside its object
const int *primes_end = primes + 8;
int (*function_pointer)(int) = helper;              // a symbol of the other file

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
  large[value & 31] += helper(value) + counter;
  return operations[value & 1](hits, *global_pointer) + primes[value & 7] + name_of(value)[0]
      + names[value & 3][0] + *before_large + *(primes_end - 1) + function_pointer(value);
}
