# The Swift sources of reloadable modules: hotreload_add_module() calls _hotreload_add_swift() for them.
#
# CMake does not compile them and need not know the language: the tool does, with the options that are
# written here, in Embedded Swift, for the chip of the toolchain file (HOTRELOAD_MARCH, HOTRELOAD_MABI).
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

# Has the Swift `sources` of the module `name` compiled together, into one object. `target` knows include
# folders and definitions. In the parent's variables: in `result` the compilation as the plan has it, in `inputs`
# what else to link.
function(_hotreload_add_swift result inputs where name target sources bridging_header options)
  if(NOT HOTRELOAD_SWIFTC)
    message(FATAL_ERROR "${where} its Swift sources need a Swift compiler, 6.3 or newer: say "
      "-DHOTRELOAD_SWIFTC=<path of swiftc>")
  endif()
  if(NOT HOTRELOAD_MARCH MATCHES "^rv32" OR NOT HOTRELOAD_MABI)
    message(FATAL_ERROR "${where} Swift needs HOTRELOAD_MARCH (rv32…) and HOTRELOAD_MABI, as for clang's "
      "-march and -mabi: HOTRELOAD_MARCH is '${HOTRELOAD_MARCH}', HOTRELOAD_MABI '${HOTRELOAD_MABI}'")
  endif()
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir")
  string(MAKE_C_IDENTIFIER "${name}" swift_name)

  # Position-independent as it is: there is no option for it.
  set(lines
    -target riscv32-none-none-eabi -enable-experimental-feature Embedded -wmo -parse-as-library
    -module-name "${swift_name}" -module-cache-path "${CMAKE_BINARY_DIR}/hotreload/swift-modules"
    -Xfrontend -function-sections -Xfrontend -disable-stack-protector
    # Debug information stays on the computer.
    "$<IF:$<CONFIG:Debug>,-Onone,$<IF:$<CONFIG:Release>,-O,-Osize>>" -g)
  # Headers are read as the firmware's C compiler reads them.
  set(clang -march=${HOTRELOAD_MARCH} -mabi=${HOTRELOAD_MABI} -ffreestanding)
  if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    separate_arguments(c_flags UNIX_COMMAND "${CMAKE_C_FLAGS}")
    list(APPEND clang ${c_flags})
  else()
    list(APPEND clang -nostdlibinc)
    foreach(include_folder IN LISTS CMAKE_C_IMPLICIT_INCLUDE_DIRECTORIES)
      list(APPEND clang -isystem "${include_folder}")
    endforeach()
  endif()
  foreach(option IN LISTS clang)
    list(APPEND lines -Xcc "${option}")
  endforeach()
  if(bridging_header)
    get_filename_component(bridging_header "${bridging_header}" ABSOLUTE)
    if(NOT EXISTS "${bridging_header}")
      message(FATAL_ERROR "${where} there is no BRIDGING_HEADER ${bridging_header}")
    endif()
    list(APPEND lines -import-objc-header "${bridging_header}")
  endif()
  list(APPEND lines ${options})

  # A response file, one quoted option a line.
  set(text "")
  foreach(line IN LISTS lines)
    string(APPEND text "\"${line}\"\n")
  endforeach()
  foreach(pair IN ITEMS "INCLUDE_DIRECTORIES|-I" "COMPILE_DEFINITIONS|-D")
    string(REPLACE "|" ";" pair "${pair}")
    list(GET pair 0 property)
    list(GET pair 1 option)
    set(values "$<REMOVE_DUPLICATES:$<TARGET_PROPERTY:${target},${property}>>")
    string(APPEND text
      "$<$<BOOL:${values}>:\"-Xcc\" \"${option}$<JOIN:${values},\"\n\"-Xcc\" \"${option}>\"\n>")
  endforeach()
  set(options_file "${CMAKE_BINARY_DIR}/hotreload/${name}.swift-options")
  file(GENERATE OUTPUT "${options_file}" CONTENT "${text}")

  _hotreload_json_text(compiler "${HOTRELOAD_SWIFTC}")
  _hotreload_json_text(options_file "${options_file}")
  _hotreload_json_list(sources "${sources}")
  _hotreload_json_text(object "${folder}/${name}.swift.o")
  set(${result} "{\"compiler\": ${compiler}, \"options\": ${options_file},
        \"sources\": ${sources}, \"object\": ${object}}" PARENT_SCOPE)

  # What compares strings needs Unicode's tables. Where nothing does, nothing is taken out of the archive.
  execute_process(COMMAND "${HOTRELOAD_SWIFTC}" -print-target-info
    OUTPUT_VARIABLE target_info COMMAND_ERROR_IS_FATAL ANY)
  string(JSON resources GET "${target_info}" paths runtimeResourcePath)
  set(tables "${resources}/embedded/riscv32-none-none-eabi/libswiftUnicodeDataTables.a")
  if(NOT EXISTS "${tables}")
    message(FATAL_ERROR "${where} there is no ${tables}: Swift modules need a toolchain with Embedded Swift for "
      "riscv32, as those of swift.org are")
  endif()
  set(${inputs} "${tables}" PARENT_SCOPE)
endfunction()
