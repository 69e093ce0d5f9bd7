# Reloadable modules of a plain CMake firmware: hotreload_add_module(). Needs CMake 3.25, Ninja or Makefiles.
# plan.cmake says what happens at build time.
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

include("${CMAKE_CURRENT_LIST_DIR}/plan.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/tool.cmake")

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
# maps in INCLUDE_DIRS; SWIFT_OPTIONS are theirs, COMPILE_OPTIONS those of C and C++ (docs/SWIFT-MODULES.md).
# Targets: hotreload_modules (part of ALL) builds all modules.
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

  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  _hotreload_lifecycle_source(lifecycle "${arg_PARTITION}")
  set(sources ${arg_SOURCES} ${lifecycle})

  # Never built by CMake: it is there for its compile commands, one a source.
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${sources})
  set_target_properties(${name} PROPERTIES EXPORT_COMPILE_COMMANDS ON)
  target_include_directories(${name} PRIVATE ${arg_INCLUDE_DIRS} "${_hotreload_component}/include")
  target_compile_definitions(${name} PRIVATE ${arg_COMPILE_DEFINITIONS})
  target_link_libraries(${name} PRIVATE ${arg_LINK_LIBRARIES})
  # Without a build type the module is small and can be debugged.
  _hotreload_module_options(options)
  target_compile_options(${name} PRIVATE
    $<$<CONFIG:>:-Os> $<$<CONFIG:>:-g> ${arg_COMPILE_OPTIONS} ${options})
  _hotreload_record_module("${where}" "${name}" "${arg_PARTITION}" TARGET "${name}" SOURCES ${sources}
    LINK_INPUTS ${arg_LINK_INPUTS} BRIDGING_HEADER "${arg_BRIDGING_HEADER}"
    SWIFT_OPTIONS ${arg_SWIFT_OPTIONS})
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
  _hotreload_find_tool("${where}")
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
  if(NOT TARGET "${firmware}")
    message(FATAL_ERROR "hotreload_add_module(): there is no target '${firmware}' (FIRMWARE)")
  endif()
  set(version "${CMAKE_PROJECT_VERSION}")
  if(version STREQUAL "")
    set(version 0)
  endif()
  _hotreload_write_plan(FIRMWARE "${firmware}" VERSION "${version}"
    REBUILD_COMMAND cmake --build "${CMAKE_BINARY_DIR}")
  _hotreload_add_commands("${firmware}" "${firmware}")
  target_link_options("${firmware}" PRIVATE LINKER:--build-id=sha1)
endfunction()
