// SPDX-License-Identifier: MIT
#pragma once
#define EADDRINUSE 112

int *__errno(void);
#define errno (*__errno())
