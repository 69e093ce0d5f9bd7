// The library of a reloadable component has this instead of its sources, which are in the module.
//
// SPDX-License-Identifier: MIT
typedef int hotreload_no_sources;
