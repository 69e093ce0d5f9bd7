# Reloadable modules of a CMake firmware: hotreload_add_module(). Needs CMake 3.25, Ninja or Makefiles.
#
# What happens at build time: the tool compiles the modules and writes stubs, symbol tables and the list of
# what they need ("prepare"); the firmware is linked with that; the tool links and packs the modules for the
# firmware. Only the tool runs compilers on module sources, with the commands that CMake writes into
# compile_commands.json. Everything it has to know stands in hotreload-plan.json.
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

include("${CMAKE_CURRENT_LIST_DIR}/swift_module.cmake")

find_program(HOTRELOAD_TOOL hotreload DOC "The tool `hotreload`, which builds modules")
set(HOTRELOAD_DEVICE_URL "" CACHE STRING "Where the device listens, http://host:port")
get_filename_component(_hotreload_component "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set_property(GLOBAL PROPERTY HOTRELOAD_COMPONENT "${_hotreload_component}")

# hotreload_add_module(<name> FIRMWARE <target> SOURCES <file>…
#   [INCLUDE_DIRS <folder>…] [COMPILE_OPTIONS <option>…] [COMPILE_DEFINITIONS <definition>…]
#   [LINK_LIBRARIES <target>…] [LINK_INPUTS <file>…]
#   [BRIDGING_HEADER <header>] [SWIFT_OPTIONS <option>…]
#   [PARTITION <label>] [PARTITION_SIZE <bytes> PARTITION_ERASE_SIZE <bytes>])
#
# Makes a module of SOURCES that the executable FIRMWARE calls. What shares a PARTITION (default
# "hotreload") is linked into one module, which has the name of the first; there may be eight
# partitions. Modules may call each other. LINK_LIBRARIES give include folders, definitions and options only;
# LINK_INPUTS are archives or objects that become part of the module. The partition's sizes come from the
# board (board.toml) unless given. SOURCES in Swift see C through BRIDGING_HEADER and through the module
# maps in INCLUDE_DIRS; SWIFT_OPTIONS are theirs, COMPILE_OPTIONS those of C and C++ (docs/SWIFT-MODULES.md). Targets: hotreload_modules (part of ALL) builds all modules.
function(hotreload_add_module name)
  set(lists SOURCES INCLUDE_DIRS COMPILE_OPTIONS COMPILE_DEFINITIONS LINK_LIBRARIES LINK_INPUTS
    SWIFT_OPTIONS)
  cmake_parse_arguments(PARSE_ARGV 1 arg ""
    "FIRMWARE;PARTITION;PARTITION_SIZE;PARTITION_ERASE_SIZE;BRIDGING_HEADER" "${lists}")
  set(where "hotreload_add_module(${name}):")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${where} unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(arg_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "${where} no values for: ${arg_KEYWORDS_MISSING_VALUES}")
  endif()
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "${where} a module needs SOURCES")
  endif()
  if(NOT arg_FIRMWARE)
    message(FATAL_ERROR "${where} name the executable that calls the module: FIRMWARE <target>")
  endif()
  if(NOT name MATCHES "^[A-Za-z0-9_-][A-Za-z0-9_.-]*$")
    message(FATAL_ERROR "${where} a name consists of letters, digits, '_', '-' and '.'")
  endif()
  if(NOT arg_PARTITION)
    set(arg_PARTITION hotreload)
  endif()
  _hotreload_check_environment("${where}")
  _hotreload_check_firmware("${where}" "${arg_FIRMWARE}")
  _hotreload_find_partition("${where}" "${arg_PARTITION}"
    "${arg_PARTITION_SIZE}" "${arg_PARTITION_ERASE_SIZE}")

  # What runs constructors and hooks: once a partition, as machine code. Link-time optimization does not see
  # who calls it.
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  if(NOT arg_PARTITION IN_LIST labels)
    list(APPEND arg_SOURCES "${_hotreload_component}/module/lifecycle.c")
    set_source_files_properties("${_hotreload_component}/module/lifecycle.c" PROPERTIES
      COMPILE_OPTIONS "-Os;-fno-lto")
  endif()

  # Never built by CMake: it is there for its compile commands, one a source.
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES EXPORT_COMPILE_COMMANDS ON)
  target_include_directories(${name} PRIVATE ${arg_INCLUDE_DIRS} "${_hotreload_component}/include")
  target_compile_definitions(${name} PRIVATE ${arg_COMPILE_DEFINITIONS})
  target_link_libraries(${name} PRIVATE ${arg_LINK_LIBRARIES})
  # Without a build type the module is small and can be debugged.
  target_compile_options(${name} PRIVATE
    $<$<CONFIG:>:-Os> $<$<CONFIG:>:-g> ${arg_COMPILE_OPTIONS}
    -fPIC -ffunction-sections -fdata-sections)

  set(sources "")
  set(swift_sources "")
  foreach(source IN LISTS arg_SOURCES)
    get_filename_component(source "${source}" ABSOLUTE)
    if(source MATCHES "\\.swift$")
      list(APPEND swift_sources "${source}")
    else()
      list(APPEND sources "${source}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES sources)
  list(REMOVE_DUPLICATES swift_sources)
  if(swift_sources)
    # CMake leaves them alone; a target of nothing else has no language by itself.
    set_source_files_properties(${swift_sources} PROPERTIES HEADER_FILE_ONLY ON)
    set_target_properties(${name} PROPERTIES LINKER_LANGUAGE C)
    _hotreload_add_swift(swift swift_inputs "${where}" "${name}" "${swift_sources}"
      "${arg_BRIDGING_HEADER}" "${arg_SWIFT_OPTIONS}")
    set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SWIFT_${arg_PARTITION}" "${swift}")
    list(APPEND arg_LINK_INPUTS ${swift_inputs})
    set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SWIFT_SOURCES_${arg_PARTITION}" ${swift_sources})
  endif()
  set(inputs "")
  foreach(input IN LISTS arg_LINK_INPUTS)
    get_filename_component(input "${input}" ABSOLUTE)
    list(APPEND inputs "${input}")
  endforeach()
  if(NOT arg_PARTITION IN_LIST labels)
    set(maximum 8)  # As many records as the runtime has.
    list(LENGTH labels count)
    if(count GREATER_EQUAL maximum)
      list(JOIN labels ", " known)
      message(FATAL_ERROR "${where} '${arg_PARTITION}' is one partition too many: a firmware has modules in at "
        "most ${maximum}. Use one of ${known}")
    endif()
    set_property(GLOBAL APPEND PROPERTY HOTRELOAD_LABELS "${arg_PARTITION}")
    set_property(GLOBAL PROPERTY "HOTRELOAD_NAME_${arg_PARTITION}" "${name}")
  endif()
  set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SOURCES_${arg_PARTITION}" ${sources})
  set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_LINK_INPUTS_${arg_PARTITION}" ${inputs})
  set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_OBJECT_FOLDERS_${arg_PARTITION}"
    "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${name}.dir")
  # Headers that other targets generate are there before the tool compiles.
  foreach(library IN LISTS arg_LINK_LIBRARIES)
    if(TARGET "${library}")
      set_property(GLOBAL APPEND PROPERTY HOTRELOAD_DEPENDENCIES "${library}")
    endif()
  endforeach()
  if(NOT labels)
    cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _hotreload_finish)
  endif()
endfunction()

# What a module needs of the project around it.
function(_hotreload_check_environment where)
  if(NOT HOTRELOAD_TOOL)
    message(FATAL_ERROR "${where} the tool `hotreload` was not found. Build it with "
      "`swift build -c release` and say -DHOTRELOAD_TOOL=<path>, or put it into PATH.")
  endif()
  if(IS_ABSOLUTE "${HOTRELOAD_TOOL}" AND NOT EXISTS "${HOTRELOAD_TOOL}")
    message(FATAL_ERROR "${where} HOTRELOAD_TOOL names no file: ${HOTRELOAD_TOOL}")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja$|Makefiles$")
    message(FATAL_ERROR "${where} the generator '${CMAKE_GENERATOR}' writes no "
      "compile_commands.json: use -G Ninja")
  endif()
  get_property(languages GLOBAL PROPERTY ENABLED_LANGUAGES)
  if(NOT ASM IN_LIST languages OR NOT C IN_LIST languages)
    message(FATAL_ERROR "${where} stubs are assembly: say project(… LANGUAGES C ASM)")
  endif()
  if(NOT HOTRELOAD_CHIP)
    message(FATAL_ERROR "${where} HOTRELOAD_CHIP is not set: use the board's toolchain file, or say "
      "-DHOTRELOAD_CHIP=<chip>")
  endif()
endfunction()

# One firmware a build folder: there is one plan in it, and one upload key.
function(_hotreload_check_firmware where firmware)
  get_property(known GLOBAL PROPERTY HOTRELOAD_FIRMWARE)
  if(known AND NOT known STREQUAL firmware)
    message(FATAL_ERROR "${where} the modules of this build folder belong to '${known}'; build "
      "'${firmware}' in a folder of its own")
  endif()
  set_property(GLOBAL PROPERTY HOTRELOAD_FIRMWARE "${firmware}")
endfunction()

# Records size and erase size of a partition, from the call or from the board.
function(_hotreload_find_partition where label size erase_size)
  if(size AND erase_size)
    # JSON has no hexadecimal numbers.
    math(EXPR size "${size}")
    math(EXPR erase_size "${erase_size}")
    set_property(GLOBAL PROPERTY "HOTRELOAD_SIZE_${label}" ${size})
    set_property(GLOBAL PROPERTY "HOTRELOAD_ERASE_SIZE_${label}" ${erase_size})
    return()
  endif()
  get_property(known GLOBAL PROPERTY "HOTRELOAD_SIZE_${label}")
  if(known)
    return()
  endif()
  set(known "")
  if(HOTRELOAD_BOARD_DIR AND EXISTS "${HOTRELOAD_BOARD_DIR}/board.toml")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${HOTRELOAD_BOARD_DIR}/board.toml")
    file(STRINGS "${HOTRELOAD_BOARD_DIR}/board.toml" lines)
    set(current "")
    foreach(line IN LISTS lines)
      if(line MATCHES "^label *= *\"([^\"]*)\"")
        set(current "${CMAKE_MATCH_1}")
        list(APPEND known "${current}")
      elseif(line MATCHES "^(size|erase_size) *= *([0-9]+)" AND current STREQUAL label)
        string(TOUPPER "${CMAKE_MATCH_1}" field)
        set_property(GLOBAL PROPERTY "HOTRELOAD_${field}_${label}" ${CMAKE_MATCH_2})
      endif()
    endforeach()
  endif()
  if(NOT label IN_LIST known)
    list(JOIN known ", " known)
    message(FATAL_ERROR "${where} no partition '${label}' in the board's table (${known}): name another, "
      "or say PARTITION_SIZE and PARTITION_ERASE_SIZE")
  endif()
endfunction()

# Called once, when all modules are known: writes the plan and hooks the tool into the firmware's build.
function(_hotreload_finish)
  get_property(firmware GLOBAL PROPERTY HOTRELOAD_FIRMWARE)
  get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  get_property(dependencies GLOBAL PROPERTY HOTRELOAD_DEPENDENCIES)
  if(NOT TARGET "${firmware}")
    message(FATAL_ERROR "hotreload_add_module(): there is no target '${firmware}' (FIRMWARE)")
  endif()
  set(folder "${CMAKE_BINARY_DIR}/hotreload")
  set(plan "${CMAKE_BINARY_DIR}/hotreload-plan.json")
  set(compile_commands "${CMAKE_BINARY_DIR}/compile_commands.json")
  _hotreload_write_plan("${plan}" "${compile_commands}" "${firmware}" "${labels}")

  set(all_sources "")
  set(all_inputs "")
  set(products "")
  foreach(label IN LISTS labels)
    get_property(name GLOBAL PROPERTY "HOTRELOAD_NAME_${label}")
    get_property(sources GLOBAL PROPERTY "HOTRELOAD_SOURCES_${label}")
    get_property(swift_sources GLOBAL PROPERTY "HOTRELOAD_SWIFT_SOURCES_${label}")
    get_property(inputs GLOBAL PROPERTY "HOTRELOAD_LINK_INPUTS_${label}")
    list(APPEND all_sources ${sources} ${swift_sources})
    list(APPEND all_inputs ${inputs})
    list(APPEND products "${folder}/${name}/module.elf" "${folder}/${name}/partition.bin")
  endforeach()

  # The generated files keep their times while their content is the same, so that nothing behind them is
  # built again; the stamp says that the tool ran. A tool given by name only is looked up by the shell.
  set(tool_file "")
  if(IS_ABSOLUTE "${HOTRELOAD_TOOL}")
    set(tool_file "${HOTRELOAD_TOOL}")
  endif()
  set(generated "${folder}/stubs.S" "${folder}/table.c" "${folder}/hotreload_firmware.c")
  add_custom_command(
    OUTPUT "${folder}/prepare.stamp"
    BYPRODUCTS ${generated} "${folder}/imports.ld"
    COMMAND "${HOTRELOAD_TOOL}" build --plan "${plan}" --prepare
    DEPENDS ${all_sources} ${all_inputs} "${plan}" "${compile_commands}" ${tool_file}
    DEPFILE "${folder}/prepare.d"
    COMMENT "Compiling reloadable modules"
    VERBATIM)
  add_custom_target(hotreload_prepare DEPENDS "${folder}/prepare.stamp")
  if(dependencies)
    add_dependencies(hotreload_prepare ${dependencies})
  endif()

  set_source_files_properties(${generated} TARGET_DIRECTORY "${firmware}" PROPERTIES GENERATED ON)
  set_source_files_properties("${folder}/table.c" TARGET_DIRECTORY "${firmware}" PROPERTIES
    INCLUDE_DIRECTORIES "${component}/port" COMPILE_OPTIONS -Wno-pedantic)
  target_sources("${firmware}" PRIVATE ${generated})
  target_link_options("${firmware}" PRIVATE "${folder}/imports.ld" LINKER:--build-id=sha1)
  set_property(TARGET "${firmware}" APPEND PROPERTY LINK_DEPENDS "${folder}/imports.ld")
  add_dependencies("${firmware}" hotreload_prepare)

  add_custom_command(
    OUTPUT "${folder}/build.stamp"
    BYPRODUCTS ${products}
    COMMAND "${HOTRELOAD_TOOL}" build --plan "${plan}"
    COMMAND "${CMAKE_COMMAND}" -E touch "${folder}/build.stamp"
    DEPENDS "${firmware}" "${folder}/prepare.stamp" ${all_inputs}
    COMMENT "Linking reloadable modules"
    VERBATIM)
  add_custom_target(hotreload_modules ALL DEPENDS "${folder}/build.stamp")
endfunction()

# Sources/HotReloadBuild/Plan/BuildPlan.swift says what the fields mean.
function(_hotreload_write_plan plan compile_commands firmware labels)
  _hotreload_find_linker(linker)
  set(modules "[]")
  set(count 0)
  foreach(label IN LISTS labels)
    foreach(field IN ITEMS NAME SOURCES SWIFT OBJECT_FOLDERS LINK_INPUTS SIZE ERASE_SIZE)
      get_property(${field} GLOBAL PROPERTY "HOTRELOAD_${field}_${label}")
    endforeach()
    _hotreload_json_text(NAME "${NAME}")
    _hotreload_json_text(label_text "${label}")
    _hotreload_json_list(SOURCES "${SOURCES}")
    _hotreload_json_list(OBJECT_FOLDERS "${OBJECT_FOLDERS}")
    _hotreload_json_list(LINK_INPUTS "${LINK_INPUTS}")
    string(JSON modules SET "${modules}" ${count} "{
      \"name\": ${NAME},
      \"partition\": {\"label\": ${label_text}, \"size\": ${SIZE}, \"eraseSize\": ${ERASE_SIZE}},
      \"sources\": ${SOURCES}, \"objectFolders\": ${OBJECT_FOLDERS}, \"linkInputs\": ${LINK_INPUTS}}")
    if(SWIFT)
      list(JOIN SWIFT ", " SWIFT)
      string(JSON modules SET "${modules}" ${count} swift "[${SWIFT}]")
    endif()
    math(EXPR count "${count} + 1")
  endforeach()

  set(version "${CMAKE_PROJECT_VERSION}")
  if(version STREQUAL "")
    set(version 0)
  endif()
  _hotreload_json_text(chip "${HOTRELOAD_CHIP}")
  _hotreload_json_text(linker "${linker}")
  _hotreload_json_text(version "${version}")
  _hotreload_json_text(compile_commands "${compile_commands}")
  _hotreload_json_text(key_file "${CMAKE_BINARY_DIR}/hotreload.key")
  _hotreload_json_text(build_folder "${CMAKE_BINARY_DIR}")
  _hotreload_json_list(rebuild "cmake;--build;${CMAKE_BINARY_DIR}")
  set(json "{
    \"version\": 1,
    \"chip\": ${chip},
    \"linker\": {\"path\": ${linker}, \"arguments\": [\"-m\", \"elf32lriscv\"]},
    \"firmware\": {\"path\": \"$<TARGET_FILE:${firmware}>\", \"version\": ${version}},
    \"compileCommands\": ${compile_commands},
    \"keyFile\": ${key_file},
    \"buildFolder\": ${build_folder},
    \"rebuildCommand\": ${rebuild}}")
  string(JSON json SET "${json}" modules "${modules}")
  if(HOTRELOAD_BOARD_DIR)
    _hotreload_json_text(board "${HOTRELOAD_BOARD_DIR}")
    string(JSON json SET "${json}" board "${board}")
  endif()
  if(HOTRELOAD_DEVICE_URL)
    _hotreload_json_text(url "${HOTRELOAD_DEVICE_URL}")
    string(JSON json SET "${json}" deviceURL "${url}")
  endif()
  file(GENERATE OUTPUT "${plan}" CONTENT "${json}\n")
endfunction()

# The linker itself, as the firmware's compiler would find it.
function(_hotreload_find_linker result)
  if(NOT HOTRELOAD_LINKER)
    set(program ld)
    if(CMAKE_C_COMPILER_ID MATCHES "Clang")
      set(program ld.lld)
    endif()
    execute_process(COMMAND "${CMAKE_C_COMPILER}" -print-prog-name=${program}
      OUTPUT_VARIABLE path OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(IS_ABSOLUTE "${path}")
      get_filename_component(path "${path}" ABSOLUTE)
      set(HOTRELOAD_LINKER "${path}" CACHE FILEPATH "The linker of modules")
    else()
      find_program(HOTRELOAD_LINKER ${program} DOC "The linker of modules" REQUIRED)
    endif()
  endif()
  set(${result} "${HOTRELOAD_LINKER}" PARENT_SCOPE)
endfunction()

# A JSON string.
function(_hotreload_json_text result text)
  string(REPLACE "\\" "\\\\" text "${text}")
  string(REPLACE "\"" "\\\"" text "${text}")
  set(${result} "\"${text}\"" PARENT_SCOPE)
endfunction()

# A JSON array of strings.
function(_hotreload_json_list result list)
  set(items "")
  foreach(item IN LISTS list)
    _hotreload_json_text(item "${item}")
    list(APPEND items "${item}")
  endforeach()
  list(JOIN items ", " items)
  set(${result} "[${items}]" PARENT_SCOPE)
endfunction()
