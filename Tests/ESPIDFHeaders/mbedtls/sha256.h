// SPDX-License-Identifier: MIT
#pragma once
#include <stddef.h>
#include <stdint.h>

#if CONFIG_IDF_TARGET_ESP32
typedef enum {
    ESP_MBEDTLS_SHA256_UNUSED,
    ESP_MBEDTLS_SHA256_HARDWARE,
    ESP_MBEDTLS_SHA256_SOFTWARE,
} esp_mbedtls_sha256_mode;
#endif

// As port/include/sha256_alt.h has it for accelerators that can resume.
typedef struct {
    uint32_t total[2];
    uint32_t state[8];
    unsigned char buffer[64];
    int first_block;
    int mode;
    int sha_state;
} mbedtls_sha256_context;

void mbedtls_sha256_init(mbedtls_sha256_context *ctx);
void mbedtls_sha256_free(mbedtls_sha256_context *ctx);
int mbedtls_sha256_starts(mbedtls_sha256_context *ctx, int is224);
int mbedtls_sha256_update(mbedtls_sha256_context *ctx,
                          const unsigned char *input,
                          size_t ilen);
int mbedtls_sha256_finish(mbedtls_sha256_context *ctx,
                          unsigned char *output);
