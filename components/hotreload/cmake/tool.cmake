# Finds the tool `hotreload`: _hotreload_find_tool(). Four places, the first that has it wins:
#
#   1. HOTRELOAD_TOOL, a path: -DHOTRELOAD_TOOL=…, else the environment variable
#   2. PATH
#   3. bin/<host>/hotreload in this component: a release carries it. <host>: linux-x86_64, linux-aarch64,
#      macos-arm64, macos-x86_64
#   4. the repository that this component lies in, if swift is in PATH: the tool is built there
#
# Python's idf_ext.py does not search again: it reads <build folder>/hotreload/tool.txt.
#
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

set(HOTRELOAD_TOOL "" CACHE FILEPATH "The tool `hotreload`, which builds modules")
get_filename_component(_hotreload_tool_component "${CMAKE_CURRENT_LIST_DIR}/.." REALPATH)
set_property(GLOBAL PROPERTY HOTRELOAD_TOOL_COMPONENT "${_hotreload_tool_component}")

# Sets HOTRELOAD_TOOL, in the cache and for whoever reads it later, or stops. `where` begins messages. What a
# search found stands in HOTRELOAD_TOOL_FOUND, too, which tells it from what the user said.
function(_hotreload_find_tool where)
  get_property(done GLOBAL PROPERTY HOTRELOAD_TOOL_SEARCHED)
  if(done)
    return()
  endif()
  set(tool "${HOTRELOAD_TOOL}")
  if(NOT tool OR tool STREQUAL HOTRELOAD_TOOL_FOUND)
    _hotreload_search_tool("${where}" tool)
    set(HOTRELOAD_TOOL_FOUND "${tool}" CACHE INTERNAL "The tool that a search found")
    set_property(CACHE HOTRELOAD_TOOL PROPERTY VALUE "${tool}")
  elseif(NOT IS_ABSOLUTE "${tool}" OR NOT EXISTS "${tool}")
    message(FATAL_ERROR "${where} HOTRELOAD_TOOL names no file: ${tool}. Say where the tool `hotreload` is")
  endif()
  set_property(GLOBAL PROPERTY HOTRELOAD_TOOL_SEARCHED ON)
  file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/hotreload")
  file(WRITE "${CMAKE_BINARY_DIR}/hotreload/tool.txt" "${tool}\n")
endfunction()

# Looks in the four places; the parent's variable `result` is the tool's path.
function(_hotreload_search_tool where result)
  get_property(component GLOBAL PROPERTY HOTRELOAD_TOOL_COMPONENT)
  if(NOT "$ENV{HOTRELOAD_TOOL}" STREQUAL "")
    if(NOT EXISTS "$ENV{HOTRELOAD_TOOL}")
      message(FATAL_ERROR "${where} the environment variable HOTRELOAD_TOOL names no file: "
        "$ENV{HOTRELOAD_TOOL}. Say where the tool `hotreload` is, or unset it")
    endif()
    get_filename_component(tool "$ENV{HOTRELOAD_TOOL}" ABSOLUTE)
    set(${result} "${tool}" PARENT_SCOPE)
    return()
  endif()

  _hotreload_find_in_path(tool hotreload)
  if(tool)
    set(${result} "${tool}" PARENT_SCOPE)
    return()
  endif()

  _hotreload_host(host)
  set(shipped "${component}/bin/${host}/hotreload")
  if(EXISTS "${shipped}")
    set(${result} "${shipped}" PARENT_SCOPE)
    return()
  endif()

  get_filename_component(repository "${component}/../.." ABSOLUTE)
  _hotreload_is_repository(is_repository "${repository}")
  _hotreload_find_in_path(swift swift)
  if(is_repository AND swift)
    _hotreload_build_tool("${where}" "${repository}" "${swift}" tool)
    set(${result} "${tool}" PARENT_SCOPE)
    return()
  endif()

  if(NOT is_repository)
    set(build "${repository} is no checkout of hotreload's repository")
  else()
    set(build "to build it in ${repository}, `swift` has to be in PATH, and is not")
  endif()
  message(FATAL_ERROR "${where} the tool `hotreload` was not found. Looked at:\n"
    "  1. HOTRELOAD_TOOL: set neither in CMake (-DHOTRELOAD_TOOL=<path>) nor in the environment\n"
    "  2. PATH: has no hotreload\n"
    "  3. ${shipped}: is not there; a release of the component carries it\n"
    "  4. ${build}\n"
    "Use a release, or build the tool (swift build -c release --product hotreload) and say where it is")
endfunction()

# A program of the computer, in PATH: whatever the firmware's toolchain says of where to look for programs, and
# looked for again each time.
function(_hotreload_find_in_path result name)
  unset(program)  # A caller's would count as found.
  find_program(program "${name}" NO_CACHE NO_PACKAGE_ROOT_PATH NO_CMAKE_PATH NO_CMAKE_ENVIRONMENT_PATH
    NO_CMAKE_SYSTEM_PATH NO_CMAKE_FIND_ROOT_PATH)
  set(${result} "${program}" PARENT_SCOPE)
endfunction()

# The name of this computer's kind in bin/.
function(_hotreload_host result)
  set(system "${CMAKE_HOST_SYSTEM_NAME}")
  if(system STREQUAL "Darwin")
    set(system macos)
  endif()
  string(TOLOWER "${system}-${CMAKE_HOST_SYSTEM_PROCESSOR}" host)
  set(${result} "${host}" PARENT_SCOPE)
endfunction()

function(_hotreload_is_repository result folder)
  set(${result} OFF PARENT_SCOPE)
  if(EXISTS "${folder}/Package.swift")
    file(STRINGS "${folder}/Package.swift" lines REGEX "^ *name: *\"hotreload\"")
    if(lines)
      set(${result} ON PARENT_SCOPE)
    endif()
  endif()
endfunction()

# SwiftPM shows what it does; when nothing changed it is done at once.
function(_hotreload_build_tool where repository swift result)
  message(STATUS "hotreload: building the tool in ${repository} (swift build -c release)")
  set(command "${swift}" build --package-path "${repository}" -c release --product hotreload)
  # What the firmware's build says of compilers is not for this one.
  set(clean "${CMAKE_COMMAND}" -E env --unset=CC --unset=CXX --unset=CFLAGS --unset=CXXFLAGS)
  execute_process(COMMAND ${clean} ${command} RESULT_VARIABLE failed)
  if(failed)
    list(JOIN command " " line)
    message(FATAL_ERROR "${where} the tool `hotreload` could not be built (see above): ${line}. "
      "Or say where it is: -DHOTRELOAD_TOOL=<path>")
  endif()
  execute_process(COMMAND ${clean} ${command} --show-bin-path
    OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  set(${result} "${folder}/hotreload" PARENT_SCOPE)
endfunction()
