# Writes assembly that holds a file's bytes. Stands for the script of this name.
# SPDX-License-Identifier: MIT
file(READ "${DATA}" bytes HEX)
string(LENGTH "${bytes}" length)
math(EXPR length "${length} / 2")
string(REGEX REPLACE "(..)" ".byte 0x\\1\n" bytes "${bytes}")
if(TYPE STREQUAL "TEXT")
  string(APPEND bytes ".byte 0\n")
  math(EXPR length "${length} + 1")
endif()
file(WRITE "${SOURCE}" ".section .rodata.embedded
.global ${SYMBOL}_start
${SYMBOL}_start:
${bytes}.global ${SYMBOL}_end
${SYMBOL}_end:
.balign 4
.global ${SYMBOL}_length
${SYMBOL}_length: .long ${length}
")
