# The chip that a board is, as its board.toml describes it.
# SPDX-License-Identifier: MIT
include_guard()

# Sets HOTRELOAD_CHIP, whose default is the first of the board's chips, and what the file board.toml of
# HOTRELOAD_BOARD_DIR says of it, one value a line in its [[chips]] table: HOTRELOAD_MARCH, HOTRELOAD_MABI,
# HOTRELOAD_RUNTIME_ABI, and for the board HOTRELOAD_CHIP_LIBC, _DATA_ADDRESS, _CODE_ADDRESS, _MEMORY_SIZE,
# _CODE_SIZE, _EXTERNAL_DATA_ADDRESS, _EXTERNAL_CODE_ADDRESS, _EXTERNAL_SIZE, _EXTERNAL_PAGE_SIZE. A board's table need
# not have all of them. A macro: what it sets is the toolchain file's.
macro(hotreload_board_choose_chip)
  _hotreload_board_read_chips(default_chip ignored)
  set(HOTRELOAD_CHIP "${default_chip}" CACHE STRING "The chip that the virtual machine is")
  # Compiler flags are read once in the life of a build folder.
  if(DEFINED HOTRELOAD_CONFIGURED_CHIP AND NOT HOTRELOAD_CHIP STREQUAL HOTRELOAD_CONFIGURED_CHIP)
    set(refused "${HOTRELOAD_CHIP}")
    set(HOTRELOAD_CHIP "${HOTRELOAD_CONFIGURED_CHIP}" CACHE STRING "" FORCE)
    message(FATAL_ERROR "this build folder is for the chip ${HOTRELOAD_CONFIGURED_CHIP}: build for "
      "${refused} in a folder of its own")
  endif()
  _hotreload_board_read_chips(default_chip "${HOTRELOAD_CHIP}")
  set(HOTRELOAD_CONFIGURED_CHIP "${HOTRELOAD_CHIP}" CACHE INTERNAL "The chip of this build folder")
endmacro()

# Sets the variables of the chip `name`, unless it is "ignored"; and in the parent's variable `default` the name of
# the first.
function(_hotreload_board_read_chips default name)
  set(variable_of_march HOTRELOAD_MARCH)
  set(variable_of_mabi HOTRELOAD_MABI)
  set(variable_of_runtime_abi HOTRELOAD_RUNTIME_ABI)
  set(variable_of_libc HOTRELOAD_CHIP_LIBC)
  set(variable_of_data_address HOTRELOAD_CHIP_DATA_ADDRESS)
  set(variable_of_code_address HOTRELOAD_CHIP_CODE_ADDRESS)
  set(variable_of_memory_size HOTRELOAD_CHIP_MEMORY_SIZE)
  set(variable_of_code_size HOTRELOAD_CHIP_CODE_SIZE)
  set(variable_of_external_data_address HOTRELOAD_CHIP_EXTERNAL_DATA_ADDRESS)
  set(variable_of_external_code_address HOTRELOAD_CHIP_EXTERNAL_CODE_ADDRESS)
  set(variable_of_external_size HOTRELOAD_CHIP_EXTERNAL_SIZE)
  set(variable_of_external_page_size HOTRELOAD_CHIP_EXTERNAL_PAGE_SIZE)
  file(STRINGS "${HOTRELOAD_BOARD_DIR}/board.toml" lines)
  set(chips "")
  set(chip "")
  set(table "")
  foreach(line IN LISTS lines)
    if(line MATCHES "^\\[")
      set(table "${line}")
    elseif(table STREQUAL "[[chips]]" AND line MATCHES "^([a-z_]+) *= *\"?([^\"]*)\"?$")
      set(key "${CMAKE_MATCH_1}")
      if(key STREQUAL "name")
        set(chip "${CMAKE_MATCH_2}")
        list(APPEND chips "${chip}")
      elseif(chip STREQUAL name AND DEFINED "variable_of_${key}")
        set(${variable_of_${key}} "${CMAKE_MATCH_2}" PARENT_SCOPE)
      endif()
    endif()
  endforeach()
  list(GET chips 0 first)
  set(${default} "${first}" PARENT_SCOPE)
  if(NOT name IN_LIST chips AND NOT name STREQUAL "ignored")
    list(JOIN chips ", " chips)
    message(FATAL_ERROR "this board cannot be the chip '${name}': HOTRELOAD_CHIP is one of ${chips}")
  endif()
endfunction()
