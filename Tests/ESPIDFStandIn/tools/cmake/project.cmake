# Included by a project's CMakeLists.txt: replaces project() by one that builds components.
# Stands for tools/cmake/project.cmake and targets.cmake.
# SPDX-License-Identifier: MIT
cmake_minimum_required(VERSION 3.16)

get_filename_component(STANDIN_ROOT "${CMAKE_CURRENT_LIST_DIR}/../.." ABSOLUTE)
include("${CMAKE_CURRENT_LIST_DIR}/version.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/record.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/utilities.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/build.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/component.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/kconfig.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/headers.cmake")

# The chip: -DIDF_TARGET, then the environment, then sdkconfig.defaults.
if(NOT IDF_TARGET)
  set(_target "$ENV{IDF_TARGET}")
  if(NOT _target AND EXISTS "${CMAKE_SOURCE_DIR}/sdkconfig.defaults")
    file(STRINGS "${CMAKE_SOURCE_DIR}/sdkconfig.defaults" _lines REGEX "^CONFIG_IDF_TARGET=")
    if(_lines MATCHES "\"([^\"]+)\"")
      set(_target "${CMAKE_MATCH_1}")
    endif()
  endif()
  if(NOT _target)
    set(_target esp32)  # As ESP-IDF has it.
  endif()
  set(IDF_TARGET "${_target}" CACHE STRING "The chip")
endif()

standin_record_begin()
__build_init()

# A function that is defined again is still there with one more underscore: __project() is CMake's own.
function(project)
endfunction()
function(_project)
endfunction()

macro(project project_name)
  _standin_add_project_components()
  if(NOT CMAKE_TOOLCHAIN_FILE)
    set(CMAKE_TOOLCHAIN_FILE "${STANDIN_ROOT}/tools/cmake/toolchain.cmake")
  endif()
  __project(${project_name} C CXX ASM)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  # A component may have projects of its own.
  function(project)
    __project(${ARGV})
  endfunction()

  if(NOT DEFINED PROJECT_VER)
    set(PROJECT_VER 1)
    if("${ARGN}" MATCHES "VERSION;([^;]+)")
      set(PROJECT_VER "${CMAKE_MATCH_1}")
    elseif(EXISTS "${CMAKE_CURRENT_LIST_DIR}/version.txt")
      file(STRINGS "${CMAKE_CURRENT_LIST_DIR}/version.txt" PROJECT_VER LIMIT_COUNT 1)
    endif()
  endif()
  idf_build_process("${IDF_TARGET}" "${CMAKE_CURRENT_LIST_DIR}" "${PROJECT_VER}")
  _standin_link_project("${CMAKE_PROJECT_NAME}.elf")
endmacro()

# main/, what EXTRA_COMPONENT_DIRS names, and components/: each is a component or a folder of components.
# What comes later wins over a component of the same name.
function(_standin_add_project_components)
  set(places "")
  if(EXISTS "${CMAKE_CURRENT_LIST_DIR}/main")
    list(APPEND places "${CMAKE_CURRENT_LIST_DIR}/main")
  endif()
  foreach(place IN LISTS EXTRA_COMPONENT_DIRS)
    get_filename_component(place "${place}" ABSOLUTE)
    if(NOT EXISTS "${place}")
      message(FATAL_ERROR "Directory specified in EXTRA_COMPONENT_DIRS doesn't exist: ${place}")
    endif()
    list(APPEND places "${place}")
  endforeach()
  list(APPEND places "${CMAKE_CURRENT_LIST_DIR}/components")
  foreach(place IN LISTS places)
    if(EXISTS "${place}/CMakeLists.txt")
      idf_build_component("${place}")
    else()
      file(GLOB folders "${place}/*")
      foreach(folder IN LISTS folders)
        if(EXISTS "${folder}/CMakeLists.txt")
          idf_build_component("${folder}")
        endif()
      endforeach()
    endif()
  endforeach()
endfunction()

# The executable: every component's library in the order of the build.
function(_standin_link_project elf)
  _standin_main_requires_everything()
  set(source "${CMAKE_BINARY_DIR}/project_elf_src_${IDF_TARGET}.c")
  file(GENERATE OUTPUT "${source}" CONTENT "")
  add_executable(${elf} "${source}")
  idf_build_get_property(aliases BUILD_COMPONENT_ALIASES)
  foreach(alias IN LISTS aliases)
    __component_get_target(target ${alias})
    __component_get_property(whole ${target} WHOLE_ARCHIVE)
    if(whole)
      target_link_libraries(${elf} PRIVATE "-Wl,--whole-archive" ${alias} "-Wl,--no-whole-archive")
    else()
      target_link_libraries(${elf} PRIVATE ${alias})
    endif()
  endforeach()
  target_link_options(${elf} PRIVATE "-Wl,--Map=${CMAKE_BINARY_DIR}/${CMAKE_PROJECT_NAME}.map")
  idf_build_executable(${elf})
  _standin_describe_project(${elf})
endfunction()

# As long as it names no requirements itself.
function(_standin_main_requires_everything)
  idf_build_get_property(aliases BUILD_COMPONENT_ALIASES)
  if(NOT "idf::main" IN_LIST aliases)
    return()
  endif()
  __component_get_target(main idf::main)
  __component_get_property(required ${main} REQUIRES)
  __component_get_property(privately ${main} PRIV_REQUIRES)
  if(required OR privately)
    return()
  endif()
  list(REMOVE_ITEM aliases idf::main)
  __component_get_property(library ${main} COMPONENT_LIB)
  set_property(TARGET ${library} APPEND PROPERTY INTERFACE_LINK_LIBRARIES "${aliases}")
  get_property(type TARGET ${library} PROPERTY TYPE)
  if(type STREQUAL STATIC_LIBRARY)
    set_property(TARGET ${library} APPEND PROPERTY LINK_LIBRARIES "${aliases}")
  endif()
endfunction()

# Fields that idf.py and its extensions read.
function(_standin_describe_project elf)
  foreach(property IN ITEMS PROJECT_DIR PROJECT_VER BUILD_DIR IDF_VER IDF_TARGET SDKCONFIG PYTHON)
    idf_build_get_property(${property} ${property})
  endforeach()
  idf_build_get_property(components BUILD_COMPONENTS)
  make_json_list("${components}" components)
  file(GENERATE OUTPUT "${BUILD_DIR}/project_description.json" CONTENT "{
  \"version\": \"1.2\",
  \"project_name\": \"${CMAKE_PROJECT_NAME}\",
  \"project_version\": \"${PROJECT_VER}\",
  \"project_path\": \"${PROJECT_DIR}\",
  \"idf_path\": \"${STANDIN_ROOT}\",
  \"build_dir\": \"${BUILD_DIR}\",
  \"config_file\": \"${SDKCONFIG}\",
  \"app_elf\": \"${elf}\",
  \"app_bin\": \"${CMAKE_PROJECT_NAME}.bin\",
  \"git_revision\": \"${IDF_VER}\",
  \"target\": \"${IDF_TARGET}\",
  \"c_compiler\": \"${CMAKE_C_COMPILER}\",
  \"build_components\": ${components}
}
")
endfunction()
