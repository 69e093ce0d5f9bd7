// SPDX-License-Identifier: MIT
#pragma once

#include "hotreload_err.h"
