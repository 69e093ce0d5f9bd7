// hotreload_port.h: SHA-256 by PSA Crypto (ESP-IDF 6), which has the chip's accelerator behind it.
//
// An operation of PSA owns memory from its beginning to its end, a context of the runtime may be
// dropped. So operations live here. A context that was dropped keeps its operation until others
// need it: the one that was idle for the longest time is taken away. Uploads follow each other, so
// that is never one of the upload under way.
// SPDX-License-Identifier: MIT
#include "hotreload_port.h"

#include "esp_random.h"
#include "psa/crypto.h"

/// An upload needs four at a time, and two more while a request is authenticated.
enum { OPERATION_COUNT = 6 };

static struct operation {
    psa_hash_operation_t hash;
    uint32_t owner;  ///< The context's number; 0: free.
    uint32_t last_use;
} operations[OPERATION_COUNT];

static uint32_t latest_owner, latest_use;

struct context {
    uint32_t number;  ///< 0: nothing was hashed by now.
    uint32_t index;   ///< Of its operation, if it has it still.
};
_Static_assert(sizeof(struct context) <= sizeof(hotreload_port_sha256_t), "the port's contract");

static struct context *context_of(hotreload_port_sha256_t *context)
{
    return (struct context *)context->opaque;
}

/// The operation of a context; NULL: it failed, or was taken away.
static struct operation *operation_of(const struct context *context)
{
    struct operation *operation = &operations[context->index];
    if (context->number == 0 || operation->owner != context->number)
        return NULL;
    operation->last_use = ++latest_use;
    return operation;
}

static void release(struct operation *operation)
{
    psa_hash_abort(&operation->hash);
    operation->owner = 0;
}

/// A free operation, or the one that was idle for the longest time.
static uint32_t choose(void)
{
    uint32_t chosen = 0;
    for (uint32_t index = 0; index < OPERATION_COUNT; index++) {
        if (operations[index].owner == 0)
            return index;
        if (latest_use - operations[index].last_use > latest_use - operations[chosen].last_use)
            chosen = index;
    }
    release(&operations[chosen]);
    return chosen;
}

static void begin(struct context *context)
{
    context->index = choose();
    context->number = ++latest_owner != 0 ? latest_owner : ++latest_owner;
    struct operation *operation = &operations[context->index];
    operation->hash = psa_hash_operation_init();
    // psa_crypto_init() does nothing the second time.
    if (psa_crypto_init() == PSA_SUCCESS &&
        psa_hash_setup(&operation->hash, PSA_ALG_SHA_256) == PSA_SUCCESS)
        operation->owner = context->number;
}

void hotreload_port_sha256_begin(hotreload_port_sha256_t *context)
{
    *context_of(context) = (struct context){0};
}

void hotreload_port_sha256_update(hotreload_port_sha256_t *context, const void *bytes, size_t size)
{
    struct context *own = context_of(context);
    if (size == 0)
        return;
    if (own->number == 0)
        begin(own);
    struct operation *operation = operation_of(own);
    if (operation != NULL && psa_hash_update(&operation->hash, bytes, size) != PSA_SUCCESS)
        release(operation);
}

void hotreload_port_sha256_finish(hotreload_port_sha256_t *context, uint8_t digest[32])
{
    struct context *own = context_of(context);
    if (own->number == 0)
        begin(own);
    struct operation *operation = operation_of(own);
    size_t size = 0;
    if (operation == NULL ||
        psa_hash_finish(&operation->hash, digest, 32, &size) != PSA_SUCCESS || size != 32)
        esp_fill_random(digest, 32);  // equals nothing: whatever depends on it is refused
    if (operation != NULL)
        release(operation);
}
