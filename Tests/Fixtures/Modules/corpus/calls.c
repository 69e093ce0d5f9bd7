// Direct calls of the firmware, of what it may lack, and back through it: in a module, by way of its PLT.
#include "firmware.h"

static struct firmware_record own = {'o', 3, firmware_apply};

int calls_direct(int value)
{
    int sum = firmware_add(value, own.number) + firmware_call(calls_direct, value - 1);
    if (absent_function)
        sum += absent_function(value);
    firmware_copy(&own, &firmware_record, sizeof own);
    return sum + own.apply(value);
}
