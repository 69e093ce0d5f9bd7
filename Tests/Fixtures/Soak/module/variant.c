// A module that knows its number, and holds memory while it runs.
#include "variant.h"

#include <stdlib.h>
#include <string.h>

#include "hotreload_module.h"
#include "soak.h"
#include "tally.h"

enum { WRONG = 0xDEAD, BUFFER_SIZE = 64 };

HOTRELOAD_KEEP static uint32_t count;

static char *buffer;
/// The compiler cannot know what is in it.
static const volatile uint8_t payload[SOAK_SIZE] = {[0] = SOAK_VARIANT, [SOAK_SIZE - 1] = SOAK_VARIANT};

static int begin(hotreload_load_reason_t reason)
{
    (void)reason;
    if (SOAK_REFUSAL != 0)
        return SOAK_REFUSAL;
    buffer = malloc(BUFFER_SIZE);
    if (buffer != NULL)
        memset(buffer, SOAK_VARIANT, BUFFER_SIZE);
    return 0;
}
HOTRELOAD_ON_LOAD(begin);

static void end(hotreload_unload_reason_t reason)
{
    (void)reason;
    free(buffer);
    buffer = NULL;
}
HOTRELOAD_ON_UNLOAD(end);

uint32_t soak_answer(void)
{
    SOAK_BEFORE_ANSWER;
    const bool is_whole = buffer != NULL && buffer[BUFFER_SIZE - 1] == SOAK_VARIANT && tally_is_right();
    return is_whole && payload[0] == SOAK_VARIANT && payload[SOAK_SIZE - 1] == SOAK_VARIANT ? SOAK_VARIANT : WRONG;
}

uint32_t soak_count(void)
{
    return ++count;
}
