# The runtime of the chip: an archive to link into the firmware, beside something that implements
# port/hotreload_port.h. One archive serves all chips of one ABI: rv32imc-ilp32, rv32imafc-ilp32f, xtensa-esp32, ….
# The tool compiles it from Sources/, which needs Swift, and for Xtensa LLVM (`hotreload compile-runtime`); a release
# of this component brings it in lib/<abi>/.
#
#   HOTRELOAD_LLVM  the folder bin of LLVM 22 or newer, for Xtensa. CMake's, else the environment's; default: that of PATH
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
  set(options ${ARGN})
  _hotreload_llvm(llvm)
  if(llvm)
    list(APPEND options --llvm "${llvm}")
  endif()
  add_custom_command(
    OUTPUT "${archive}"
    COMMAND "${HOTRELOAD_TOOL}" compile-runtime --abi "${abi}" --component "${component}"
      --swiftc "${swiftc}" --output "${archive}" --depfile "${archive}.d" ${options}
    DEPENDS "${HOTRELOAD_TOOL}"
    DEPFILE "${archive}.d"
    COMMENT "Compiling hotreload's runtime for ${abi}"
    VERBATIM)
  add_custom_target(hotreload_runtime_archive DEPENDS "${archive}")
endfunction()

# In the parent's variable `result` the folder of LLVM that the user has named; empty without.
function(_hotreload_llvm result)
  set(llvm "${HOTRELOAD_LLVM}")
  if(NOT llvm)
    set(llvm "$ENV{HOTRELOAD_LLVM}")
  endif()
  set(${result} "${llvm}" PARENT_SCOPE)
endfunction()
