# hotreload for plain CMake firmware: the runtime (hotreload_runtime) and hotreload_add_module().
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

find_program(HOTRELOAD_TOOL hotreload DOC "The tool `hotreload`, which builds modules")
include("${CMAKE_CURRENT_LIST_DIR}/runtime.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/module.cmake")
_hotreload_add_runtime()
