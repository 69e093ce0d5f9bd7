#include "words.h"

const char *words_name(void)
{
    return "world";
}

// Linked only when a module imports it.
int words_extra(int number);
int words_extra(int number)
{
    return number + 1;
}
