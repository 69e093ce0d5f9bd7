// SPDX-License-Identifier: MIT
#pragma once

/// How often the C library did not do as ISO C says: each time a line on the console. The same source, in the
/// firmware and in its module.
int check_in_firmware(void);
int check_in_module(void);
