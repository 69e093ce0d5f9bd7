# CMake toolchain file for the board qemu-xtensa: Debian's GCC and binutils for Xtensa with the windowed ABI
# that ESP-IDF has, newlib.
#
#   HOTRELOAD_CHIP      what the machine is: a name of board.toml's chips, default qemu-xtensa
#   HOTRELOAD_COMPILER  gcc; there is no other
# SPDX-License-Identifier: MIT
include_guard()

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR xtensa)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES HOTRELOAD_CHIP HOTRELOAD_COMPILER HOTRELOAD_LIBC
  HOTRELOAD_XTENSA_TOOLS)

get_filename_component(repository "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)

# Where hotreload and its users find this board: `add_subdirectory(${HOTRELOAD_BOARD_DIR} board)`
# gives the target hotreload::board.
set(HOTRELOAD_BOARD_DIR "${CMAKE_CURRENT_LIST_DIR}")
set(HOTRELOAD_BOARD qemu-xtensa)
include("${CMAKE_CURRENT_LIST_DIR}/../common/chip.cmake")
hotreload_board_choose_chip()

# LLVM's Xtensa back end passes structures and defines variadic functions otherwise than GCC, which compiled the
# C library.
set(HOTRELOAD_COMPILER gcc CACHE STRING "Who compiles and links the firmware and modules in C")
if(NOT HOTRELOAD_COMPILER STREQUAL "gcc")
  message(FATAL_ERROR "HOTRELOAD_COMPILER is gcc on this board, not '${HOTRELOAD_COMPILER}'")
endif()

# Folders that the scripts fill.
set(HOTRELOAD_XTENSA_TOOLS "${repository}/build/xtensa" CACHE PATH "GCC and binutils for the windowed ABI")
set(tools "${HOTRELOAD_XTENSA_TOOLS}/bin/xtensa-windowed-elf")
if(NOT EXISTS "${tools}-gcc")
  execute_process(COMMAND "${repository}/scripts/make-xtensa-tools.sh" "${HOTRELOAD_XTENSA_TOOLS}"
    COMMAND_ERROR_IS_FATAL ANY)
endif()
set(HOTRELOAD_LIBC "${repository}/build/libc-xtensa" CACHE PATH "newlib and libgcc")
if(NOT EXISTS "${HOTRELOAD_LIBC}/lib/libgcc.a")
  execute_process(COMMAND "${repository}/scripts/make-xtensa-libc.sh" "${HOTRELOAD_XTENSA_TOOLS}" "${HOTRELOAD_LIBC}"
    COMMAND_ERROR_IS_FATAL ANY)
endif()

# ar, nm, objcopy and the like CMake finds beside it by its name.
set(CMAKE_C_COMPILER "${tools}-gcc")
set(CMAKE_CXX_COMPILER "${tools}-g++")
set(CMAKE_ASM_COMPILER "${tools}-gcc")
# GCC itself would name the linker that knows nothing of register windows.
set(HOTRELOAD_LINKER "${tools}-ld" CACHE FILEPATH "The linker of modules")
# The runtime calls the board, both call the C library: GNU ld looks into each archive once, but for a group.
foreach(language IN ITEMS C CXX)
  string(CONCAT CMAKE_${language}_LINK_EXECUTABLE "<CMAKE_${language}_COMPILER> <FLAGS> <LINK_FLAGS> <OBJECTS> "
    "-o <TARGET> -Wl,--start-group <LINK_LIBRARIES> -Wl,--end-group")
endforeach()
# The stack is not executable; GCC for Xtensa does not write so into its objects.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib -Wl,-z,noexecstack")

# Literals lie beside their function, where its L32R reaches them however large the firmware is.
set(flags "-isystem ${HOTRELOAD_LIBC}/include -mlongcalls -mtext-section-literals -ffunction-sections -fdata-sections")
set(CMAKE_C_FLAGS_INIT "${flags}")
set(CMAKE_CXX_FLAGS_INIT "${flags} -fno-exceptions -fno-rtti -fno-threadsafe-statics -fuse-cxa-atexit")
set(CMAKE_ASM_FLAGS_INIT "-mlongcalls -mtext-section-literals")

set(CMAKE_EXECUTABLE_SUFFIX .elf)
set(CMAKE_EXECUTABLE_SUFFIX_C .elf)
set(CMAKE_EXECUTABLE_SUFFIX_CXX .elf)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
