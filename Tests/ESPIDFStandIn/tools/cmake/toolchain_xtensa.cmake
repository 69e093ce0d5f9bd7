# The compiler for Xtensa: Debian's GCC with the windowed ABI under the names of Espressif's, newlib.
# SPDX-License-Identifier: MIT
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR xtensa)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES IDF_TARGET)

get_filename_component(_repository "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)
set(_tools "${_repository}/build/xtensa")
if(NOT EXISTS "${_tools}/bin/xtensa-windowed-elf-gcc")
  execute_process(COMMAND "${_repository}/scripts/make-xtensa-tools.sh" "${_tools}" COMMAND_ERROR_IS_FATAL ANY)
endif()
set(_libc "${_repository}/build/libc-xtensa")
if(NOT EXISTS "${_libc}/lib/libgcc.a")
  execute_process(COMMAND "${_repository}/scripts/make-xtensa-libc.sh" "${_tools}" "${_libc}"
    COMMAND_ERROR_IS_FATAL ANY)
endif()

# A toolchain of the chip's name, of links: a program finds the description of the core beside its own name.
set(_named "${CMAKE_BINARY_DIR}/xtensa-${IDF_TARGET}-elf")
file(MAKE_DIRECTORY "${_named}/bin")
file(CREATE_LINK "${_tools}/lib" "${_named}/lib" SYMBOLIC)
foreach(_program IN ITEMS gcc g++ as ld ar nm objcopy objdump ranlib readelf size strip)
  file(CREATE_LINK "${_tools}/bin/xtensa-windowed-elf-${_program}"
    "${_named}/bin/xtensa-${IDF_TARGET}-elf-${_program}" SYMBOLIC)
endforeach()
set(CMAKE_C_COMPILER "${_named}/bin/xtensa-${IDF_TARGET}-elf-gcc")
set(CMAKE_CXX_COMPILER "${_named}/bin/xtensa-${IDF_TARGET}-elf-g++")
set(CMAKE_ASM_COMPILER "${_named}/bin/xtensa-${IDF_TARGET}-elf-gcc")

# -mlongcalls is ESP-IDF's own.
set(CMAKE_C_FLAGS_INIT "-mlongcalls -Wno-frame-address -isystem ${_libc}/include")
set(CMAKE_CXX_FLAGS_INIT "${CMAKE_C_FLAGS_INIT} -fno-exceptions -fno-rtti -fno-threadsafe-statics")
set(CMAKE_ASM_FLAGS_INIT "-mlongcalls")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib -L${_libc}/lib")
set(CMAKE_C_STANDARD_LIBRARIES_INIT "-lc -lgcc")
set(CMAKE_CXX_STANDARD_LIBRARIES_INIT "-lc -lgcc")
# Components call the C library, and it calls them: GNU ld looks into each archive once, but for a group.
foreach(_language IN ITEMS C CXX)
  string(CONCAT CMAKE_${_language}_LINK_EXECUTABLE "<CMAKE_${_language}_COMPILER> <FLAGS> <LINK_FLAGS> <OBJECTS> "
    "-o <TARGET> -Wl,--start-group <LINK_LIBRARIES> -Wl,--end-group")
endforeach()
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
