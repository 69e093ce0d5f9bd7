# hotreload for plain CMake firmware: the runtime (hotreload_runtime) and hotreload_add_module().
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

include("${CMAKE_CURRENT_LIST_DIR}/tool.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/runtime.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/module.cmake")

# The target hotreload_runtime of plain CMake: the archive and its headers. Read from the toolchain file, which
# knows the chip:
#   HOTRELOAD_RUNTIME_ABI  what of `hotreload compile-runtime --abi` to compile for: rv32imac-ilp32, xtensa-esp32, …
#   HOTRELOAD_SWIFTC       Swift compiler, 6.3 or newer; default: that of PATH
# Options:
#   HOTRELOAD_SOFTWARE_CRYPTO  ON (default): the runtime brings its own SHA-256. OFF: the port has one.
#   HOTRELOAD_SERVER           ON (default): modules come over HTTP, too. OFF: neither server nor key is in the firmware.
#   HOTRELOAD_RUNTIME_FOLDER   where the archive is made; default: in the build folder. Build folders that name the same one
#                              compile it once.
function(_hotreload_add_runtime)
  set(where "hotreload_runtime:")
  if(NOT HOTRELOAD_RUNTIME_ABI)
    message(FATAL_ERROR "${where} HOTRELOAD_RUNTIME_ABI is not set: it says what to compile for, rv32imac-ilp32 or another "
      "of `hotreload compile-runtime --help`. The board's toolchain file sets it")
  endif()
  find_program(HOTRELOAD_SWIFTC swiftc DOC "Swift compiler, 6.3 or newer")
  if(NOT HOTRELOAD_SWIFTC)
    message(FATAL_ERROR "${where} no swiftc: install Swift 6.3 or newer (swift.org), or say "
      "-DHOTRELOAD_SWIFTC=<path>")
  endif()
  _hotreload_find_tool("${where}")
  option(HOTRELOAD_SOFTWARE_CRYPTO "The runtime brings its own SHA-256" ON)
  set(options "")
  set(variant port-crypto)
  if(HOTRELOAD_SOFTWARE_CRYPTO)
    set(options --software-crypto)
    set(variant software-crypto)
  endif()
  get_property(component GLOBAL PROPERTY HOTRELOAD_RUNTIME_COMPONENT)
  set(folder "${CMAKE_BINARY_DIR}/hotreload/runtime")
  if(HOTRELOAD_RUNTIME_FOLDER)
    get_filename_component(folder "${HOTRELOAD_RUNTIME_FOLDER}/${HOTRELOAD_RUNTIME_ABI}/${variant}" ABSOLUTE
      BASE_DIR "${CMAKE_BINARY_DIR}")
  endif()
  set(archive "${folder}/libhotreload_runtime.a")
  _hotreload_compile_runtime("${archive}" "${HOTRELOAD_RUNTIME_ABI}" "${HOTRELOAD_SWIFTC}" ${options})
  add_library(hotreload_runtime INTERFACE)
  add_dependencies(hotreload_runtime hotreload_runtime_archive)
  target_link_libraries(hotreload_runtime INTERFACE "${archive}")
  target_include_directories(hotreload_runtime INTERFACE "${component}/include")
  option(HOTRELOAD_SERVER "Take modules over HTTP; OFF: neither server nor key is in the firmware" ON)
  if(NOT HOTRELOAD_SERVER)
    target_compile_definitions(hotreload_runtime INTERFACE HOTRELOAD_NO_SERVER)
  endif()
endfunction()

_hotreload_add_runtime()
