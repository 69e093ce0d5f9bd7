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

# _hotreload_find_runtime(<result> <where> <abi>)
#
# In the parent's variable <result> the archive for <abi> whose SHA-256 is the port's: that of a release, or
# one that the build makes. <where> begins messages. HOTRELOAD_TOOL is known.
function(_hotreload_find_runtime result where abi)
  get_property(component GLOBAL PROPERTY HOTRELOAD_RUNTIME_COMPONENT)
  set(shipped "${component}/lib/${abi}/libhotreload_runtime.a")
  if(EXISTS "${shipped}")
    set(${result} "${shipped}" PARENT_SCOPE)
    return()
  endif()
  find_program(HOTRELOAD_SWIFTC swiftc DOC "Swift compiler, 6.3 or newer")
  if(NOT HOTRELOAD_SWIFTC OR NOT EXISTS "${component}/Sources")
    message(FATAL_ERROR "${where} there is no runtime for ${abi}: ${shipped} is not there, which a release of the "
      "component brings, and to compile it needs Sources/ and swiftc in PATH. Use a release, or install Swift 6.3 "
      "(swift.org)")
  endif()
  set(archive "${CMAKE_BINARY_DIR}/hotreload/runtime/${abi}/libhotreload_runtime.a")
  _hotreload_compile_runtime("${archive}" "${abi}")
  set(${result} "${archive}" PARENT_SCOPE)
endfunction()

# _hotreload_compile_runtime(<archive> <abi> [<option of compile-runtime>…])
#
# Has the build make <archive>, by the target hotreload_runtime_archive.
function(_hotreload_compile_runtime archive abi)
  get_property(component GLOBAL PROPERTY HOTRELOAD_RUNTIME_COMPONENT)
  # A tool given by name only is looked up by the shell.
  set(tool_file "")
  if(IS_ABSOLUTE "${HOTRELOAD_TOOL}")
    set(tool_file "${HOTRELOAD_TOOL}")
  endif()
  get_filename_component(folder "${archive}" DIRECTORY)
  file(MAKE_DIRECTORY "${folder}")
  add_custom_command(
    OUTPUT "${archive}"
    COMMAND "${HOTRELOAD_TOOL}" compile-runtime --abi "${abi}" --component "${component}"
      --swiftc "${HOTRELOAD_SWIFTC}" --output "${archive}" --depfile "${archive}.d" ${ARGN}
    DEPENDS ${tool_file}
    DEPFILE "${archive}.d"
    COMMENT "Compiling hotreload's runtime for ${abi}"
    VERBATIM)
  add_custom_target(hotreload_runtime_archive DEPENDS "${archive}")
endfunction()

# The target hotreload_runtime of plain CMake: the archive and its headers. Read from the toolchain file, which
# knows the chip:
#   HOTRELOAD_MARCH/_MABI  as for clang's -march and -mabi: rv32imac/ilp32, rv32imc/ilp32, …
#   HOTRELOAD_SWIFTC       Swift compiler, 6.3 or newer; default: that of PATH
# Options:
#   HOTRELOAD_SOFTWARE_CRYPTO  ON (default): the runtime brings its own SHA-256. OFF: the port has one.
function(_hotreload_add_runtime)
  set(where "hotreload_runtime:")
  if(NOT HOTRELOAD_MARCH MATCHES "^rv32" OR NOT HOTRELOAD_MABI)
    message(FATAL_ERROR "${where} HOTRELOAD_MARCH (rv32…) and HOTRELOAD_MABI say what to compile for, as clang's -march "
      "and -mabi: HOTRELOAD_MARCH is '${HOTRELOAD_MARCH}', HOTRELOAD_MABI '${HOTRELOAD_MABI}'. The board's toolchain "
      "file sets them")
  endif()
  find_program(HOTRELOAD_SWIFTC swiftc DOC "Swift compiler, 6.3 or newer")
  if(NOT HOTRELOAD_SWIFTC)
    message(FATAL_ERROR "${where} no swiftc: install Swift 6.3 or newer (swift.org), or say "
      "-DHOTRELOAD_SWIFTC=<path>")
  endif()
  option(HOTRELOAD_SOFTWARE_CRYPTO "The runtime brings its own SHA-256" ON)
  set(options "")
  if(HOTRELOAD_SOFTWARE_CRYPTO)
    set(options --software-crypto)
  endif()
  get_property(component GLOBAL PROPERTY HOTRELOAD_RUNTIME_COMPONENT)
  set(archive "${CMAKE_BINARY_DIR}/hotreload/runtime/libhotreload_runtime.a")
  _hotreload_compile_runtime("${archive}" "${HOTRELOAD_MARCH}-${HOTRELOAD_MABI}" ${options})
  add_library(hotreload_runtime INTERFACE)
  add_dependencies(hotreload_runtime hotreload_runtime_archive)
  target_link_libraries(hotreload_runtime INTERFACE "${archive}")
  target_include_directories(hotreload_runtime INTERFACE "${component}/include")
endfunction()
