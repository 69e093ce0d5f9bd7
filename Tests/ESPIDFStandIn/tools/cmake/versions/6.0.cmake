# What is particular to ESP-IDF 6.0.2, compared with the real tree by compare.cmake.
# SPDX-License-Identifier: MIT
set(IDF_VERSION_MAJOR 6)
set(IDF_VERSION_MINOR 0)
set(IDF_VERSION_PATCH 2)

# Keywords of idf_component_register().
set(STANDIN_OPTIONS WHOLE_ARCHIVE)
set(STANDIN_SINGLE_VALUES KCONFIG KCONFIG_PROJBUILD)
set(STANDIN_MULTI_VALUES
  SRCS SRC_DIRS EXCLUDE_SRCS INCLUDE_DIRS PRIV_INCLUDE_DIRS LDFRAGMENTS REQUIRES PRIV_REQUIRES
  REQUIRED_IDF_TARGETS EMBED_FILES EMBED_TXTFILES)

# Required by every component; the chip's architecture is added.
set(STANDIN_COMMON_REQUIREMENTS
  cxx esp_libc freertos esp_hw_support heap log soc hal esp_rom esp_common esp_system esp_stdio)

# Names in components/.
set(STANDIN_COMPONENTS
  app_trace app_update bootloader bootloader_support bt cmock console cxx driver efuse esp-tls
  esp_adc esp_app_format esp_blockdev esp_blockdev_util esp_bootloader_format esp_coex esp_common
  esp_driver_ana_cmpr esp_driver_bitscrambler esp_driver_cam esp_driver_dac esp_driver_dma
  esp_driver_gpio esp_driver_gptimer esp_driver_i2c esp_driver_i2s esp_driver_i3c esp_driver_isp
  esp_driver_jpeg esp_driver_ledc esp_driver_mcpwm esp_driver_parlio esp_driver_pcnt
  esp_driver_ppa esp_driver_rmt esp_driver_sd_intf esp_driver_sdio esp_driver_sdm
  esp_driver_sdmmc esp_driver_sdspi esp_driver_spi esp_driver_touch_sens esp_driver_tsens
  esp_driver_twai esp_driver_uart esp_driver_usb_serial_jtag esp_eth esp_event esp_gdbstub
  esp_hal_ana_cmpr esp_hal_ana_conv esp_hal_cam esp_hal_clock esp_hal_dma esp_hal_gpio
  esp_hal_gpspi esp_hal_i2c esp_hal_i2s esp_hal_ieee802154 esp_hal_jpeg esp_hal_lcd esp_hal_ledc
  esp_hal_mcpwm esp_hal_mspi esp_hal_parlio esp_hal_pcnt esp_hal_pmu esp_hal_ppa esp_hal_rmt
  esp_hal_rtc_timer esp_hal_sd esp_hal_security esp_hal_timg esp_hal_touch_sens esp_hal_twai
  esp_hal_uart esp_hal_usb esp_hal_wdt esp_hid esp_http_client esp_http_server esp_https_ota
  esp_https_server esp_hw_support esp_lcd esp_libc esp_local_ctrl esp_mm esp_netif
  esp_netif_stack esp_partition esp_phy esp_pm esp_psram esp_ringbuf esp_rom esp_security
  esp_stdio esp_system esp_tee esp_timer esp_trace esp_usb_cdc_rom_console esp_wifi espcoredump
  esptool_py fatfs freertos hal heap http_parser idf_test ieee802154 linux log lwip mbedtls
  nvs_flash nvs_sec_provider openthread partition_table perfmon protobuf-c protocomm pthread
  riscv rt sdmmc soc spi_flash spiffs tcp_transport ulp unity vfs wear_levelling wpa_supplicant
  xtensa)

# What they require publicly, as far as headers here need it.
set(STANDIN_REQUIRES_esp_http_server http_parser)
