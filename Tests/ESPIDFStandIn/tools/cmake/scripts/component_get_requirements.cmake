# The early pass, in CMake's script mode: what does every component require?
# Stands for the script of this name.
#
# COMPONENT_LIST: lines of name:folder. ANSWERS: the file to write.
# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.16)
include("${CMAKE_CURRENT_LIST_DIR}/../version.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/../utilities.cmake")
get_filename_component(STANDIN_ROOT "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(CMAKE_BUILD_EARLY_EXPANSION 1)

# Properties that hold this early.
function(idf_build_get_property variable property)
  set(${variable} "${${property}}" PARENT_SCOPE)
endfunction()

# Ends the component's file: what follows needs targets. It knows the real keywords only, so that a word after
# a list belongs to the list.
macro(idf_component_register)
  cmake_parse_arguments(early
    "${STANDIN_OPTIONS}" "${STANDIN_SINGLE_VALUES}" "${STANDIN_MULTI_VALUES}" "${ARGN}")
  set(early_registered 1)
  return()
endmacro()

function(ask COMPONENT_NAME COMPONENT_DIR)
  set(COMPONENT_PATH "${COMPONENT_DIR}")
  set(early_registered 0)
  set(early_REQUIRES "")
  set(early_PRIV_REQUIRES "")
  include("${COMPONENT_DIR}/CMakeLists.txt")
  foreach(property IN ITEMS REQUIRES PRIV_REQUIRES)
    spaces2list(early_${property})
    list(REMOVE_DUPLICATES early_${property})
    list(REMOVE_ITEM early_${property} "${COMPONENT_NAME}" "idf::${COMPONENT_NAME}")
    file(APPEND "${ANSWERS}"
      "__component_set_property(___idf_${COMPONENT_NAME} ${property} \"${early_${property}}\")\n")
  endforeach()
  file(APPEND "${ANSWERS}" "__component_set_property(___idf_${COMPONENT_NAME} __COMPONENT_REGISTERED "
    "${early_registered})\n")
endfunction()

file(WRITE "${ANSWERS}" "")
file(STRINGS "${COMPONENT_LIST}" components)
foreach(component IN LISTS components)
  string(FIND "${component}" ":" colon)
  string(SUBSTRING "${component}" 0 ${colon} name)
  math(EXPR colon "${colon} + 1")
  string(SUBSTRING "${component}" ${colon} -1 folder)
  ask("${name}" "${folder}")
endforeach()
