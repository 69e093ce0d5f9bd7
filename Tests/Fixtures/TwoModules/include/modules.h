// What the modules offer the firmware, and each other.
#pragma once

// greeter and counter: one module, in the partition "hotreload".
void greeter_print(void);
const char *greeter_word(void);
int count_up(void);

// plugin: a module of its own, in the partition "plugins".
void plugin_print(void);
const char *plugin_word(void);
int plugin_failed_imports(void);
