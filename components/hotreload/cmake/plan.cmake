# The plan of a build folder: which modules there are, in global properties until all are known; then
# hotreload-plan.json, and the commands that prepare and build the modules. Plain CMake (module.cmake) and
# ESP-IDF (esp_idf/) share it.
#
# What happens at build time: the tool compiles the modules and writes stubs, symbol tables and the list of
# what they need ("prepare"); the firmware is linked with that; the tool links and packs the modules for the
# firmware. Only the tool runs compilers on module sources, with the commands that CMake writes into
# compile_commands.json. Everything it has to know stands in hotreload-plan.json.
#
# Global properties, <label> being a partition's:
#   HOTRELOAD_COMPONENT     the folder components/hotreload
#   HOTRELOAD_LABELS        the labels, in the order of their first mention
#   HOTRELOAD_NAME_<label>  name of the module
#   HOTRELOAD_SIZE_<label>, HOTRELOAD_ERASE_SIZE_<label>  of the partition, decimal
#   HOTRELOAD_SOURCES_<label>, HOTRELOAD_SWIFT_SOURCES_<label>  absolute
#   HOTRELOAD_SWIFT_<label>           JSON of the compilations in Swift
#   HOTRELOAD_LINK_INPUTS_<label>     archives and objects
#   HOTRELOAD_OBJECT_FOLDERS_<label>  where CMake thinks that the objects are
#   HOTRELOAD_DEPENDENCIES  targets to build before anything is compiled: what they generate is there
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

include("${CMAKE_CURRENT_LIST_DIR}/json.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/swift_module.cmake")

set(HOTRELOAD_DEVICE_URL "" CACHE STRING "Where the device listens, http://host:port")
get_filename_component(_hotreload_component "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
set_property(GLOBAL PROPERTY HOTRELOAD_COMPONENT "${_hotreload_component}")

# _hotreload_record_module(<where> <name> <label> TARGET <target> SOURCES <file>…
#   [LINK_INPUTS <file>…] [BRIDGING_HEADER <header>] [SWIFT_OPTIONS <option>…])
#
# Makes SOURCES part of the module of the partition <label>. TARGET is the object library, made in this
# folder, that knows how CMake compiles those in C, C++ and assembly; its Swift sources are the tool's. A module has the
# name of the first to mention its partition. <where> begins messages.
function(_hotreload_record_module where name label)
  cmake_parse_arguments(PARSE_ARGV 3 arg "" "TARGET;BRIDGING_HEADER" "SOURCES;LINK_INPUTS;SWIFT_OPTIONS")
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
    set_target_properties("${arg_TARGET}" PROPERTIES LINKER_LANGUAGE C)
    _hotreload_add_swift(swift swift_inputs "${where}" "${arg_TARGET}" "${swift_sources}"
      "${arg_BRIDGING_HEADER}" "${arg_SWIFT_OPTIONS}")
    set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SWIFT_${label}" "${swift}")
    list(APPEND arg_LINK_INPUTS ${swift_inputs})
    set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SWIFT_SOURCES_${label}" ${swift_sources})
  endif()
  set(inputs "")
  foreach(input IN LISTS arg_LINK_INPUTS)
    get_filename_component(input "${input}" ABSOLUTE)
    list(APPEND inputs "${input}")
  endforeach()

  _hotreload_record_label("${where}" "${name}" "${label}")
  set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SOURCES_${label}" ${sources})
  set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_LINK_INPUTS_${label}" ${inputs})
  set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_OBJECT_FOLDERS_${label}"
    "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${arg_TARGET}.dir")
endfunction()

# A label that is new: one module more.
function(_hotreload_record_label where name label)
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  if(label IN_LIST labels)
    return()
  endif()
  set(maximum 8)  # As many records as the runtime has.
  list(LENGTH labels count)
  if(count GREATER_EQUAL maximum)
    list(JOIN labels ", " known)
    message(FATAL_ERROR "${where} '${label}' is one partition too many: a firmware has modules in at "
      "most ${maximum}. Use one of ${known}")
  endif()
  set_property(GLOBAL APPEND PROPERTY HOTRELOAD_LABELS "${label}")
  set_property(GLOBAL PROPERTY "HOTRELOAD_NAME_${label}" "${name}")
endfunction()

# In the parent's variable `result` what a partition's first sources have beside them, nothing for the others:
# what runs constructors and hooks, as machine code. Link-time optimization does not see who calls it; warnings that the
# firmware asks for are for its own sources.
function(_hotreload_lifecycle_source result label)
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  set(${result} "" PARENT_SCOPE)
  if(NOT label IN_LIST labels)
    get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
    set(source "${component}/module/lifecycle.c")
    set_source_files_properties("${source}" PROPERTIES COMPILE_OPTIONS "-Os;-fno-lto;-w")
    set(${result} "${source}" PARENT_SCOPE)
  endif()
endfunction()

# In the parent's variable `result` what a module's C, C++ and assembly is compiled with beside the firmware's own
# options. A module is nothing without them.
function(_hotreload_module_options result)
  set(options -ffunction-sections -fdata-sections)
  if(NOT HOTRELOAD_RUNTIME_ABI MATCHES "^xtensa-")
    list(APPEND options -fPIC)
  elseif(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # Calls of any distance, and literals beside their function: they go with it, or are left out with it. No
    # -fPIC: GNU ld for Xtensa has no place for what it makes of that.
    list(APPEND options -mlongcalls -mtext-section-literals -fno-pic)
  endif()
  set(${result} ${options} PARENT_SCOPE)
endfunction()

# _hotreload_write_plan(FIRMWARE <target> VERSION <text> [IDENTITY <kind>] [RUNTIME <archive>]
#   REBUILD_COMMAND <word>…)
#
# Writes hotreload-plan.json. Sources/HotReloadBuild/Plan/BuildPlan.swift says what the fields mean.
function(_hotreload_write_plan)
  cmake_parse_arguments(PARSE_ARGV 0 arg "" "FIRMWARE;VERSION;IDENTITY;RUNTIME" "REBUILD_COMMAND")
  _hotreload_find_linker(linker)
  set(linker_arguments "[\"-m\", \"elf32lriscv\"]")
  if(HOTRELOAD_RUNTIME_ABI MATCHES "^xtensa-")
    # Which Xtensa it links for, this linker was told when it was built. GCC's objects say nothing of the stack,
    # those of Swift do: it would warn.
    set(linker_arguments "[\"-z\", \"noexecstack\"]")
  endif()
  _hotreload_plan_modules(modules)
  _hotreload_json_text(chip "${HOTRELOAD_CHIP}")
  _hotreload_json_text(linker "${linker}")
  _hotreload_json_text(version "${arg_VERSION}")
  _hotreload_json_text(compile_commands "${CMAKE_BINARY_DIR}/compile_commands.json")
  _hotreload_json_text(key_file "${CMAKE_BINARY_DIR}/hotreload.key")
  _hotreload_json_text(build_folder "${CMAKE_BINARY_DIR}")
  _hotreload_json_list(rebuild "${arg_REBUILD_COMMAND}")
  set(json "{
    \"version\": 1,
    \"chip\": ${chip},
    \"linker\": {\"path\": ${linker}, \"arguments\": ${linker_arguments}},
    \"firmware\": {\"path\": \"$<TARGET_FILE:${arg_FIRMWARE}>\", \"version\": ${version}},
    \"compileCommands\": ${compile_commands},
    \"keyFile\": ${key_file},
    \"buildFolder\": ${build_folder},
    \"rebuildCommand\": ${rebuild}}")
  string(JSON json SET "${json}" modules "${modules}")
  if(arg_IDENTITY)
    _hotreload_json_text(identity "${arg_IDENTITY}")
    string(JSON json SET "${json}" firmware identity "${identity}")
  endif()
  if(arg_RUNTIME)
    _hotreload_json_text(runtime "${arg_RUNTIME}")
    string(JSON json SET "${json}" runtime "${runtime}")
  endif()
  if(HOTRELOAD_BOARD_DIR)
    _hotreload_json_text(board "${HOTRELOAD_BOARD_DIR}")
    string(JSON json SET "${json}" board "${board}")
  endif()
  if(HOTRELOAD_DEVICE_URL)
    _hotreload_json_text(url "${HOTRELOAD_DEVICE_URL}")
    string(JSON json SET "${json}" deviceURL "${url}")
  endif()
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/hotreload-plan.json" CONTENT "${json}\n")
endfunction()

# The plan's array of modules.
function(_hotreload_plan_modules result)
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
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
  set(${result} "${modules}" PARENT_SCOPE)
endfunction()

# _hotreload_add_commands(<firmware> <library> [<runtime>])
#
# Hooks the tool into the build of the executable `firmware`: what is generated becomes part of the target
# `library`, the executable itself or a library in it. Targets: hotreload_prepare, and hotreload_modules
# (part of ALL), which builds all modules. The archive `runtime` is checked before the firmware is linked, again
# whenever it is another one.
function(_hotreload_add_commands firmware library)
  get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  get_property(dependencies GLOBAL PROPERTY HOTRELOAD_DEPENDENCIES)
  set(folder "${CMAKE_BINARY_DIR}/hotreload")
  set(plan "${CMAKE_BINARY_DIR}/hotreload-plan.json")
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
  # built again; the stamp says that the tool ran.
  set(generated "${folder}/stubs.S" "${folder}/table.c" "${folder}/hotreload_firmware.c")
  add_custom_command(
    OUTPUT "${folder}/prepare.stamp"
    BYPRODUCTS ${generated} "${folder}/imports.ld"
    COMMAND "${HOTRELOAD_TOOL}" build --plan "${plan}" --prepare
    DEPENDS ${all_sources} ${all_inputs} "${plan}" "${CMAKE_BINARY_DIR}/compile_commands.json"
      "${HOTRELOAD_TOOL}" ${ARGN}
    DEPFILE "${folder}/prepare.d"
    COMMENT "Compiling reloadable modules"
    VERBATIM)
  add_custom_target(hotreload_prepare DEPENDS "${folder}/prepare.stamp")
  if(TARGET hotreload_runtime_archive)
    list(APPEND dependencies hotreload_runtime_archive)
  endif()
  if(dependencies)
    add_dependencies(hotreload_prepare ${dependencies})
  endif()

  set_source_files_properties(${generated} TARGET_DIRECTORY "${library}" PROPERTIES GENERATED ON)
  set_source_files_properties("${folder}/table.c" TARGET_DIRECTORY "${library}" PROPERTIES
    INCLUDE_DIRECTORIES "${component}/port" COMPILE_OPTIONS -Wno-pedantic)
  target_sources("${library}" PRIVATE ${generated})
  add_dependencies("${library}" hotreload_prepare)
  target_link_options("${firmware}" PRIVATE "${folder}/imports.ld")
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

# The linker itself: with a cross compiler GCC the one of its name, else what the firmware's compiler would find.
function(_hotreload_find_linker result)
  if(NOT HOTRELOAD_LINKER)
    set(program ld)
    if(CMAKE_C_COMPILER_ID MATCHES "Clang")
      set(program ld.lld)
    endif()
    execute_process(COMMAND "${CMAKE_C_COMPILER}" -print-prog-name=${program}
      OUTPUT_VARIABLE path OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(CMAKE_C_COMPILER_ID STREQUAL "GNU" AND CMAKE_LINKER MATCHES "-ld(\\.exe)?$")
      set(path "${CMAKE_LINKER}")
    endif()
    if(IS_ABSOLUTE "${path}")
      get_filename_component(path "${path}" ABSOLUTE)
      set(HOTRELOAD_LINKER "${path}" CACHE FILEPATH "The linker of modules")
    else()
      find_program(HOTRELOAD_LINKER ${program} DOC "The linker of modules" REQUIRED)
    endif()
  endif()
  set(${result} "${HOTRELOAD_LINKER}" PARENT_SCOPE)
endfunction()
