#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A copy of the newest image of the partition "hotreload". Fails the test if there is none.
/// To be freed with free().
uint8_t *copy_stored_image(size_t *size);

#ifdef __cplusplus
}
#endif
