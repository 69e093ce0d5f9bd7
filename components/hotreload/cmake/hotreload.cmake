# hotreload for plain CMake firmware: the runtime (hotreload_runtime) and hotreload_add_module().
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

include("${CMAKE_CURRENT_LIST_DIR}/swift.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/module.cmake")
