# The runtime of the chip on ESP-IDF: an archive for the chip's ABI. A release carries it in lib/<abi>/; else the
# tool compiles it, which takes a Swift compiler.
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

include("${CMAKE_CURRENT_LIST_DIR}/../runtime.cmake")

# What the chip that is built for executes, in variables of the caller: HOTRELOAD_RUNTIME_ABI names the runtime that
# it needs, HOTRELOAD_MARCH and HOTRELOAD_MABI are architecture and calling convention as for -march and -mabi on
# RISC-V, where one runtime is for all chips with one calling convention: it uses what all of them have.
function(_hotreload_find_abi where)
  idf_build_get_property(chip IDF_TARGET)
  set(march "")
  set(mabi "")
  if(chip MATCHES "^esp32(c2|c3|c5|c6|c61|h2)$")
    set(march rv32imc)
    set(mabi ilp32)
  elseif(chip STREQUAL "esp32p4")
    set(march rv32imafc)
    set(mabi ilp32f)
  elseif(NOT chip MATCHES "^esp32(s2|s3)?$")
    message(FATAL_ERROR "${where} hotreload has no runtime for ${chip}: it runs on esp32, esp32s2, s3, c2, c3, c5, c6, c61, "
      "h2 and p4. CONFIG_HOTRELOAD_ENABLE=n (in sdkconfig.defaults) links reloadable components ordinarily")
  endif()
  if(march)
    set(HOTRELOAD_RUNTIME_ABI "${march}-${mabi}" PARENT_SCOPE)
  else()
    set(HOTRELOAD_RUNTIME_ABI "xtensa-${chip}" PARENT_SCOPE)
  endif()
  set(HOTRELOAD_MARCH "${march}" PARENT_SCOPE)
  set(HOTRELOAD_MABI "${mabi}" PARENT_SCOPE)
endfunction()

# The imported target hotreload_runtime, of HOTRELOAD_RUNTIME_ABI; in the parent's variable `result` the archive.
function(_hotreload_add_runtime where result)
  get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
  set(archive "${component}/lib/${HOTRELOAD_RUNTIME_ABI}/libhotreload_runtime.a")
  add_library(hotreload_runtime STATIC IMPORTED GLOBAL)
  if(NOT EXISTS "${archive}")
    _hotreload_find_in_path(swiftc swiftc)
    if(NOT swiftc)
      message(FATAL_ERROR "${where} no runtime for ${HOTRELOAD_RUNTIME_ABI}: there is no ${archive}, which a release of the "
        "component carries, and no swiftc in PATH to make it (Swift 6.3 or newer, swift.org)")
    endif()
    set(archive "${CMAKE_BINARY_DIR}/hotreload/runtime/libhotreload_runtime.a")
    _hotreload_compile_runtime("${archive}" "${HOTRELOAD_RUNTIME_ABI}" "${swiftc}")
    add_dependencies(hotreload_runtime hotreload_runtime_archive)
  endif()
  set_target_properties(hotreload_runtime PROPERTIES IMPORTED_LOCATION "${archive}")
  set(${result} "${archive}" PARENT_SCOPE)
endfunction()
