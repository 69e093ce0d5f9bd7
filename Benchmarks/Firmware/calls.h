// SPDX-License-Identifier: MIT
#pragma once

/// What the functions of the modules do, in a file of its own: no compiler knows of a call what comes of it.
int of_firmware(int number);
