# What chips of one instruction set have in common: _hotreload_instruction_set().
# SPDX-License-Identifier: MIT
include_guard(GLOBAL)

# Sets, by HOTRELOAD_CHIP and in the parent's scope: in `name` riscv or xtensa; in `linker_arguments` what makes
# GNU ld or lld one for it, a list; in `module_options` how C, C++ and assembly of modules are compiled beside the
# options of the firmware.
function(_hotreload_instruction_set name linker_arguments module_options)
  set(sections -ffunction-sections -fdata-sections)
  if("${HOTRELOAD_CHIP}" MATCHES "^(esp32|esp32s[0-9]+|qemu-xtensa)$")
    set(${name} xtensa PARENT_SCOPE)
    set(${linker_arguments} -m elf32xtensa PARENT_SCOPE)
    # No -fPIC: the loader writes the addresses, which lie in literals. The firmware, and another module, are
    # further away than a call instruction reaches.
    set(${module_options} -mlongcalls -mtext-section-literals ${sections} PARENT_SCOPE)
  else()
    set(${name} riscv PARENT_SCOPE)
    set(${linker_arguments} -m elf32lriscv PARENT_SCOPE)
    set(${module_options} -fPIC ${sections} PARENT_SCOPE)
  endif()
endfunction()
