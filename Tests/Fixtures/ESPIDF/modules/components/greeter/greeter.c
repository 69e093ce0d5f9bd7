#include "greeter.h"

#include "secret.h"
#include "words.h"

#if !defined(WORDS_FOR_C) || !GREETER_SECRET
#error "what the required component makes public is missing"
#endif

static char text[40];

const char *greeter_greet(void)
{
    int length = 0;
    for (const char *word = WORDS_GREETING; *word; ++word) {
        text[length++] = *word;
    }
    for (const char *word = words_name(); *word; ++word) {
        text[length++] = *word;
    }
    text[length] = GREETER_MARK;
    return text;
}
