# idf_component_register() with RELOADABLE, and hotreload_setup().
#
# CMake keeps a function that is defined again under its name with an underscore before it: what is not
# reloadable goes to ESP-IDF's own as it came.
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

include("${CMAKE_CURRENT_LIST_DIR}/arguments.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/module.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/finish.cmake")

if(COMMAND _idf_component_register)
  message(FATAL_ERROR "hotreload: another component defines idf_component_register() again, too. Only one can: "
    "take either out of the project")
endif()
if(CONFIG_HOTRELOAD_ENABLE)
  if(IDF_BUILD_V2)
    message(FATAL_ERROR "hotreload: ESP-IDF's build system v2 is not supported yet. Include tools/cmake/project.cmake "
      "in the project's CMakeLists.txt, not tools/cmakev2/idf.cmake; or say CONFIG_HOTRELOAD_ENABLE=n")
  endif()
  cmake_language(DEFER DIRECTORY "${CMAKE_SOURCE_DIR}" CALL _hotreload_finish_project)
else()
  _hotreload_forget_plan()
endif()

# idf_component_register([RELOADABLE] [PARTITION <label>] [BRIDGING_HEADER <header>]
#   [SWIFT_OPTIONS <option>…] <what ESP-IDF's own takes>…)
#
# A component that says RELOADABLE, or that CONFIG_HOTRELOAD_COMPONENTS names, becomes a library without
# sources: with its include folders, requirements and embedded files. The sources become a module, or part
# of one: components that share a PARTITION (default: CONFIG_HOTRELOAD_PARTITION) are one module.
function(idf_component_register)
  set(arguments ${ARGN})
  set(where "idf_component_register() of '${COMPONENT_NAME}':")
  _hotreload_is_reloadable(reloadable "${arguments}")
  if(NOT reloadable)
    _hotreload_refuse_own_keywords("${where}" "${arguments}")
    _idf_component_register(${arguments})
  else()
    list(REMOVE_ITEM arguments RELOADABLE)
    _hotreload_check_arguments("${where}" "${arguments}")
    _hotreload_without(rest "PARTITION;BRIDGING_HEADER;SWIFT_OPTIONS" "${arguments}")
    if(CONFIG_HOTRELOAD_ENABLE)
      _hotreload_component_sources("${where}" sources "${arguments}")
      _hotreload_without(rest "SRCS;SRC_DIRS;EXCLUDE_SRCS" "${rest}")
      get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
      # A library needs a source; it is there for what the module's code needs of other components.
      set(no_sources "${CMAKE_CURRENT_BINARY_DIR}/no_sources.c")
      configure_file("${component}/cmake/esp_idf/no_sources.c" "${no_sources}" COPYONLY)
      _idf_component_register(${rest} SRCS "${no_sources}")
      cmake_parse_arguments(arg "" "PARTITION;BRIDGING_HEADER" "SWIFT_OPTIONS;LDFRAGMENTS" ${arguments})
      if(arg_LDFRAGMENTS)
        message(WARNING "${where} LDFRAGMENTS place nothing of a reloadable component: its code and data lie in "
          "the module, which is loaded into RAM")
      endif()
      _hotreload_add_module("${where}" "${COMPONENT_LIB}" "${arg_PARTITION}" ADOPT SOURCES ${sources}
        BRIDGING_HEADER "${arg_BRIDGING_HEADER}" SWIFT_OPTIONS ${arg_SWIFT_OPTIONS})
    else()
      _hotreload_refuse_swift("${where}" "${arguments}")
      _idf_component_register(${rest})
      _hotreload_link_disabled("${COMPONENT_LIB}")
    endif()
  endif()
  # What ESP-IDF's own tells its caller.
  set(COMPONENT_LIB "${COMPONENT_LIB}" PARENT_SCOPE)
  set(COMPONENT_TARGET "${COMPONENT_TARGET}" PARENT_SCOPE)
endfunction()

# hotreload_setup(SRCS <file>… [PARTITION <label>] [BRIDGING_HEADER <header>] [SWIFT_OPTIONS <option>…])
#
# For a component that has firmware sources, too: after an ordinary idf_component_register(), which has those,
# makes a module of SRCS. They are compiled as the component's own sources are.
function(hotreload_setup)
  set(where "hotreload_setup() of '${COMPONENT_NAME}':")
  cmake_parse_arguments(arg "" "PARTITION;BRIDGING_HEADER" "SRCS;SWIFT_OPTIONS" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${where} unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT arg_SRCS)
    message(FATAL_ERROR "${where} no SRCS: name the module's sources")
  endif()
  set(type "")
  if(COMPONENT_LIB AND TARGET "${COMPONENT_LIB}")
    get_target_property(type "${COMPONENT_LIB}" TYPE)
  endif()
  if(NOT type STREQUAL "STATIC_LIBRARY")
    message(FATAL_ERROR "${where} call it after idf_component_register() with SRCS of the firmware; a component that "
      "has none says RELOADABLE there")
  endif()
  _hotreload_absolute(sources "${arg_SRCS}")
  if(CONFIG_HOTRELOAD_ENABLE)
    _hotreload_add_module("${where}" "${COMPONENT_LIB}" "${arg_PARTITION}" SOURCES ${sources}
      BRIDGING_HEADER "${arg_BRIDGING_HEADER}" SWIFT_OPTIONS ${arg_SWIFT_OPTIONS})
  else()
    _hotreload_refuse_swift("${where}" "${ARGN}")
    target_sources("${COMPONENT_LIB}" PRIVATE ${sources})
    _hotreload_link_disabled("${COMPONENT_LIB}")
  endif()
endfunction()

# Linked ordinarily, a component still sees hotreload_module.h, and that hot reload is off.
function(_hotreload_link_disabled library)
  get_property(name GLOBAL PROPERTY HOTRELOAD_COMPONENT_NAME)
  idf_component_get_property(hotreload "${name}" COMPONENT_LIB)
  # As ESP-IDF does it: a component may use either signature of target_link_libraries().
  set_property(TARGET "${library}" APPEND PROPERTY LINK_LIBRARIES "${hotreload}")
  set_property(TARGET "${library}" APPEND PROPERTY INTERFACE_LINK_LIBRARIES "$<LINK_ONLY:${hotreload}>")
  # A module has all of its sources, those that nobody calls, too: they may hold functions of HOTRELOAD_ON_LOAD.
  idf_component_set_property("${COMPONENT_NAME}" WHOLE_ARCHIVE TRUE)
endfunction()
