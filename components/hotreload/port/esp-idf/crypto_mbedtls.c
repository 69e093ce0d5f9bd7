// hotreload_port.h: SHA-256 by mbedTLS (ESP-IDF 5), which has the chip's accelerator behind it. Its
// context is plain data between two calls, and may be dropped.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "esp_random.h"
#include "mbedtls/sha256.h"
#include "sdkconfig.h"

struct context {
    mbedtls_sha256_context hash;
    bool has_failed;
};
_Static_assert(sizeof(struct context) <= sizeof(hotreload_port_sha256_t), "the port's contract");

static struct context *context_of(hotreload_port_sha256_t *context)
{
    return (struct context *)context->opaque;
}

void hotreload_port_sha256_begin(hotreload_port_sha256_t *context)
{
    struct context *own = context_of(context);
    mbedtls_sha256_init(&own->hash);
    own->has_failed = mbedtls_sha256_starts(&own->hash, 0) != 0;
#if CONFIG_IDF_TARGET_ESP32 && CONFIG_MBEDTLS_HARDWARE_SHA
    // The engine of this chip belongs to one hash from its first block to its end. One that is dropped
    // would keep it for ever: esp_sha() waits for it.
    own->hash.mode = ESP_MBEDTLS_SHA256_SOFTWARE;
#endif
}

void hotreload_port_sha256_update(hotreload_port_sha256_t *context, const void *bytes, size_t size)
{
    struct context *own = context_of(context);
    if (!own->has_failed && size > 0)
        own->has_failed = mbedtls_sha256_update(&own->hash, bytes, size) != 0;
}

void hotreload_port_sha256_finish(hotreload_port_sha256_t *context, uint8_t digest[32])
{
    struct context *own = context_of(context);
    if (own->has_failed || mbedtls_sha256_finish(&own->hash, digest) != 0)
        esp_fill_random(digest, 32);  // equals nothing: whatever depends on it is refused
    mbedtls_sha256_free(&own->hash);
}
