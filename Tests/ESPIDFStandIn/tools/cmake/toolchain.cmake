# The compiler. Stands for tools/cmake/toolchain-<chip>.cmake and for Espressif's GCC. RISC-V: clang and lld of a Swift
# toolchain, picolibc; toolchain_xtensa.cmake has the others.
#
# STANDIN_TOOLS, in the environment or with -D, names the folder of clang; else it is found beside swiftc.
# SPDX-License-Identifier: MIT
include_guard()

if(IDF_TARGET MATCHES "^esp32(s2|s3)?$")
  include("${CMAKE_CURRENT_LIST_DIR}/toolchain_xtensa.cmake")
  return()
endif()
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR riscv32)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES STANDIN_TOOLS IDF_TARGET)

# Chip, instructions, ABI, and the library of picolibc that fits.
set(_esp32c2 rv32imc ilp32 rv32im/ilp32)
set(_esp32c3 rv32imc ilp32 rv32im/ilp32)
foreach(_chip IN ITEMS esp32c5 esp32c6 esp32c61 esp32h2)
  set(_${_chip} rv32imac ilp32 rv32imac/ilp32)
endforeach()
set(_esp32p4 rv32imafc ilp32f rv32imafc/ilp32f)
if(NOT _${IDF_TARGET})
  message(FATAL_ERROR "stand-in: no compiler for IDF_TARGET '${IDF_TARGET}'")
endif()
list(GET _${IDF_TARGET} 0 _march)
list(GET _${IDF_TARGET} 1 _mabi)
list(GET _${IDF_TARGET} 2 _multilib)

if(NOT STANDIN_TOOLS)
  set(STANDIN_TOOLS "$ENV{STANDIN_TOOLS}")
endif()
if(NOT STANDIN_TOOLS)
  execute_process(COMMAND swiftc -frontend -print-target-info
    OUTPUT_VARIABLE _information COMMAND_ERROR_IS_FATAL ANY)
  string(JSON _resources GET "${_information}" paths runtimeResourcePath)
  get_filename_component(STANDIN_TOOLS "${_resources}/../../bin" ABSOLUTE)
endif()
set(STANDIN_TOOLS "${STANDIN_TOOLS}" CACHE PATH "The folder of clang")

get_filename_component(_repository "${CMAKE_CURRENT_LIST_DIR}/../../../.." ABSOLUTE)
set(_libc "${_repository}/build/libc")
if(NOT EXISTS "${_libc}/lib/${_multilib}/libgcc.a")
  execute_process(COMMAND "${_repository}/scripts/fetch-libc.sh" "${_libc}"
    COMMAND_ERROR_IS_FATAL ANY)
endif()

# All that CMake would find out by compiling.
foreach(_language IN ITEMS C CXX ASM)
  set(CMAKE_${_language}_COMPILER "${STANDIN_TOOLS}/clang")
  set(CMAKE_${_language}_COMPILER_TARGET riscv32-none-elf)
endforeach()
set(CMAKE_CXX_COMPILER "${STANDIN_TOOLS}/clang++")
set(CMAKE_AR "${STANDIN_TOOLS}/llvm-ar" CACHE FILEPATH "")
set(CMAKE_RANLIB "${STANDIN_TOOLS}/llvm-ranlib" CACHE FILEPATH "")
set(CMAKE_NM "${STANDIN_TOOLS}/llvm-nm" CACHE FILEPATH "")
set(CMAKE_OBJCOPY "${STANDIN_TOOLS}/llvm-objcopy" CACHE FILEPATH "")
set(CMAKE_LINKER "${STANDIN_TOOLS}/ld.lld" CACHE FILEPATH "")

set(_flags "-march=${_march} -mabi=${_mabi} -nostdlibinc -isystem ${_libc}/include")
set(CMAKE_C_FLAGS_INIT "${_flags}")
set(CMAKE_CXX_FLAGS_INIT "${_flags} -fno-exceptions -fno-rtti -fno-threadsafe-statics")
set(CMAKE_ASM_FLAGS_INIT "-march=${_march} -mabi=${_mabi}")
set(CMAKE_EXE_LINKER_FLAGS_INIT "-fuse-ld=lld -nostdlib -L${_libc}/lib/${_multilib}")
set(CMAKE_C_STANDARD_LIBRARIES_INIT "-lc -lgcc")
set(CMAKE_CXX_STANDARD_LIBRARIES_INIT "-lc -lgcc")
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
