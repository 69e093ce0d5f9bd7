#pragma once

#ifdef __cplusplus
extern "C"
#endif
int plugin_run(int number);
