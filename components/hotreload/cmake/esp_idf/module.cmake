# The module that the sources of an ESP-IDF component become: _hotreload_add_module().
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

include("${CMAKE_CURRENT_LIST_DIR}/../plan.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/../tool.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/partition.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/runtime.cmake")

# _hotreload_add_module(<where> <library> <label> [ADOPT] SOURCES <file>…
#   [BRIDGING_HEADER <header>] [SWIFT_OPTIONS <option>…])
#
# Makes SOURCES, absolute, part of the module of the partition <label>, the configured one if that is
# empty. They are compiled as those of the component's <library> are, whatever is said of that later. With ADOPT the module
# takes over what target_sources() adds to the library, too.
function(_hotreload_add_module where library label)
  cmake_parse_arguments(PARSE_ARGV 3 arg "ADOPT" "BRIDGING_HEADER" "SOURCES;SWIFT_OPTIONS")
  if(label STREQUAL "")
    set(label "${CONFIG_HOTRELOAD_PARTITION}")
  endif()
  set(target "hotreload_module_${COMPONENT_NAME}")
  if(TARGET "${target}")
    message(FATAL_ERROR "${where} this component has a module already: give all sources in one call")
  endif()
  _hotreload_check_build("${where}")
  # Options depend on it. ESP-IDF has __atomic_load_4() and the like for chips without such instructions only.
  _hotreload_find_abi("${where}")
  idf_build_get_property(chip IDF_TARGET)
  if(chip MATCHES "^esp32(c5|c6|c61|h2)$")
    set(HOTRELOAD_MARCH rv32imac)
  endif()
  _hotreload_find_tool("${where}")
  _hotreload_find_partition("${where}" "${label}")

  # Never built by CMake: it is there for its compile commands, one a source.
  _hotreload_lifecycle_source(lifecycle "${label}")
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${arg_SOURCES} ${lifecycle})
  _hotreload_compile_as(${target} "${library}")
  _hotreload_record_module("${where}" "${COMPONENT_NAME}" "${label}" TARGET ${target}
    SOURCES ${arg_SOURCES} ${lifecycle}
    BRIDGING_HEADER "${arg_BRIDGING_HEADER}" SWIFT_OPTIONS ${arg_SWIFT_OPTIONS})

  # Who is linked with the component calls the module through stubs.
  get_property(name GLOBAL PROPERTY HOTRELOAD_COMPONENT_NAME)
  idf_component_get_property(hotreload "${name}" COMPONENT_LIB)
  set_property(TARGET "${library}" APPEND PROPERTY INTERFACE_LINK_LIBRARIES "$<LINK_ONLY:${hotreload}>")

  get_target_property(own "${library}" SOURCES)
  set_target_properties(${target} PROPERTIES
    HOTRELOAD_LIBRARY "${library}" HOTRELOAD_LABEL "${label}" HOTRELOAD_ADOPT "${arg_ADOPT}"
    HOTRELOAD_LIBRARY_SOURCES "${own}")
  set_property(DIRECTORY PROPERTY HOTRELOAD_MODULE ${target})
  cmake_language(DEFER CALL _hotreload_finish_module)
endfunction()

# What a build has to be for a module.
function(_hotreload_check_build where)
  if(NOT CMAKE_GENERATOR MATCHES "Ninja$|Makefiles$")
    message(FATAL_ERROR "${where} the generator '${CMAKE_GENERATOR}' writes no compile_commands.json: use -G Ninja")
  endif()
endfunction()

# Has `target` compile as `library` does. Generator expressions: what the library is linked with and what is said
# of it later is known at the end, and its own expressions see the library.
function(_hotreload_compile_as target library)
  get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
  set_target_properties(${target} PROPERTIES
    EXPORT_COMPILE_COMMANDS ON
    LINKER_LANGUAGE C
    # What the folder gives to every target of it is in the library's properties.
    LINK_LIBRARIES ""
    INCLUDE_DIRECTORIES "$<TARGET_PROPERTY:${library},INCLUDE_DIRECTORIES>;${component}/include"
    COMPILE_DEFINITIONS "$<TARGET_PROPERTY:${library},COMPILE_DEFINITIONS>"
    COMPILE_FEATURES "$<TARGET_PROPERTY:${library},COMPILE_FEATURES>"
    COMPILE_OPTIONS "$<TARGET_PROPERTY:${library},COMPILE_OPTIONS>")
  # In one piece and last: CMake leaves out what it has seen, and a module is nothing without them. GCC's
  # link-time optimization is for its own linker plug-in only.
  _hotreload_module_options(options)
  list(JOIN options " " options)
  target_compile_options(${target} PRIVATE "SHELL:${options}"
    $<$<OR:$<C_COMPILER_ID:GNU>,$<CXX_COMPILER_ID:GNU>>:-fno-lto>)
endfunction()

# At the end of the component's CMakeLists.txt: what has no generator expression, and what it added.
function(_hotreload_finish_module)
  get_property(target DIRECTORY PROPERTY HOTRELOAD_MODULE)
  get_target_property(library ${target} HOTRELOAD_LIBRARY)
  foreach(property IN ITEMS COMPILE_FLAGS C_STANDARD C_EXTENSIONS C_STANDARD_REQUIRED
      CXX_STANDARD CXX_EXTENSIONS CXX_STANDARD_REQUIRED C_VISIBILITY_PRESET CXX_VISIBILITY_PRESET)
    get_property(known TARGET "${library}" PROPERTY ${property} SET)
    if(known)
      get_target_property(value "${library}" ${property})
      set_property(TARGET ${target} PROPERTY ${property} "${value}")
    endif()
  endforeach()
  get_target_property(adopt ${target} HOTRELOAD_ADOPT)
  if(adopt)
    _hotreload_adopt_sources(${target} "${library}")
  endif()

  # Sources that are made by the build are there before the tool compiles, and so is what the library
  # was told to wait for.
  get_target_property(sources ${target} SOURCES)
  set(generated "")
  foreach(source IN LISTS sources)
    get_source_file_property(is_generated "${source}" GENERATED)
    if(is_generated)
      list(APPEND generated "${source}")
    endif()
  endforeach()
  if(generated)
    add_custom_target(${target}_sources DEPENDS ${generated})
    set_property(GLOBAL APPEND PROPERTY HOTRELOAD_DEPENDENCIES ${target}_sources)
  endif()
  get_target_property(dependencies "${library}" MANUALLY_ADDED_DEPENDENCIES)
  if(dependencies)
    set_property(GLOBAL APPEND PROPERTY HOTRELOAD_DEPENDENCIES ${dependencies})
  endif()
endfunction()

# C and C++ that was added to the library since it was registered is the module's. Assembly stays: embedded data
# becomes assembly, too.
function(_hotreload_adopt_sources target library)
  get_target_property(label ${target} HOTRELOAD_LABEL)
  get_target_property(before ${target} HOTRELOAD_LIBRARY_SOURCES)
  get_target_property(sources "${library}" SOURCES)
  set(kept "")
  set(adopted "")
  foreach(source IN LISTS sources)
    if(NOT source IN_LIST before AND source MATCHES "\\.(c|cc|cpp|cxx|C)$")
      get_filename_component(source "${source}" ABSOLUTE)
      list(APPEND adopted "${source}")
    else()
      list(APPEND kept "${source}")
    endif()
  endforeach()
  if(adopted)
    set_property(TARGET "${library}" PROPERTY SOURCES "${kept}")
    target_sources(${target} PRIVATE ${adopted})
    set_property(GLOBAL APPEND PROPERTY "HOTRELOAD_SOURCES_${label}" ${adopted})
  endif()
endfunction()
