// No data at all: the module is one segment.
int code_only(int value) { return value * 3 + 1; }
