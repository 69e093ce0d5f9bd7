# Functions of ESP-IDF in name only, so that a firmware that calls them can be linked. None is ever run.
# SPDX-License-Identifier: MIT
    .macro service name
    .section .text.\name, "ax", @progbits
    .weak \name
    .type \name, @function
    .balign 4
\name:
#ifdef __XTENSA__
    entry a1, 16
    retw
#else
    ret
#endif
    .size \name, . - \name
    .endm

    service esp_app_get_description
    service esp_cache_msync
    service esp_err_to_name
    service _esp_error_check_failed
    service esp_event_loop_create_default
    service esp_fill_random
    service esp_get_idf_version
    service esp_ip4addr_ntoa
    service esp_ipc_call
    service esp_log_timestamp
    service esp_log_write
    service esp_netif_get_default_netif
    service esp_netif_get_ip_info
    service esp_netif_init
    service esp_netif_is_netif_up
    service esp_netif_next
    service esp_panic_handler
    service esp_partition_erase_range
    service esp_partition_find_first
    service esp_partition_mmap
    service esp_partition_munmap
    service esp_partition_write
    service esp_reset_reason
    service esp_system_abort
    service esp_timer_create
    service esp_timer_get_time
    service esp_timer_start_periodic
    service esp_timer_stop
    service heap_caps_aligned_alloc
    service heap_caps_free
    service heap_caps_get_total_size
    service http_method_str
    service httpd_queue_work
    service httpd_register_uri_handler
    service httpd_req_async_handler_begin
    service httpd_req_async_handler_complete
    service httpd_req_get_hdr_value_len
    service httpd_req_get_hdr_value_str
    service httpd_req_recv
    service httpd_req_to_sockfd
    service httpd_send
    service httpd_sess_trigger_close
    service httpd_start
    service httpd_stop
    service httpd_unregister_uri_handler
    service mbedtls_sha256_finish
    service mbedtls_sha256_free
    service mbedtls_sha256_init
    service mbedtls_sha256_starts
    service mbedtls_sha256_update
    service nvs_flash_erase
    service nvs_flash_init
    service panic_get_cause
    service panic_print_str
    service pcTaskGetName
    service psa_crypto_init
    service psa_hash_abort
    service psa_hash_finish
    service psa_hash_setup
    service psa_hash_update
    service pxTaskGetNext
    service spi_flash_cache_enabled
    service vPortEnterCritical
    service vPortExitCritical
    service vTaskDelay
    service vTaskDelete
    service vTaskGetSnapshot
    service vTaskSuspendAll
    service xPortGetCoreID
    service xQueueCreateMutexStatic
    service xQueueGenericCreateStatic
    service xQueueGenericSend
    service xQueueGiveMutexRecursive
    service xQueueSemaphoreTake
    service xQueueTakeMutexRecursive
    service xTaskCreatePinnedToCore
    service xTaskGetCurrentTaskHandle
    service xTaskGetNext
    service xTaskResumeAll
    service xthal_window_spill
    service __atomic_compare_exchange_4
    service __atomic_fetch_add_4
    service __atomic_fetch_sub_4
    service __atomic_load_4
    service __atomic_store_4

#ifdef __XTENSA__
# What newlib asks a system for.
    service _close
    service _exit
    service _fstat
    service _getpid
    service _isatty
    service _kill
    service _lseek
    service _read
    service _sbrk
    service _write
#endif

    .section .bss.g_panic_abort, "aw", @nobits
    .weak g_panic_abort
g_panic_abort:
    .zero 1

# picolibc asks for its console and for its heap.
    .section .data.standard_streams, "aw", @progbits
    .weak stdin, stdout, stderr
    .weak __heap_start, __heap_end
stdin:
stdout:
stderr:
__heap_start:
__heap_end:
    .long 0
