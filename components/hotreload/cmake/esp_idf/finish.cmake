# The end of the project's CMakeLists.txt: all modules are known, and so is the executable.
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)
cmake_policy(VERSION 3.20...3.25)

# Writes the plan and hooks the tool into the project's build.
function(_hotreload_finish_project)
  _hotreload_check_listed_components()
  get_property(name GLOBAL PROPERTY HOTRELOAD_COMPONENT_NAME)
  idf_component_get_property(library "${name}" COMPONENT_LIB)
  get_property(labels GLOBAL PROPERTY HOTRELOAD_LABELS)
  if(NOT labels)
    _hotreload_link_without_modules("${library}")
    return()
  endif()
  _hotreload_check_memory_protection()
  idf_build_get_property(executable EXECUTABLE)
  if(NOT executable)
    message(FATAL_ERROR "hotreload: the build has no executable: call idf_build_executable()")
  endif()

  _hotreload_find_abi("hotreload:")
  _hotreload_add_runtime("hotreload:" runtime)
  # Each needs the other: the runtime the port, the port's library the runtime.
  target_link_libraries("${library}" PRIVATE hotreload_runtime)
  set_property(TARGET hotreload_runtime APPEND PROPERTY INTERFACE_LINK_LIBRARIES "${library}")
  # hotreload hears of crashes before the panic handler reports them (crash.c), unless Bluetooth's controller does.
  if(NOT CONFIG_BT_LE_CONTROLLER_LOG_WRAP_PANIC_HANDLER_ENABLE)
    target_link_options("${library}" INTERFACE -Wl,--wrap=esp_panic_handler -Wl,-u,__wrap_esp_panic_handler)
  endif()

  idf_build_get_property(HOTRELOAD_CHIP IDF_TARGET)
  idf_build_get_property(version PROJECT_VER)
  _hotreload_rebuild_command(rebuild)
  _hotreload_write_plan(FIRMWARE "${executable}" VERSION "${version}" IDENTITY elf-sha256
    RUNTIME "${runtime}" REBUILD_COMMAND ${rebuild})
  _hotreload_add_commands("${executable}" "${library}" "${runtime}")
  foreach(label IN LISTS labels)
    _hotreload_add_flash_target("${label}")
  endforeach()
  _hotreload_add_tool_targets()
endfunction()

# Without a module there is nothing that a runtime could do: as with CONFIG_HOTRELOAD_ENABLE=n. No error: a
# project that is about to choose its components in menuconfig has none yet.
function(_hotreload_link_without_modules library)
  message(WARNING "hotreload: no component is reloadable, the functions of hotreload.h do nothing. Say RELOADABLE in "
    "idf_component_register() of one, or name it in CONFIG_HOTRELOAD_COMPONENTS")
  get_property(component GLOBAL PROPERTY HOTRELOAD_COMPONENT)
  set_property(TARGET "${library}" PROPERTY SOURCES "${component}/port/esp-idf/hotreload_disabled.c")
  target_compile_definitions("${library}" PUBLIC HOTRELOAD_DISABLED)
  _hotreload_forget_plan()
endfunction()

# The build folder may have been one with modules: what that had is not to be built or sent any more.
function(_hotreload_forget_plan)
  file(REMOVE "${CMAKE_BINARY_DIR}/hotreload-plan.json")
endfunction()

# Modules are loaded into internal RAM, unless the application asks for PSRAM.
function(_hotreload_check_memory_protection)
  set(switches "")
  # One thing, by its name in ESP-IDF 6, and by its names in 5.
  foreach(option IN ITEMS CONFIG_ESP_SYSTEM_MEMPROT CONFIG_ESP_SYSTEM_MEMPROT_FEATURE
      CONFIG_ESP_SYSTEM_PMP_IDRAM_SPLIT)
    if(${option})
      list(APPEND switches "${option}=n")
    endif()
  endforeach()
  if(switches)
    list(JOIN switches ", " switches)
    message(WARNING "hotreload: memory protection is on: the chip does not execute internal RAM, and hotreload_load() will "
      "say ESP_ERR_NOT_SUPPORTED. Say ${switches} in sdkconfig.defaults and remove sdkconfig, or use menuconfig")
  endif()
endfunction()

# A name that no component has is a mistake that would show nowhere.
function(_hotreload_check_listed_components)
  idf_build_get_property(components BUILD_COMPONENTS)
  foreach(name IN LISTS CONFIG_HOTRELOAD_COMPONENTS)
    string(STRIP "${name}" name)
    if(NOT name STREQUAL "" AND NOT name IN_LIST components)
      message(WARNING "hotreload: CONFIG_HOTRELOAD_COMPONENTS names '${name}', which is no component of this build")
    endif()
  endforeach()
endfunction()

# How the user builds the project: idf.py says that it checked Python's packages.
function(_hotreload_rebuild_command result)
  if(PYTHON_DEPS_CHECKED)
    idf_build_get_property(project PROJECT_DIR)
    set(${result} idf.py -C "${project}" -B "${CMAKE_BINARY_DIR}" build PARENT_SCOPE)
  else()
    set(${result} cmake --build "${CMAKE_BINARY_DIR}" PARENT_SCOPE)
  endif()
endfunction()

# What `idf.py reload` and `idf.py watch` do, as targets: ESP-IDF 5 has no commands of components.
function(_hotreload_add_tool_targets)
  foreach(command IN ITEMS reload watch)
    add_custom_target(hotreload-${command}
      COMMAND "${HOTRELOAD_TOOL}" ${command} --plan "${CMAKE_BINARY_DIR}/hotreload-plan.json"
      WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
      USES_TERMINAL VERBATIM)
    # The firmware is built, the tool builds the modules.
    add_dependencies(hotreload-${command} hotreload_modules)
  endforeach()
endfunction()
