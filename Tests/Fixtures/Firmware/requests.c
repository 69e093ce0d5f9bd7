// Firmware for RequestTests: it is itself the HTTP server that hands over parsed requests, and looks where the runtime takes
// its lock. Prints one line a failed check, and how many held.
#include <stdio.h>
#include <string.h>

#include "../port/hotreload_port.h"
#include "board.h"
#include "hotreload.h"

static int held, failed;

static void check(const char *what, long long expected, long long found)
{
    if (expected == found) {
        held++;
        return;
    }
    failed++;
    printf("FAILED %s: %lld, expected %lld\n", what, found, expected);
}

#define CHECK(expected, expression) check(#expression, (long long)(expected), (long long)(expression))

// The port, in place of the board's --------------------------------------------------------------------------

static int depth, deepest, locked;

void hotreload_port_lock(void)
{
    locked++;
    depth++;
    if (depth > deepest)
        deepest = depth;
}

void hotreload_port_unlock(void)
{
    depth--;
}

static const uint8_t key[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};

void hotreload_port_firmware(hotreload_port_firmware_t *firmware)
{
    extern const uint16_t hotreload_chip;
    *firmware = (hotreload_port_firmware_t){
        .chip = hotreload_chip,
        .version = "requests",
        .key = key,
        .authentication = HOTRELOAD_PORT_AUTHENTICATION_BODY,
    };
}

static void *attached_server;
static uint16_t attached_port;

int hotreload_port_attach(void *server, uint16_t port)
{
    CHECK(0, depth);
    attached_server = server;
    attached_port = port;
    return HOTRELOAD_PORT_OK;
}

/// What hotreload_request_t.context points at.
struct exchange {
    const char *const *fields;  ///< Names and values in turn, then NULL.
    char reply[2048];
    size_t size;
};

int32_t hotreload_port_request_field(void *context, const char *name, char *value, size_t size)
{
    CHECK(0, depth);
    const struct exchange *exchange = context;
    for (const char *const *field = exchange->fields; *field != NULL; field += 2) {
        if (strcmp(field[0], name) != 0)
            continue;
        const size_t length = strlen(field[1]);
        memcpy(value, field[1], length < size ? length : size);
        return (int32_t)length;
    }
    return -1;
}

void hotreload_port_request_send(void *context, const void *bytes, size_t size)
{
    CHECK(0, depth);
    struct exchange *exchange = context;
    if (size >= sizeof exchange->reply - exchange->size)
        size = sizeof exchange->reply - exchange->size - 1;
    memcpy(exchange->reply + exchange->size, bytes, size);
    exchange->size += size;
    exchange->reply[exchange->size] = 0;
}

// The requests -----------------------------------------------------------------------------------------------

static const char *const nothing[] = {NULL};
static const char *const length_only[] = {"Content-Length", "5", NULL};
// "hello", signed with the key.
static const char *const signed_hello[] = {
    "Content-Length", "5",
    "X-Hotreload-SHA256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    "X-Hotreload-HMAC", "53c40272a70c15ca4ee0af4df1f155fd6c41e00ce2307d8987ecd4bb36a7e990",
    NULL,
};
static const char *const expecting[] = {
    "Content-Length", "5", "Expect", "100-continue",
    "X-Hotreload-SHA256", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
    "X-Hotreload-HMAC", "53c40272a70c15ca4ee0af4df1f155fd6c41e00ce2307d8987ecd4bb36a7e990",
    NULL,
};

static int begin(hotreload_request_t *request, struct exchange *exchange, const char *method,
                 const char *target, const char *const *fields)
{
    *exchange = (struct exchange){.fields = fields};
    *request = (hotreload_request_t){.context = exchange};
    return hotreload_request_begin(request, method, target);
}

static bool replied(const struct exchange *exchange, const char *text)
{
    const bool result = strstr(exchange->reply, text) != NULL;
    if (!result)
        printf("no '%s' in: %s\n", text, exchange->reply);
    return result;
}

static struct exchange first_exchange, second_exchange;
static hotreload_request_t first, second;

static void check_start(void)
{
    const hotreload_server_config_t config = {.port = 80};
    CHECK(0, strcmp(hotreload_request_path(0), "/challenge"));
    CHECK(0, strcmp(hotreload_request_path(1), "/upload"));
    CHECK(0, strcmp(hotreload_request_path(2), "/pending"));
    CHECK(0, strcmp(hotreload_request_path(3), "/status"));
    CHECK(true, hotreload_request_path(4) == NULL);
    CHECK(HOTRELOAD_REQUEST_CLOSE, begin(&first, &first_exchange, "GET", "/status", nothing));
    CHECK(0, first_exchange.size);
    CHECK(ESP_OK, hotreload_server_attach(&first, &config));
    CHECK(true, attached_server == &first);
    CHECK(80, attached_port);
    CHECK(ESP_ERR_INVALID_STATE, hotreload_server_start(&config));
}

static void check_replies(void)
{
    CHECK(HOTRELOAD_REQUEST_DONE, begin(&first, &first_exchange, "GET", "/status", nothing));
    CHECK(true, replied(&first_exchange, "HTTP/1.1 200 OK\r\n"));
    CHECK(true, replied(&first_exchange, "\"auth\":\"body\""));
    CHECK(true, replied(&first_exchange, "\"reset\":\"power_on\""));
    CHECK(true, replied(&first_exchange, "\"last_error\":null}\n"));
    CHECK(HOTRELOAD_REQUEST_CLOSE, begin(&first, &first_exchange, "HEAD", "/status", nothing));
    CHECK(true, replied(&first_exchange, "HTTP/1.1 405 "));
    CHECK(HOTRELOAD_REQUEST_DRAIN, begin(&first, &first_exchange, "POST", "/upload", length_only));
    CHECK(true, replied(&first_exchange, "HTTP/1.1 403 "));
    CHECK(HOTRELOAD_REQUEST_DRAIN, hotreload_request_body(&first, "hel", 3));
    CHECK(HOTRELOAD_REQUEST_DRAIN, hotreload_request_tick(&first));
    CHECK(HOTRELOAD_REQUEST_CLOSE, hotreload_request_body(&first, "lo", 2));
}

static void check_uploads(void)
{
    CHECK(HOTRELOAD_REQUEST_UPLOAD, begin(&first, &first_exchange, "POST", "/upload", signed_hello));
    CHECK(HOTRELOAD_REQUEST_UPLOAD, hotreload_request_body(&first, "hel", 3));
    CHECK(HOTRELOAD_REQUEST_DRAIN, begin(&second, &second_exchange, "POST", "/upload", signed_hello));
    CHECK(true, replied(&second_exchange, "HTTP/1.1 409 busy\r\n"));
    hotreload_request_abort(&second);
    CHECK(HOTRELOAD_REQUEST_UPLOAD, hotreload_request_tick(&first));
    CHECK(0, first_exchange.size);
    CHECK(HOTRELOAD_REQUEST_DONE, hotreload_request_body(&first, "lo", 2));
    CHECK(true, replied(&first_exchange, "HTTP/1.1 422 not_loadable\r\n"));

    CHECK(HOTRELOAD_REQUEST_UPLOAD, begin(&first, &first_exchange, "POST", "/upload", expecting));
    CHECK(0, strcmp(first_exchange.reply, "HTTP/1.1 100 Continue\r\n\r\n"));
    hotreload_request_abort(&first);
    CHECK(HOTRELOAD_REQUEST_UPLOAD, begin(&second, &second_exchange, "POST", "/upload", signed_hello));
    CHECK(HOTRELOAD_REQUEST_DONE, hotreload_request_body(&second, "HELLO", 5));
    CHECK(true, replied(&second_exchange, "X-Hotreload-SHA256 does not match the body"));
}

static void check_stop(void)
{
    CHECK(HOTRELOAD_REQUEST_UPLOAD, begin(&first, &first_exchange, "POST", "/upload", signed_hello));
    CHECK(ESP_OK, hotreload_server_stop());
    CHECK(HOTRELOAD_REQUEST_CLOSE, hotreload_request_body(&first, "hello", 5));
    CHECK(0, first_exchange.size);
    CHECK(HOTRELOAD_REQUEST_CLOSE, begin(&first, &first_exchange, "GET", "/status", nothing));
    CHECK(ESP_ERR_INVALID_STATE, hotreload_server_stop());
}

static void check_lock(void)
{
    const hotreload_config_t nowhere = {.partition_label = "nowhere"};
    const int before = locked;
    CHECK(false, hotreload_update_available());
    CHECK(before, locked);
    CHECK(ESP_ERR_NOT_FOUND, hotreload_load(&nowhere));
    CHECK(before + 1, locked);
    CHECK(1, deepest);
    CHECK(0, depth);
}

int main(void)
{
    check_start();
    check_replies();
    check_uploads();
    check_stop();
    check_lock();
    printf("%d checks held, %d failed\n", held, failed);
    board_delay_ms(1);
    return failed == 0 ? 0 : 1;
}
