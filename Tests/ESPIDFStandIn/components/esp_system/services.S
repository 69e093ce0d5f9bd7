# Functions of ESP-IDF in name only, so that a firmware that calls them can be linked. None is ever run.
# SPDX-License-Identifier: MIT
    .macro service name
    .section .text.\name, "ax", @progbits
    .weak \name
    .type \name, @function
\name:
    ret
    .size \name, . - \name
    .endm

    service esp_log_write

# picolibc asks for its console.
    .section .data.standard_streams, "aw", @progbits
    .weak stdin, stdout, stderr
stdin:
stdout:
stderr:
    .long 0
