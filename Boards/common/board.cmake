# What the libraries of all boards have in common.
# SPDX-License-Identifier: MIT
include_guard()

option(HOTRELOAD_BODY_AUTHENTICATION "Uploads as igrr/hotreload has them: HMAC over the body, no nonce" OFF)
option(HOTRELOAD_SERVER "Take modules over HTTP; OFF: neither server nor key is in the firmware" ON)
set(HOTRELOAD_SAFE_POINT wait CACHE STRING
  "What a reload does about a module that is still called: wait (up to 1 s), refuse, off")
set_property(CACHE HOTRELOAD_SAFE_POINT PROPERTY STRINGS wait refuse off)
set(HOTRELOAD_CONFIRM automatic CACHE STRING
  "Who decides that a new module is good: automatic (3 safe points or 10 s), application (hotreload_confirm())")
set_property(CACHE HOTRELOAD_CONFIRM PROPERTY STRINGS automatic application)
set(HOTRELOAD_TRIAL_TIMEOUT_MS 10000 CACHE STRING
  "Milliseconds that a module on trial may take to return to the application; 0: for ever")
option(HOTRELOAD_FILL_FREED_CODE "Fill memory of freed modules with what traps" ON)

# Adds the library `name`, alias hotreload::board, of the board in the current folder: `sources` and those that all
# boards share. Applications are linked against it with board.ld and libc.ld of the folder.
# `libraries`: C library and compiler's library, paths; last, because everybody calls them.
function(hotreload_add_board name)
  _hotreload_board_choice(HOTRELOAD_SAFE_POINT safe_point)
  _hotreload_board_choice(HOTRELOAD_CONFIRM confirmation)
  if(NOT HOTRELOAD_TRIAL_TIMEOUT_MS MATCHES "^[0-9]+$")
    message(FATAL_ERROR "HOTRELOAD_TRIAL_TIMEOUT_MS is a number of milliseconds, not '${HOTRELOAD_TRIAL_TIMEOUT_MS}'")
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 board "" "" "SOURCES;LIBRARIES")
  set(common "${CMAKE_CURRENT_FUNCTION_LIST_DIR}")
  add_library(${name} STATIC
    ${board_SOURCES}
    "${common}/src/alarm.c"
    "${common}/src/arc4random.c"
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
    BOARD_SAFE_POINT=HOTRELOAD_PORT_SAFE_POINT_${safe_point}
    BOARD_CONFIRMATION=HOTRELOAD_PORT_CONFIRM_${confirmation}
    BOARD_TRIAL_TIMEOUT=${HOTRELOAD_TRIAL_TIMEOUT_MS}
    BOARD_FILLS_FREED_CODE=$<BOOL:${HOTRELOAD_FILL_FREED_CODE}>
    $<$<NOT:$<BOOL:${HOTRELOAD_SERVER}>>:HOTRELOAD_NO_SERVER>
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

# In the parent's variable `result` the value of the cache entry `name` in capitals: one of its STRINGS, or it stops.
function(_hotreload_board_choice name result)
  get_property(choices CACHE "${name}" PROPERTY STRINGS)
  if(NOT "${${name}}" IN_LIST choices)
    list(JOIN choices ", " choices)
    message(FATAL_ERROR "${name} is one of ${choices}, not '${${name}}'")
  endif()
  string(TOUPPER "${${name}}" value)
  set(${result} "${value}" PARENT_SCOPE)
endfunction()
