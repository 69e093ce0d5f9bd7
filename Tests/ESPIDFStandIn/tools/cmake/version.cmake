# Which ESP-IDF is stood in for: STANDIN_IDF_VERSION of the environment, read once in the life of a build folder.
# Stands for tools/cmake/version.cmake.
# SPDX-License-Identifier: MIT
if(NOT STANDIN_IDF_VERSION)
  set(STANDIN_IDF_VERSION "$ENV{STANDIN_IDF_VERSION}")
  if(NOT STANDIN_IDF_VERSION)
    set(STANDIN_IDF_VERSION 5.5)
  endif()
endif()
if(NOT EXISTS "${CMAKE_CURRENT_LIST_DIR}/versions/${STANDIN_IDF_VERSION}.cmake")
  message(FATAL_ERROR "stand-in: STANDIN_IDF_VERSION is '${STANDIN_IDF_VERSION}': no file of this name in "
    "${CMAKE_CURRENT_LIST_DIR}/versions")
endif()
include("${CMAKE_CURRENT_LIST_DIR}/versions/${STANDIN_IDF_VERSION}.cmake")
set(ENV{IDF_VERSION} "${IDF_VERSION_MAJOR}.${IDF_VERSION_MINOR}.${IDF_VERSION_PATCH}")
if(NOT CMAKE_SCRIPT_MODE_FILE)
  set(STANDIN_IDF_VERSION "${STANDIN_IDF_VERSION}" CACHE INTERNAL "The version of ESP-IDF")
endif()
