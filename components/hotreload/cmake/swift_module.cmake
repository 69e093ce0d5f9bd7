# The Swift sources of reloadable modules: plan.cmake calls _hotreload_add_swift() for them.
#
# CMake does not compile them and need not know the language: the tool does, with the options that are
# written here, in Embedded Swift, for the chip (HOTRELOAD_RUNTIME_ABI; on RISC-V HOTRELOAD_MARCH and HOTRELOAD_MABI), by
# HOTRELOAD_SWIFTC (default: swiftc in PATH), for Xtensa with the LLVM of HOTRELOAD_LLVM (runtime.cmake).
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

# Has the Swift `sources` of the module `name` compiled together, into one object. The target of this
# name knows include folders and definitions. In the parent's variables: in `result` the compilation as the plan
# has it, in `inputs` what else to link.
function(_hotreload_add_swift result inputs where name sources bridging_header options)
  _hotreload_xtensa_core(core)
  if(NOT core AND (NOT HOTRELOAD_MARCH MATCHES "^rv32" OR NOT HOTRELOAD_MABI))
    message(FATAL_ERROR "${where} Swift needs HOTRELOAD_MARCH (rv32…) and HOTRELOAD_MABI, as for clang's "
      "-march and -mabi: HOTRELOAD_MARCH is '${HOTRELOAD_MARCH}', HOTRELOAD_MABI '${HOTRELOAD_MABI}'")
  endif()
  find_program(HOTRELOAD_SWIFTC swiftc DOC "Swift compiler, 6.3 or newer")
  if(NOT HOTRELOAD_SWIFTC)
    message(FATAL_ERROR "${where} no swiftc for the sources in Swift: install Swift 6.3 or newer (swift.org), or say "
      "-DHOTRELOAD_SWIFTC=<path>")
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir")
  string(MAKE_C_IDENTIFIER "${name}" swift_name)

  # Position-independent as it is: there is no option for it.
  set(lines
    -target riscv32-none-none-eabi -enable-experimental-feature Embedded -wmo -parse-as-library
    -module-name "${swift_name}" -module-cache-path "${CMAKE_BINARY_DIR}/hotreload/swift-modules"
    -Xfrontend -function-sections -Xfrontend -disable-stack-protector
    # Debug information stays on the computer.
    "$<IF:$<CONFIG:Debug>,-Onone,$<IF:$<CONFIG:Release>,-O,-Osize>>" -g
    # Dead code and repeated computations LLVM removes once more: a module is as small without these two passes of
    # Swift's own optimizer, and compiles an eighth faster (docs/SWIFT-MODULES.md, "What it costs").
    -Xllvm -sil-disable-pass=dce,cse
    # The compiler's checks of its own intermediate code, a thirtieth of its work.
    -Xfrontend -sil-verify-none -Xfrontend -disable-llvm-verify)
  _hotreload_clang_options(clang "${where}")
  foreach(option IN LISTS clang)
    list(APPEND lines -Xcc "${option}")
  endforeach()
  if(bridging_header)
    get_filename_component(bridging_header "${bridging_header}" ABSOLUTE)
    if(NOT EXISTS "${bridging_header}")
      message(FATAL_ERROR "${where} there is no BRIDGING_HEADER ${bridging_header}")
    endif()
    # As a module of clang's that is imported everywhere: without a precompiled header, which hides what it
    # was made from, Swift 6.3 does not read all that clang does (FreeRTOS's task.h).
    set(bridge "${swift_name}_bridging_header")
    set(module_map "${CMAKE_BINARY_DIR}/hotreload/${name}.modulemap")
    file(GENERATE OUTPUT "${module_map}" CONTENT "module ${bridge} { header \"${bridging_header}\" export * }\n")
    list(APPEND lines -Xcc "-fmodule-map-file=${module_map}" -Xfrontend -import-module -Xfrontend ${bridge})
  endif()
  get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
  list(APPEND lines ${options} "${component}/module/CStringLiteral.swift")

  list(JOIN lines "\n" text)
  _hotreload_swift_values(folders "${name}" INCLUDE_DIRECTORIES -I)
  _hotreload_swift_values(definitions "${name}" COMPILE_DEFINITIONS -D)
  set(options_file "${CMAKE_BINARY_DIR}/hotreload/${name}.swift-options")
  file(GENERATE OUTPUT "${options_file}" CONTENT "${text}\n${folders}${definitions}")

  _hotreload_json_text(compiler "${HOTRELOAD_SWIFTC}")
  _hotreload_json_text(options_file "${options_file}")
  _hotreload_json_list(sources "${sources}")
  _hotreload_json_text(object "${folder}/${name}.swift.o")
  set(back_end "")
  if(core)
    set(back_end ", \"core\": \"${core}\"")
    _hotreload_llvm(llvm)
    if(llvm)
      _hotreload_json_text(llvm "${llvm}")
      string(APPEND back_end ", \"llvm\": ${llvm}")
    endif()
  endif()
  set(${result} "{\"compiler\": ${compiler}, \"options\": ${options_file},
        \"sources\": ${sources}, \"object\": ${object}${back_end}}" PARENT_SCOPE)

  set(${inputs} "" PARENT_SCOPE)
  if(core)
    return()  # Swift brings no tables of Unicode for Xtensa.
  endif()
  # What compares strings needs Unicode's tables. Where nothing does, nothing is taken out of the archive.
  # The driver would leave an empty folder in TMPDIR.
  execute_process(COMMAND "${HOTRELOAD_SWIFTC}" -frontend -print-target-info
    OUTPUT_VARIABLE target_info COMMAND_ERROR_IS_FATAL ANY)
  string(JSON resources GET "${target_info}" paths runtimeResourcePath)
  set(tables "${resources}/embedded/riscv32-none-none-eabi/libswiftUnicodeDataTables.a")
  if(NOT EXISTS "${tables}")
    message(FATAL_ERROR "${where} there is no ${tables}: Swift modules need a toolchain with Embedded Swift for "
      "riscv32, as those of swift.org are")
  endif()
  set(${inputs} "${tables}" PARENT_SCOPE)
endfunction()

# In the parent's variable `result` the core of Xtensa that is compiled for; empty on RISC-V.
function(_hotreload_xtensa_core result)
  set(core "")
  if(HOTRELOAD_RUNTIME_ABI MATCHES "^xtensa-(.+)$")
    set(core "${CMAKE_MATCH_1}")
  endif()
  set(${result} "${core}" PARENT_SCOPE)
endfunction()

# The options with which swiftc's own clang reads headers as the firmware's C compiler reads them, in the
# parent's variable `result`.
function(_hotreload_clang_options result where)
  _hotreload_xtensa_core(core)
  set(options "")
  if(NOT core)  # Those for Xtensa the tool knows.
    # Espressif's own instructions, which clang does not know, are nothing that a header could ask for.
    string(REGEX REPLACE "_?xesp[a-z0-9]*" "" march "${HOTRELOAD_MARCH}")
    set(options -march=${march} -mabi=${HOTRELOAD_MABI} -ffreestanding)
  endif()
  separate_arguments(c_flags UNIX_COMMAND "${CMAKE_C_FLAGS}")
  if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    list(APPEND options ${c_flags})
  elseif(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    _hotreload_header_options(header_options "${c_flags}")
    list(APPEND options ${header_options})
    # The C library's headers: GCC knows by itself where they are. Those of GCC itself clang has, too.
    foreach(folder IN LISTS CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
      if(NOT folder MATCHES "/lib/gcc/")
        list(APPEND options -isystem "${folder}")
      endif()
    endforeach()
  else()
    message(FATAL_ERROR "${where} Swift reads the firmware's headers with the options of its C compiler: that has to be "
      "clang or GCC, not ${CMAKE_C_COMPILER_ID}")
  endif()
  set(${result} ${options} PARENT_SCOPE)
endfunction()

# Those of GCC's options that say how headers are read and how types are laid out. Clang does not know all of the
# others.
function(_hotreload_header_options result options)
  set(kept "")
  set(is_value OFF)
  foreach(option IN LISTS options)
    if(is_value)
      list(APPEND kept "${option}")
      set(is_value OFF)
    elseif(option MATCHES "^-(D|U|I|isystem|iquote|idirafter|include|imacros|isysroot)$")
      list(APPEND kept "${option}")
      set(is_value ON)
    elseif(option MATCHES "^-(D|U|I|isystem|iquote|idirafter|std=|-sysroot=)."
        OR option MATCHES "^-f(no-)?(short-enums|short-wchar|signed-char|unsigned-char|pack-struct|ms-extensions)$")
      list(APPEND kept "${option}")
    endif()
  endforeach()
  set(${result} ${kept} PARENT_SCOPE)
endfunction()

# The values of a target's property as options for clang, a line each; nothing where there are none. A generator
# expression: what the target is linked with is known at the end.
function(_hotreload_swift_values result target property option)
  set(values "$<REMOVE_DUPLICATES:$<TARGET_PROPERTY:${target},${property}>>")
  set(${result} "$<$<BOOL:${values}>:-Xcc\n${option}$<JOIN:${values},\n-Xcc\n${option}>\n>" PARENT_SCOPE)
endfunction()
