// State that Swift keeps over a reload: C defines it.
#include "firmware.h"

HOTRELOAD_KEEP kept_t kept = {.generation = 1};
