// What the firmware and the module of the soak test know of each other.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The number of the variant that runs; 0xDEAD if anything of it is not as it was built.
uint32_t soak_answer(void);
/// How often this function was called, by whichever variant, since the module was first loaded.
uint32_t soak_count(void);

#ifdef __cplusplus
}
#endif
