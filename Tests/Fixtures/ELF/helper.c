// The second file of the module.
extern int global;
int counter = 3;
static int *pointer = &global;
int **const pointer_to_pointer = &pointer;

int helper(int value) { return value * 10 + *pointer; }
__attribute__((weak)) int weak_function(int value) { return value; }
__attribute__((visibility("hidden"))) int hidden_function(int value) { return value + 1; }
