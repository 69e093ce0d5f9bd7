// SPDX-License-Identifier: MIT
#pragma once
#include "soc/soc_caps.h"

#define IRAM_ATTR __attribute__((section(".iram1")))
#define RTC_NOINIT_ATTR __attribute__((section(".rtc_noinit")))
#define __NOINIT_ATTR __attribute__((section(".noinit")))
