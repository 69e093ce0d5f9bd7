// The memories of the chip (CHIP_… are those of board.toml), and where in the machine's RAM they are.
// SPDX-License-Identifier: MIT
#pragma once

// Physical addresses: memory for modules, that for their code where it is another, external RAM.
#define CHIP_PHYSICAL_MEMORY 0x03000000
#define CHIP_PHYSICAL_CODE 0x03080000
#define CHIP_PHYSICAL_EXTERNAL 0x03100000
/// Where the board itself sees CHIP_PHYSICAL_CODE; its reads and writes may have any size here.
#define CHIP_CODE_ALIAS 0x4B000000
