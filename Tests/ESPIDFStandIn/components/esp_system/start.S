# Where a firmware begins. Nothing runs it: there is no chip. What it refers to is linked.
# SPDX-License-Identifier: MIT
    .section .text.call_start_cpu0, "ax", @progbits
    .global call_start_cpu0
call_start_cpu0:
    tail app_main

# esp_app_desc_t: 256 bytes behind a magic number, where esptool writes the SHA-256 of the ELF file.
    .section .flash.appdesc, "a", @progbits
    .global esp_app_desc
esp_app_desc:
    .long 0xabcd5432
    .zero 252
