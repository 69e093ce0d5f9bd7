#pragma once

const char *greeter_greet(void);
