// One address for a byte, as on the ESP32-C6.
// SPDX-License-Identifier: MIT
#pragma once
