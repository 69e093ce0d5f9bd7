# What the libraries of all boards have in common.
# SPDX-License-Identifier: MIT
include_guard()

option(HOTRELOAD_BODY_AUTHENTICATION "Uploads as igrr/hotreload has them: HMAC over the body, no nonce" OFF)

# Adds the library `name`, alias hotreload::board, of the board in the current folder: `sources` and those that all
# boards share. Applications are linked against it with board.ld and libc.ld of the folder.
# `libraries`: C library and compiler's library, paths; last, because everybody calls them.
function(hotreload_add_board name)
  cmake_parse_arguments(PARSE_ARGV 1 board "" "" "SOURCES;LIBRARIES")
  set(common "${CMAKE_CURRENT_FUNCTION_LIST_DIR}")
  add_library(${name} STATIC
    ${board_SOURCES}
    "${common}/src/alarm.c"
    "${common}/src/atomic.c"
    "${common}/src/crash.c"
    "${common}/src/end.c"
    "${common}/src/idle.c"
    "${common}/src/module_heap.c"
    "${common}/src/partitions.c"
    "${common}/src/pflash.c"
    "${common}/src/port_firmware.c"
    "${common}/src/port_flash.c"
    "${common}/src/port_lock.c"
    "${common}/src/port_requests.c"
    "${common}/src/port_system.c"
    "${common}/src/port_tasks.c"
    "${common}/src/port_trial.c"
    "${common}/src/reset.c"
    "${common}/src/start.c")
  add_library(hotreload::board ALIAS ${name})

  get_filename_component(hotreload "${common}/../../components/hotreload" ABSOLUTE)
  target_include_directories(${name}
    PUBLIC "${common}/include" "${hotreload}/include"
    PRIVATE src "${common}/src" "${hotreload}/port")
  target_compile_features(${name} PRIVATE c_std_11)
  target_compile_definitions(${name} PRIVATE
    BOARD_NAME="${HOTRELOAD_BOARD}"
    $<$<BOOL:${HOTRELOAD_BODY_AUTHENTICATION}>:HOTRELOAD_BODY_AUTHENTICATION>)
  # Of the chip: CHIP_DATA_ADDRESS and the others that board.toml has of it.
  foreach(part IN ITEMS DATA_ADDRESS CODE_ADDRESS MEMORY_SIZE CODE_SIZE
      EXTERNAL_DATA_ADDRESS EXTERNAL_CODE_ADDRESS EXTERNAL_SIZE EXTERNAL_PAGE_SIZE)
    if(DEFINED HOTRELOAD_CHIP_${part})
      target_compile_definitions(${name} PRIVATE CHIP_${part}=${HOTRELOAD_CHIP_${part}})
    endif()
  endforeach()
  target_compile_options(${name} PRIVATE -Os -g
    $<$<COMPILE_LANGUAGE:C>:-Wall -Wextra -Werror>)

  target_link_libraries(${name} INTERFACE ${board_LIBRARIES})
  target_link_options(${name} INTERFACE
    -T "${CMAKE_CURRENT_SOURCE_DIR}/board.ld" "${CMAKE_CURRENT_SOURCE_DIR}/libc.ld"
    -Wl,--gc-sections -Wl,--build-id=sha1)
  set_property(TARGET ${name} APPEND PROPERTY INTERFACE_LINK_DEPENDS
    "${CMAKE_CURRENT_SOURCE_DIR}/board.ld" "${CMAKE_CURRENT_SOURCE_DIR}/libc.ld" ${board_LIBRARIES})
endfunction()
