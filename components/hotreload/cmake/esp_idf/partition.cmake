# The partitions of modules, in the project's partition table; what flashes them.
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

# Records size and erase size of a partition. Global property HOTRELOAD_FLASHED_<label>: it is in the table.
function(_hotreload_find_partition where label)
  get_property(known GLOBAL PROPERTY "HOTRELOAD_SIZE_${label}")
  if(known)
    return()
  endif()
  if(NOT label MATCHES "^[A-Za-z0-9_.-]+$")
    message(FATAL_ERROR "${where} '${label}' is no label of a partition: it has 1 to 16 of letters, digits, '_', '.', '-'")
  endif()
  set(erase_size 0x1000)  # A flash sector, ESP-IDF's SPI_FLASH_SEC_SIZE.
  set(alignment 0x10000)  # A page of the flash's memory map, ESP-IDF's SPI_FLASH_MMU_PAGE_SIZE.
  partition_table_get_partition_info(size "--partition-name ${label}" "size")
  partition_table_get_partition_info(offset "--partition-name ${label}" "offset")
  set(hint "Partition table: ${PARTITION_CSV_PATH}")
  if(NOT size OR NOT offset)
    # No error: ESP-IDF could not run menuconfig to mend it. The build goes on with a size that is as good as any.
    message(WARNING "${where} no partition '${label}': no module can be flashed or uploaded. Add a line to "
      "partitions.csv, such as `${label},app,0x40,,512K`, and choose that table (CONFIG_PARTITION_TABLE_CUSTOM). ${hint}")
    set(size 0x80000)
  else()
    math(EXPR units "${size} / ${erase_size}")
    math(EXPR rest "${size} % ${erase_size}")
    math(EXPR page_rest "${offset} % ${alignment}")
    if(units LESS 2 OR rest)
      message(FATAL_ERROR "${where} partition '${label}' is too small: it has ${size} bytes, and needs two slots of "
        "${erase_size} or a multiple, each with room for a module. 512K are plenty. ${hint}")
    endif()
    if(page_rest)
      message(FATAL_ERROR "${where} partition '${label}' begins at ${offset}: it has to begin at a multiple of 64 KiB "
        "(${alignment}). Leave its offset empty and give it the type `app`. ${hint}")
    endif()
    set_property(GLOBAL PROPERTY "HOTRELOAD_FLASHED_${label}" ON)
  endif()
  math(EXPR size "${size}" OUTPUT_FORMAT DECIMAL)
  math(EXPR erase_size "${erase_size}" OUTPUT_FORMAT DECIMAL)
  set_property(GLOBAL PROPERTY "HOTRELOAD_SIZE_${label}" ${size})
  set_property(GLOBAL PROPERTY "HOTRELOAD_ERASE_SIZE_${label}" ${erase_size})
endfunction()

# <label>-flash writes the module of a partition; `flash` writes it with everything else.
function(_hotreload_add_flash_target label)
  get_property(name GLOBAL PROPERTY "HOTRELOAD_NAME_${label}")
  get_property(flashed GLOBAL PROPERTY "HOTRELOAD_FLASHED_${label}")
  if(NOT flashed OR NOT TARGET flash)
    return()
  endif()
  set(image "${CMAKE_BINARY_DIR}/hotreload/${name}/partition.bin")
  esptool_py_custom_target("${label}-flash" "${label}" hotreload_modules)
  esptool_py_flash_to_partition("${label}-flash" "${label}" "${image}")
  esptool_py_flash_to_partition(flash "${label}" "${image}")
  # With flash encryption: the same, for encrypted-flash.
  foreach(target IN ITEMS flash encrypted-flash)
    if(TARGET ${target})
      add_dependencies(${target} hotreload_modules)
    endif()
  endforeach()
endfunction()
