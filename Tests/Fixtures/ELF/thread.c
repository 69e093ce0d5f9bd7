// A thread-local variable, which needs a thread pointer.
static __thread int counter = 1;

int thread_run(void) { return counter++; }
