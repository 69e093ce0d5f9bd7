# The runtime of the chip, compiled from components/hotreload/Sources with Embedded Swift: the target
# hotreload_runtime, an archive to link into the firmware beside something that implements
# port/hotreload_port.h.
#
# Read from the toolchain file, which knows the chip:
#   HOTRELOAD_SWIFTC       Swift compiler, 6.3 or newer
#   HOTRELOAD_MARCH/_MABI  as for clang's -march and -mabi: rv32imac/ilp32, rv32imc/ilp32, …
# Options:
#   HOTRELOAD_SOFTWARE_CRYPTO  ON (default): the runtime brings its own SHA-256. OFF: the port has one.
#   HOTRELOAD_BODY_AUTHENTICATION  OFF (default): uploads answer a challenge. ON: HMAC over the body alone.
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

find_program(HOTRELOAD_SWIFTC swiftc DOC "Swift compiler, 6.3 or newer")
if(NOT HOTRELOAD_SWIFTC)
  message(FATAL_ERROR "no swiftc: install Swift 6.3 or newer (swift.org), or say -DHOTRELOAD_SWIFTC=<path>")
endif()
option(HOTRELOAD_SOFTWARE_CRYPTO "The runtime brings its own SHA-256" ON)
option(HOTRELOAD_BODY_AUTHENTICATION "Uploads as igrr/hotreload has them: HMAC over the body, no nonce" OFF)

# Flags of every compilation for one ISA, in the parent's variable `result`.
function(_hotreload_swift_flags result)
  if(NOT HOTRELOAD_MARCH MATCHES "^rv32")
    message(FATAL_ERROR "hotreload_runtime: no flags for HOTRELOAD_MARCH='${HOTRELOAD_MARCH}' (rv32…)")
  endif()
  set(flags
    -target riscv32-none-none-eabi -swift-version 6 -wmo -Osize -parse-as-library
    -enable-experimental-feature Embedded -enable-experimental-feature Lifetimes
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
    -strict-memory-safety -no-allocations -Werror EmbeddedRestrictions -Werror StrictMemorySafety
    -Xcc -march=${HOTRELOAD_MARCH} -Xcc -mabi=${HOTRELOAD_MABI} -Xcc -ffreestanding
    -Xfrontend -function-sections -Xfrontend -disable-stack-protector
    # A tenth less code: registers are saved by libgcc's __riscv_save_*, repeated pieces are shared.
    -Xcc -msave-restore -Xllvm -enable-machine-outliner=always -Xllvm -enable-linkonceodr-outlining)
  if(HOTRELOAD_SOFTWARE_CRYPTO)
    list(APPEND flags -D HOTRELOAD_SOFTWARE_CRYPTO)
  endif()
  if(HOTRELOAD_BODY_AUTHENTICATION)
    list(APPEND flags -D HOTRELOAD_BODY_AUTHENTICATION)
  endif()
  set(${result} ${flags} PARENT_SCOPE)
endfunction()

# Compiles Sources/<module>. Each depends on those before it. With OBJECT, its machine code and that of all
# before it that it uses: Embedded Swift compiles a program as a whole, at its end.
function(_hotreload_swift_module module object folder flags)
  get_property(products GLOBAL PROPERTY HOTRELOAD_SWIFT_PRODUCTS)
  set(sources_folder "${_hotreload_swift_root}/Sources")
  file(GLOB sources CONFIGURE_DEPENDS "${sources_folder}/${module}/*.swift"
    "${sources_folder}/${module}/*/*.swift")
  if(object)
    set(product "${folder}/${module}.o")
    set(compiled "${folder}/${module}.compiled.o")
    set(emit -c -o "${compiled}" -Xcc -fmodule-map-file=${sources_folder}/CHotReload/module.modulemap)
    # A hash of the source, which changes with every comment: nothing that a firmware should hold.
    set(finish COMMAND "${CMAKE_OBJCOPY}" --remove-section=.swift_modhash "${compiled}" "${product}")
    file(GLOB interface CONFIGURE_DEPENDS "${_hotreload_swift_root}/include/*.h"
      "${_hotreload_swift_root}/port/*.h" "${sources_folder}/CHotReload/module.modulemap")
  else()
    set(interface "")
    set(product "${folder}/${module}.swiftmodule")
    set(emit -emit-module -o "${product}")
    set(finish "")
  endif()
  add_custom_command(
    OUTPUT "${product}"
    # swiftc leaves an empty folder where temporary files go.
    COMMAND "${CMAKE_COMMAND}" -E env "TMPDIR=${folder}/temporary"
      "${HOTRELOAD_SWIFTC}" ${flags} -module-name ${module} -I "${folder}" ${emit} ${sources}
    ${finish}
    DEPENDS ${sources} ${interface} ${products}
    COMMENT "Compiling ${module} for ${HOTRELOAD_MARCH}/${HOTRELOAD_MABI}"
    VERBATIM)
  set_property(GLOBAL APPEND PROPERTY HOTRELOAD_SWIFT_PRODUCTS "${product}")
endfunction()

function(_hotreload_add_runtime)
  _hotreload_swift_flags(flags)
  set(folder "${CMAKE_BINARY_DIR}/hotreload/runtime")
  file(MAKE_DIRECTORY "${folder}/temporary")
  foreach(module IN ITEMS HotReloadPort HotReloadELF HotReloadSoftwareCrypto HotReloadLoader
      HotReloadStore HotReloadServer HotReloadRuntime)
    _hotreload_swift_module(${module} FALSE "${folder}" "${flags}")
  endforeach()
  _hotreload_swift_module(HotReloadExports TRUE "${folder}" "${flags}")

  add_library(hotreload_runtime STATIC "${folder}/HotReloadExports.o")
  set_target_properties(hotreload_runtime PROPERTIES LINKER_LANGUAGE C)
  target_include_directories(hotreload_runtime INTERFACE "${_hotreload_swift_root}/include")
endfunction()

get_filename_component(_hotreload_swift_root "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
_hotreload_add_runtime()
