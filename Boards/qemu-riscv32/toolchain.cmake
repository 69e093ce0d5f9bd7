# CMake toolchain file for the board qemu-riscv32: Swift's own clang and lld, picolibc.
#
#   HOTRELOAD_CHIP      what the machine is: a name of board.toml's chips, default qemu-riscv32
#   HOTRELOAD_COMPILER  clang (default), or gcc: riscv64-unknown-elf-gcc with GNU as and ld, as far as an
#                       ESP-IDF project has them
# SPDX-License-Identifier: MIT
include_guard()

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES HOTRELOAD_CHIP HOTRELOAD_COMPILER HOTRELOAD_SWIFTC
  HOTRELOAD_LIBC)

get_filename_component(repository "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)

# Where hotreload and its users find this board: `add_subdirectory(${HOTRELOAD_BOARD_DIR} board)`
# gives the target hotreload::board.
set(HOTRELOAD_BOARD_DIR "${CMAKE_CURRENT_LIST_DIR}")
set(HOTRELOAD_BOARD qemu-riscv32)
include("${CMAKE_CURRENT_LIST_DIR}/../common/chip.cmake")
hotreload_board_choose_chip()
set(HOTRELOAD_RUNTIME_ABI "${HOTRELOAD_MARCH}-${HOTRELOAD_MABI}")

# The compiler of the runtime. clang, lld and llvm-* are taken from beside it.
find_program(HOTRELOAD_SWIFTC swiftc DOC "Swift compiler, 6.3 or newer")
if(NOT HOTRELOAD_SWIFTC OR (IS_ABSOLUTE "${HOTRELOAD_SWIFTC}" AND NOT EXISTS "${HOTRELOAD_SWIFTC}"))
  message(FATAL_ERROR "no Swift compiler at '${HOTRELOAD_SWIFTC}': install Swift 6.3 or newer (swift.org), or say "
    "-DHOTRELOAD_SWIFTC=<path of swiftc>")
endif()
get_filename_component(swiftc "${HOTRELOAD_SWIFTC}" REALPATH)
get_filename_component(tools "${swiftc}" DIRECTORY)
if(NOT EXISTS "${tools}/clang")  # swiftly's proxy: the compiler knows where it really is
  execute_process(COMMAND "${HOTRELOAD_SWIFTC}" -frontend -print-target-info
    OUTPUT_VARIABLE target_info COMMAND_ERROR_IS_FATAL ANY)
  string(JSON resources GET "${target_info}" paths runtimeResourcePath)
  get_filename_component(tools "${resources}/../../bin" ABSOLUTE)
endif()
foreach(tool IN ITEMS clang clang++ ld.lld llvm-ar llvm-ranlib llvm-nm llvm-objcopy llvm-objdump)
  if(NOT EXISTS "${tools}/${tool}")
    message(FATAL_ERROR "no ${tool} beside ${swiftc}: set HOTRELOAD_SWIFTC to a complete toolchain")
  endif()
endforeach()

set(HOTRELOAD_COMPILER clang CACHE STRING "Who compiles and links the firmware and modules in C: clang or gcc")
if(HOTRELOAD_COMPILER STREQUAL "gcc")
  # The linker for bare metal makes no shared objects, that for Linux makes them of anything.
  foreach(program IN ITEMS riscv64-unknown-elf-gcc riscv64-unknown-elf-g++ riscv64-linux-gnu-ld)
    find_program(path ${program} NO_CACHE NO_CMAKE_FIND_ROOT_PATH)
    if(NOT path)
      message(FATAL_ERROR "HOTRELOAD_COMPILER=gcc needs ${program} in PATH: scripts/install-prerequisites.sh --tests "
        "installs it")
    endif()
    unset(path)
  endforeach()
  set(CMAKE_C_COMPILER riscv64-unknown-elf-gcc)
  set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
  set(CMAKE_ASM_COMPILER riscv64-unknown-elf-gcc)
  find_program(HOTRELOAD_LINKER riscv64-linux-gnu-ld DOC "The linker of modules")
  # GCC wants to be told of instructions that clang takes for granted.
  set(march "${HOTRELOAD_MARCH}_zicsr_zifencei")
  set(headers "")
  set(CMAKE_EXE_LINKER_FLAGS_INIT "-nostdlib")
  # The runtime calls the board, both call the C library: GNU ld looks into each archive once, but for a group.
  foreach(language IN ITEMS C CXX)
    string(CONCAT CMAKE_${language}_LINK_EXECUTABLE "<CMAKE_${language}_COMPILER> <FLAGS> <LINK_FLAGS> <OBJECTS> "
      "-o <TARGET> -Wl,--start-group <LINK_LIBRARIES> -Wl,--end-group")
  endforeach()
elseif(HOTRELOAD_COMPILER STREQUAL "clang")
  set(CMAKE_C_COMPILER "${tools}/clang")
  set(CMAKE_CXX_COMPILER "${tools}/clang++")
  set(CMAKE_ASM_COMPILER "${tools}/clang")
  set(CMAKE_AR "${tools}/llvm-ar" CACHE FILEPATH "")
  set(CMAKE_RANLIB "${tools}/llvm-ranlib" CACHE FILEPATH "")
  set(CMAKE_NM "${tools}/llvm-nm" CACHE FILEPATH "")
  set(CMAKE_OBJCOPY "${tools}/llvm-objcopy" CACHE FILEPATH "")
  set(CMAKE_OBJDUMP "${tools}/llvm-objdump" CACHE FILEPATH "")
  foreach(language IN ITEMS C CXX ASM)
    set(CMAKE_${language}_COMPILER_TARGET riscv32-none-elf)
  endforeach()
  set(march "${HOTRELOAD_MARCH}")
  # No system headers but the library's, whatever GCC or sysroot clang may find on this machine.
  set(headers "-nostdlibinc")
  set(CMAKE_EXE_LINKER_FLAGS_INIT "-fuse-ld=lld -nostdlib")
else()
  message(FATAL_ERROR "HOTRELOAD_COMPILER is clang or gcc, not '${HOTRELOAD_COMPILER}'")
endif()

# The C library: a folder that scripts/fetch-libc.sh fills.
set(HOTRELOAD_LIBC "${repository}/build/libc" CACHE PATH "picolibc and libgcc")
if(NOT EXISTS "${HOTRELOAD_LIBC}/lib/${HOTRELOAD_CHIP_LIBC}/libgcc.a")
  execute_process(COMMAND "${repository}/scripts/fetch-libc.sh" "${HOTRELOAD_LIBC}"
    COMMAND_ERROR_IS_FATAL ANY)
endif()

# errno is thread-local in picolibc; a function reaches it from a module too (src/libc.c).
set(flags "-march=${march} -mabi=${HOTRELOAD_MABI} ${headers} -isystem ${HOTRELOAD_LIBC}/include -D__PICOLIBC_ERRNO_FUNCTION=board_errno -ffunction-sections -fdata-sections")
set(CMAKE_C_FLAGS_INIT "${flags}")
set(CMAKE_CXX_FLAGS_INIT "${flags} -fno-exceptions -fno-rtti -fno-threadsafe-statics")
set(CMAKE_ASM_FLAGS_INIT "-march=${march} -mabi=${HOTRELOAD_MABI}")

set(CMAKE_EXECUTABLE_SUFFIX .elf)
set(CMAKE_EXECUTABLE_SUFFIX_C .elf)
set(CMAKE_EXECUTABLE_SUFFIX_CXX .elf)

set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
