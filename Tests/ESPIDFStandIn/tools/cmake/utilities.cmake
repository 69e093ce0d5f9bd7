# Small functions that components use. Stands for tools/cmake/utilities.cmake.
# SPDX-License-Identifier: MIT

# A variable of words becomes a list.
function(spaces2list name)
  string(REPLACE " " ";" list "${${name}}")
  set(${name} "${list}" PARENT_SCOPE)
endfunction()

# A list as JSON text.
function(make_json_list list variable)
  string(REPLACE "\\" "\\\\" list "${list}")
  string(REPLACE "\"" "\\\"" list "${list}")
  list(JOIN list "\", \"" text)
  if(list STREQUAL "")
    set(${variable} "[]" PARENT_SCOPE)
  else()
    set(${variable} "[\"${text}\"]" PARENT_SCOPE)
  endif()
endfunction()

# A target that says why it cannot do its work.
function(fail_target name)
  set(lines "")
  foreach(line IN LISTS ARGN)
    list(APPEND lines COMMAND "${CMAKE_COMMAND}" -E echo "${line}")
  endforeach()
  add_custom_target(${name} ${lines} COMMAND "${CMAKE_COMMAND}" -E false VERBATIM)
endfunction()

# A file of bytes as an object of the target, between _binary_<name>_start and _binary_<name>_end.
function(target_add_binary_data target file type)
  cmake_parse_arguments(arg "" "RENAME_TO" "DEPENDS" ${ARGN})
  idf_build_get_property(build_dir BUILD_DIR)
  get_filename_component(file "${file}" ABSOLUTE)
  get_filename_component(name "${file}" NAME)
  if(NOT arg_RENAME_TO)
    set(arg_RENAME_TO "${name}")
  endif()
  string(MAKE_C_IDENTIFIER "${arg_RENAME_TO}" symbol)
  set(script "${STANDIN_ROOT}/tools/cmake/scripts/data_file_embed_asm.cmake")
  add_custom_command(OUTPUT "${build_dir}/${name}.S"
    COMMAND "${CMAKE_COMMAND}" -D "DATA=${file}" -D "SOURCE=${build_dir}/${name}.S"
      -D "SYMBOL=_binary_${symbol}" -D "TYPE=${type}" -P "${script}"
    DEPENDS "${file}" "${script}" ${arg_DEPENDS}
    VERBATIM)
  target_sources(${target} PRIVATE "${build_dir}/${name}.S")
endfunction()

# Linker scripts by their names, looked for in their folders.
function(target_linker_script target type)
  foreach(script IN LISTS ARGN)
    get_filename_component(script "${script}" ABSOLUTE)
    get_filename_component(folder "${script}" DIRECTORY)
    get_filename_component(name "${script}" NAME)
    target_link_directories(${target} ${type} "${folder}")
    target_link_options(${target} ${type} "SHELL:-T ${name}")
    idf_build_set_property(__LINK_DEPENDS "${script}" APPEND)
  endforeach()
endfunction()

foreach(language IN ITEMS C CXX ASM)
  string(TOLOWER "${language}" _name)
  string(CONFIGURE [[
    function(add_@_name@_compile_options)
      foreach(option IN LISTS ARGV)
        add_compile_options($<$<COMPILE_LANGUAGE:@language@>:${option}>)
      endforeach()
    endfunction()]] _definition @ONLY)
  cmake_language(EVAL CODE "${_definition}")
endforeach()
