// SPDX-License-Identifier: MIT
#pragma once

extern void xthal_window_spill(void);
