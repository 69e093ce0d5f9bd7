// What the chip sees at which address: translation by the MMU.
// SPDX-License-Identifier: MIT
#pragma once

/// Turns translation on. Firmware and devices stay where they are; the memory for modules appears where the chip's
/// data bus and instruction bus have it, and nowhere else. With two buses the one cannot be executed, the
/// other cannot be written. Any other address is a trap.
void memory_map_start(void);
