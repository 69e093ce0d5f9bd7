// What firmware and module of this fixture share.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Uses what C++ has to offer, and prints "= all right", or what is not.
void run(void);

#ifdef __cplusplus
}
#endif
