# The runtime of the chip: an archive to link into the firmware, beside something that implements
# port/hotreload_port.h. One archive serves all chips of one ABI, <march>-<mabi>: rv32imc-ilp32, rv32imafc-ilp32f.
# The tool compiles it from Sources/, which needs Swift (`hotreload compile-runtime`); a release of this
# component brings it in lib/<abi>/.
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

get_filename_component(_hotreload_runtime_component "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set_property(GLOBAL PROPERTY HOTRELOAD_RUNTIME_COMPONENT "${_hotreload_runtime_component}")

# _hotreload_compile_runtime(<archive> <abi> <swiftc> [<option of compile-runtime>…])
#
# Has the build make <archive>, by the target hotreload_runtime_archive. HOTRELOAD_TOOL is known.
function(_hotreload_compile_runtime archive abi swiftc)
  get_property(component GLOBAL PROPERTY HOTRELOAD_RUNTIME_COMPONENT)
  get_filename_component(folder "${archive}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(
    OUTPUT "${archive}"
    COMMAND "${HOTRELOAD_TOOL}" compile-runtime --abi "${abi}" --component "${component}"
      --swiftc "${swiftc}" --output "${archive}" --depfile "${archive}.d" ${ARGN}
    DEPENDS "${HOTRELOAD_TOOL}"
    DEPFILE "${archive}.d"
    COMMENT "Compiling hotreload's runtime for ${abi}"
    VERBATIM)
  add_custom_target(hotreload_runtime_archive DEPENDS "${archive}")
endfunction()
