# Compares what the stand-in says of ESP-IDF with a real tree of it, and fails on a difference.
#
#   cmake -D IDF_PATH=<ESP-IDF> -P Tests/ESPIDFStandIn/compare.cmake
#
# The tree's own version chooses the file in tools/cmake/versions/ by major and minor number.
# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.16)
if(NOT IDF_PATH)
  set(IDF_PATH "$ENV{IDF_PATH}")
endif()
if(NOT EXISTS "${IDF_PATH}/tools/cmake/version.cmake")
  message(FATAL_ERROR "compare: no ESP-IDF at IDF_PATH '${IDF_PATH}'")
endif()
include("${IDF_PATH}/tools/cmake/version.cmake")
set(STANDIN_IDF_VERSION "${IDF_VERSION_MAJOR}.${IDF_VERSION_MINOR}")
if(NOT EXISTS "${CMAKE_CURRENT_LIST_DIR}/tools/cmake/versions/${STANDIN_IDF_VERSION}.cmake")
  message(STATUS "compare: skipped: the stand-in has no ESP-IDF ${STANDIN_IDF_VERSION}")
  return()
endif()
include("${CMAKE_CURRENT_LIST_DIR}/tools/cmake/versions/${STANDIN_IDF_VERSION}.cmake")

# compare(<what> <ours> <theirs>): two lists, in any order.
function(compare what ours theirs)
  set(missing ${theirs})
  list(REMOVE_ITEM missing ${ours})
  set(invented ${ours})
  list(REMOVE_ITEM invented ${theirs})
  if(missing OR invented)
    message(SEND_ERROR "compare: ${what} of ESP-IDF ${STANDIN_IDF_VERSION}: "
      "the stand-in lacks '${missing}' and has '${invented}' too many")
  endif()
endfunction()

# The first `set(<name> …)` behind a function's head, as a list.
function(read_list variable text function_head name)
  string(FIND "${text}" "${function_head}" start)
  if(start LESS 0)
    message(FATAL_ERROR "compare: no ${function_head} in the real tree")
  endif()
  string(SUBSTRING "${text}" ${start} -1 text)
  string(REGEX MATCH "set\\(${name}[ \t\n]*([^)]*)\\)" found "${text}")
  string(REGEX REPLACE "[ \t\n]+" ";" list "${CMAKE_MATCH_1}")
  set(${variable} "${list}" PARENT_SCOPE)
endfunction()

# Keywords, of the function and of the early pass.
foreach(file IN ITEMS component.cmake scripts/component_get_requirements.cmake)
  file(READ "${IDF_PATH}/tools/cmake/${file}" text)
  string(REPLACE ";" " " text "${text}")
  set(head "function(idf_component_register)")
  if(file MATCHES "scripts")
    set(head "macro(idf_component_register)")
  endif()
  read_list(options "${text}" "${head}" options)
  read_list(single_values "${text}" "${head}" single_value)
  read_list(multi_values "${text}" "${head}" multi_value)
  compare("options (${file})" "${STANDIN_OPTIONS}" "${options}")
  compare("single values (${file})" "${STANDIN_SINGLE_VALUES}" "${single_values}")
  compare("multi values (${file})" "${STANDIN_MULTI_VALUES}" "${multi_values}")
endforeach()

# Common requirements: the list for chips is the second in build.cmake, behind the one for Linux.
file(READ "${IDF_PATH}/tools/cmake/build.cmake" text)
string(REPLACE ";" " " text "${text}")
string(FIND "${text}" "set(requires_common" start REVERSE)
string(SUBSTRING "${text}" ${start} -1 text)
read_list(common "${text}" "set(requires_common" requires_common)
compare("common requirements" "${STANDIN_COMMON_REQUIREMENTS}" "${common}")

# Components.
set(components "")
file(GLOB folders "${IDF_PATH}/components/*/CMakeLists.txt")
foreach(folder IN LISTS folders)
  get_filename_component(folder "${folder}" DIRECTORY)
  get_filename_component(name "${folder}" NAME)
  list(APPEND components "${name}")
endforeach()
compare("components" "${STANDIN_COMPONENTS}" "${components}")

# What a component requires publicly is named in its real CMakeLists.txt.
foreach(name IN LISTS STANDIN_COMPONENTS)
  if(STANDIN_REQUIRES_${name})
    file(READ "${IDF_PATH}/components/${name}/CMakeLists.txt" text)
    foreach(requirement IN LISTS STANDIN_REQUIRES_${name})
      if(NOT text MATCHES "[^a-z_]${requirement}[^a-z_]")
        message(SEND_ERROR "compare: '${name}' of ESP-IDF ${STANDIN_IDF_VERSION} does not require "
          "'${requirement}'")
      endif()
    endforeach()
  endif()
endforeach()

# Headers lie in the components that are said to have them. mbedTLS is a submodule, which may be absent.
include("${CMAKE_CURRENT_LIST_DIR}/tools/cmake/headers.cmake")
foreach(name IN LISTS STANDIN_COMPONENTS)
  foreach(header IN LISTS STANDIN_HEADERS_${name})
    get_filename_component(file "${header}" NAME)
    file(GLOB_RECURSE found "${IDF_PATH}/components/${name}/${file}")
    list(FILTER found INCLUDE REGEX "/${header}$")
    if(NOT found AND NOT name STREQUAL mbedtls)
      message(SEND_ERROR "compare: '${name}' of ESP-IDF ${STANDIN_IDF_VERSION} has no ${header}")
    endif()
  endforeach()
endforeach()

# Functions that a component may call.
file(GLOB sources "${IDF_PATH}/tools/cmake/*.cmake" "${IDF_PATH}/components/*/project_include.cmake")
set(text "")
foreach(source IN LISTS sources)
  file(READ "${source}" one)
  string(APPEND text "${one}")
endforeach()
foreach(name IN ITEMS
    idf_build_get_property idf_build_set_property idf_build_unset_property idf_build_get_config
    idf_build_component idf_build_process idf_build_executable idf_component_register
    idf_component_get_property idf_component_set_property idf_component_optional_requires
    component_compile_options component_compile_definitions target_add_binary_data
    target_linker_script fail_target spaces2list make_json_list
    partition_table_get_partition_info esptool_py_partition_needs_encryption
    esptool_py_flash_target esptool_py_flash_target_image esptool_py_flash_to_partition
    esptool_py_custom_target)
  if(NOT text MATCHES "(function|macro)\\(${name}[ )]")
    message(SEND_ERROR "compare: ESP-IDF ${STANDIN_IDF_VERSION} has no function '${name}'")
  endif()
endforeach()
message(STATUS "compare: ESP-IDF ${STANDIN_IDF_VERSION}: done")
