// SHA-256 by PSA, with a PSA that adds bytes up instead and counts its operations.
// SPDX-License-Identifier: MIT
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_random.h"
#include "hotreload_port.h"
#include "psa/crypto.h"

static unsigned alive, most;
static bool fails;

psa_status_t psa_crypto_init(void)
{
    return PSA_SUCCESS;
}

psa_status_t psa_hash_setup(psa_hash_operation_t *operation, psa_algorithm_t alg)
{
    if (fails || operation->id != 0 || alg != PSA_ALG_SHA_256)
        return -1;
    operation->id = 1;
    operation->context = calloc(1, 1);
    alive++;
    most = alive > most ? alive : most;
    return PSA_SUCCESS;
}

psa_status_t psa_hash_update(psa_hash_operation_t *operation, const uint8_t *input, size_t input_length)
{
    for (size_t index = 0; index < input_length; index++)
        *(uint8_t *)operation->context += input[index];
    return operation->id != 0 ? PSA_SUCCESS : -1;
}

psa_status_t psa_hash_finish(psa_hash_operation_t *operation, uint8_t *hash, size_t hash_size, size_t *hash_length)
{
    memset(hash, *(uint8_t *)operation->context, hash_size);
    *hash_length = hash_size;
    return psa_hash_abort(operation);
}

psa_status_t psa_hash_abort(psa_hash_operation_t *operation)
{
    if (operation->id != 0) {
        free(operation->context);
        alive--;
    }
    operation->id = 0;
    return PSA_SUCCESS;
}

void esp_fill_random(void *buf, size_t len)
{
    memset(buf, 0xAA, len);
}

static uint8_t finish(hotreload_port_sha256_t *context)
{
    uint8_t digest[32];
    hotreload_port_sha256_finish(context, digest);
    return digest[31];
}

int main(void)
{
    hotreload_port_sha256_t held, moved, dropped, empty;
    hotreload_port_sha256_begin(&held);
    hotreload_port_sha256_begin(&empty);
    hotreload_port_sha256_update(&held, "\x01", 1);
    for (unsigned count = 0; count < 20; count++) {
        hotreload_port_sha256_begin(&dropped);
        hotreload_port_sha256_update(&dropped, "\x01", 1);
        moved = held;
        held = dropped;  // nobody uses these bytes any more
        hotreload_port_sha256_update(&moved, "\x02", 1);
        held = moved;
    }
    printf("held %d, empty %d\n", finish(&held), finish(&empty));
    printf("at most %u operations, %u left\n", most, alive);

    hotreload_port_sha256_t idle, others[6];
    hotreload_port_sha256_begin(&idle);
    hotreload_port_sha256_update(&idle, "\x01", 1);
    for (unsigned index = 0; index < 6; index++) {
        hotreload_port_sha256_begin(&others[index]);
        hotreload_port_sha256_update(&others[index], "\x05", 1);
    }
    printf("taken away %#x, newest %d\n", finish(&idle), finish(&others[5]));
    fails = true;
    hotreload_port_sha256_begin(&idle);
    hotreload_port_sha256_update(&idle, "\x01", 1);
    printf("failed %#x\n", finish(&idle));
    return 0;
}
