# Flash targets: each runs esptool with the arguments of a file, <build>/<target>_args.
# Stands for the file of this name. ESP-IDF 6 sets esptool's arguments up when a function here is first called, and
# has an empty target `flash` from the start; before, both are there once this file is included.
# SPDX-License-Identifier: MIT

function(__ensure_esptool_py_setup)
  set(dash _)
  if(IDF_VERSION_MAJOR GREATER_EQUAL 6)
    set(dash -)
  endif()
  idf_component_set_property(esptool_py FLASH_ARGS
    "--before=${CONFIG_ESPTOOLPY_BEFORE};--after=${CONFIG_ESPTOOLPY_AFTER}")
  idf_component_set_property(esptool_py FLASH_SUB_ARGS "--flash${dash}mode ${CONFIG_ESPTOOLPY_FLASHMODE} \
--flash${dash}freq ${CONFIG_ESPTOOLPY_FLASHFREQ} --flash${dash}size ${CONFIG_ESPTOOLPY_FLASHSIZE}")
endfunction()

function(esptool_py_partition_needs_encryption variable partition)
  set(${variable} "${CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT}" PARENT_SCOPE)
endfunction()

# A target that writes images, which later calls name.
function(esptool_py_flash_target target main_arguments sub_arguments)
  cmake_parse_arguments(arg "ALWAYS_PLAINTEXT" "OFFSET;IMAGE;FILENAME_PREFIX" "" ${ARGN})
  set(prefix ${target})
  if(arg_FILENAME_PREFIX)
    set(prefix ${arg_FILENAME_PREFIX})
  endif()
  set(write write_flash)
  if(IDF_VERSION_MAJOR GREATER_EQUAL 6)
    set(write write-flash)
  endif()
  # In place of esptool: says what would be written.
  if(NOT TARGET ${target})
    add_custom_target(${target})
  endif()
  add_custom_command(TARGET ${target} POST_BUILD
    COMMAND "${CMAKE_COMMAND}" -E echo "esptool ${main_arguments} ${write} @${prefix}_args"
    COMMAND "${CMAKE_COMMAND}" -E cat "${CMAKE_BINARY_DIR}/${prefix}_args"
    COMMAND_EXPAND_LISTS VERBATIM)
  set_target_properties(${target} PROPERTIES SUB_ARGS "${sub_arguments}")
  file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/${prefix}_args" CONTENT
    "$<JOIN:$<TARGET_PROPERTY:${target},SUB_ARGS>, >\n$<JOIN:$<TARGET_PROPERTY:${target},IMAGES>,\n>\n")
  if(CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT AND NOT arg_ALWAYS_PLAINTEXT)
    add_custom_target(encrypted-${target})
  else()
    fail_target(encrypted-${target} "Error: The target encrypted-${target} requires"
      "CONFIG_SECURE_FLASH_ENCRYPTION_MODE_DEVELOPMENT to be enabled.")
  endif()
  set(record "")
  standin_add_member(record call esptool_py_flash_target)
  standin_add_member(record target "${target}")
  standin_add_member(record main "${main_arguments}")
  standin_add_member(record sub "${sub_arguments}")
  standin_record(flash.jsonl "${record}")
endfunction()

# An image of a target, at an offset.
function(esptool_py_flash_target_image target name offset image)
  cmake_parse_arguments(arg "ALWAYS_PLAINTEXT" "" "" ${ARGN})
  file(RELATIVE_PATH image "${CMAKE_BINARY_DIR}" "${image}")
  set_property(TARGET ${target} APPEND PROPERTY IMAGES "${offset} ${image}")
  set(record "")
  standin_add_member(record call esptool_py_flash_target_image)
  standin_add_member(record target "${target}")
  standin_add_member(record name "${name}")
  standin_add_member(record offset "${offset}")
  standin_add_member(record image "${image}")
  standin_add_member(record plaintext "${arg_ALWAYS_PLAINTEXT}")
  standin_record(flash.jsonl "${record}")
endfunction()

# An image of a target, at the offset of a partition.
function(esptool_py_flash_to_partition target partition image)
  partition_table_get_partition_info(offset "--partition-name ${partition}" "offset")
  if(NOT offset)
    message(FATAL_ERROR "Could not find offset of partition ${partition}")
  endif()
  esptool_py_partition_needs_encryption(encrypted ${partition})
  set(option ALWAYS_PLAINTEXT)
  if(encrypted)
    set(option "")
  endif()
  esptool_py_flash_target_image(${target} ${partition} ${offset} "${image}" ${option})
endfunction()

# A flash target with what has to be built before it.
function(esptool_py_custom_target target file_name dependencies)
  __ensure_esptool_py_setup()
  idf_component_get_property(main_arguments esptool_py FLASH_ARGS)
  idf_component_get_property(sub_arguments esptool_py FLASH_SUB_ARGS)
  esptool_py_flash_target(${target} "${main_arguments}" "${sub_arguments}" ${ARGN})
  add_dependencies(${target} ${dependencies})
endfunction()

# Called when the executable is known: the application's image, and what `flash` writes of ESP-IDF's own.
function(standin_setup_flash)
  idf_build_get_property(name EXECUTABLE_NAME)
  idf_build_get_property(elf EXECUTABLE)
  set(image "${CMAKE_BINARY_DIR}/${name}.bin")
  add_custom_command(OUTPUT "${image}"
    COMMAND "${CMAKE_COMMAND}" -E copy "$<TARGET_FILE:${elf}>" "${image}"  # in place of elf2image
    DEPENDS ${elf} VERBATIM)
  add_custom_target(gen_project_binary DEPENDS "${image}")
  if(NOT TARGET app)
    add_custom_target(app ALL)
  endif()
  add_dependencies(app gen_project_binary)
  if(IDF_VERSION_MAJOR GREATER_EQUAL 6)
    esptool_py_custom_target(flash project "app")
  endif()
  partition_table_get_partition_info(offset "--partition-boot-default" "offset")
  esptool_py_flash_target_image(flash app "${offset}" "${image}")
endfunction()

if(IDF_VERSION_MAJOR LESS 6)
  add_custom_target(app ALL)
  esptool_py_custom_target(flash project "app")
endif()
