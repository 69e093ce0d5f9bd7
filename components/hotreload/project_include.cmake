# ESP-IDF reads this before any component's CMakeLists.txt: from here on idf_component_register() knows
# RELOADABLE. docs/ESP-IDF.md says how to use it.
#
# Not read by the early pass that asks components for their requirements (CMake in script mode).
#
# SPDX-License-Identifier: MIT
if(BOOTLOADER_BUILD)
  return()
endif()
if(CMAKE_VERSION VERSION_LESS 3.21)
  message(FATAL_ERROR "hotreload: CMake ${CMAKE_VERSION} is too old, 3.21 or newer is needed. ESP-IDF's "
    "installer brings one: `idf_tools.py install cmake`")
endif()

set_property(GLOBAL PROPERTY HOTRELOAD_COMPONENT_NAME "${COMPONENT_NAME}")
include("${CMAKE_CURRENT_LIST_DIR}/cmake/esp_idf/register.cmake")
