# Where a firmware begins. Nothing runs it: there is no chip. What it refers to is linked.
# SPDX-License-Identifier: MIT
    .section .text.call_start_cpu0, "ax", @progbits
    .global call_start_cpu0
#ifdef __XTENSA__
    .literal_position
    .balign 4
call_start_cpu0:
    entry a1, 16
    call8 app_main
    retw
#else
call_start_cpu0:
    tail app_main
#endif

# esp_app_desc_t: 256 bytes behind a magic number, where esptool writes the SHA-256 of the ELF file.
    .section .flash.appdesc, "a", @progbits
    .global esp_app_desc
esp_app_desc:
    .long 0xabcd5432
    .zero 252
