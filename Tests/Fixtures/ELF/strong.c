// A reference that nothing defines.
extern int a_function_that_no_object_file_defines(int value);

int strong_run(int value) { return a_function_that_no_object_file_defines(value); }
