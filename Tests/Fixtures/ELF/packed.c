// A pointer at an odd address: RELR cannot name it.
extern int global;
struct __attribute__((packed)) odd {
  char letter;
  int *number;
  const char *text;
};
struct odd odd = {'x', &global, "odd string"};
