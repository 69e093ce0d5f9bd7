# What is particular to ESP-IDF 5.0.0, compared with the real tree by compare.cmake.
# SPDX-License-Identifier: MIT
set(IDF_VERSION_MAJOR 5)
set(IDF_VERSION_MINOR 0)
set(IDF_VERSION_PATCH 0)

# Keywords of idf_component_register().
set(STANDIN_OPTIONS WHOLE_ARCHIVE)
set(STANDIN_SINGLE_VALUES KCONFIG KCONFIG_PROJBUILD)
set(STANDIN_MULTI_VALUES
  SRCS SRC_DIRS EXCLUDE_SRCS INCLUDE_DIRS PRIV_INCLUDE_DIRS LDFRAGMENTS REQUIRES PRIV_REQUIRES
  REQUIRED_IDF_TARGETS EMBED_FILES EMBED_TXTFILES)

# Required by every component; the chip's architecture is added.
set(STANDIN_COMMON_REQUIREMENTS
  cxx newlib freertos esp_hw_support heap log soc hal esp_rom esp_common esp_system)

# Names in components/.
set(STANDIN_COMPONENTS
  app_trace app_update bootloader bootloader_support bt cmock console cxx driver efuse esp-tls
  esp_adc esp_app_format esp_common esp_eth esp_event esp_gdbstub esp_hid esp_http_client
  esp_http_server esp_https_ota esp_https_server esp_hw_support esp_lcd esp_local_ctrl esp_netif
  esp_partition esp_phy esp_pm esp_psram esp_ringbuf esp_rom esp_system esp_timer esp_wifi
  espcoredump esptool_py fatfs freertos hal heap http_parser idf_test ieee802154 json linux log
  lwip mbedtls mqtt newlib nvs_flash openthread partition_table perfmon protobuf-c protocomm
  pthread riscv sdmmc soc spi_flash spiffs tcp_transport touch_element ulp unity usb vfs
  wear_levelling wifi_provisioning wpa_supplicant xtensa)

# What they require publicly, as far as headers here need it.
set(STANDIN_REQUIRES_esp_http_server http_parser)
