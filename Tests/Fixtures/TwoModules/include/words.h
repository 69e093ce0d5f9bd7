// Included by greeter.c and plugin.c, by nobody else.
#pragma once

#define GREETER_WORD "Hello"
#define PLUGIN_WORD "one"
