#include "counter.h"

static int count;

int count_up(void)
{
    return count += count_step();
}
