// SPDX-License-Identifier: MIT
#pragma once
// Options come from the command line, as they would from here.
