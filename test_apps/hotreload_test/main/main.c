// Unity's menu: pytest-embedded types into it what to run.
#include <stdio.h>

#include "unity.h"

void app_main(void)
{
    printf("\nTests of hotreload: the number, the \"name\" or the [tag] of a test runs it\n");
    unity_run_menu();
}
