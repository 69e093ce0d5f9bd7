# Which component of ESP-IDF has which header: those of Tests/ESPIDFHeaders. A header is seen only by who
# requires its component, as in the real tree; compare.cmake looks for each there.
# SPDX-License-Identifier: MIT
set(STANDIN_HEADERS_esp_app_format esp_app_desc.h)
set(STANDIN_HEADERS_esp_common esp_attr.h esp_err.h esp_idf_version.h)
set(STANDIN_HEADERS_esp_event esp_event.h)
set(STANDIN_HEADERS_esp_http_server esp_http_server.h)
set(STANDIN_HEADERS_esp_hw_support esp_mac.h esp_random.h)
set(STANDIN_HEADERS_esp_mm esp_cache.h)
set(STANDIN_HEADERS_esp_netif esp_netif.h esp_netif_ip_addr.h esp_netif_types.h)
set(STANDIN_HEADERS_esp_partition esp_partition.h)
set(STANDIN_HEADERS_esp_system esp_system.h)
set(STANDIN_HEADERS_esp_timer esp_timer.h)
set(STANDIN_HEADERS_freertos
  freertos/FreeRTOS.h freertos/queue.h freertos/semphr.h freertos/task.h)
set(STANDIN_HEADERS_heap esp_heap_caps.h)
set(STANDIN_HEADERS_http_parser http_parser.h)
set(STANDIN_HEADERS_log esp_log.h)
set(STANDIN_HEADERS_mbedtls mbedtls/sha256.h psa/crypto.h)
set(STANDIN_HEADERS_nvs_flash nvs_flash.h)
set(STANDIN_HEADERS_soc soc/soc.h soc/soc_caps.h)

# The folder of a component's headers, each of which includes the one of Tests/ESPIDFHeaders; empty if it has none.
function(standin_headers variable component)
  set(folder "${CMAKE_BINARY_DIR}/esp-idf-headers/${component}")
  foreach(header IN LISTS STANDIN_HEADERS_${component})
    get_filename_component(real "${STANDIN_ROOT}/../ESPIDFHeaders/${header}" ABSOLUTE)
    file(CONFIGURE OUTPUT "${folder}/${header}" CONTENT "#include \"${real}\"\n" @ONLY)
  endforeach()
  if(NOT STANDIN_HEADERS_${component})
    set(folder "")
  endif()
  set(${variable} "${folder}" PARENT_SCOPE)
endfunction()
