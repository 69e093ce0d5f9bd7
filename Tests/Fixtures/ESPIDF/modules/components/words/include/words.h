#pragma once

// In the firmware; modules import it.
const char *words_name(void);
