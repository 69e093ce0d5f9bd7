// Starts the port's HTTP server over an esp_http_server that writes down what it is asked, and sends it one request:
//   server <words>
// Words: attach, no-key, no-address, start-fails, port-in-use, handlers-full, no-async, no-task, timeout, gone, send-fails, and what the
// runtime answers: done, close, drain, upload. Without one of these there is no request.
// SPDX-License-Identifier: MIT
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "esp_http_server.h"
#include "esp_netif.h"
#include "hotreload_port.h"

extern BaseType_t task_answer;

static int word_count;
static char **words;

static bool has(const char *word)
{
    for (int index = 1; index < word_count; index++)
        if (strcmp(words[index], word) == 0)
            return true;
    return false;
}

// The runtime ------------------------------------------------------------------------------------------------

void hotreload_port_firmware(hotreload_port_firmware_t *firmware)
{
    static const uint8_t zeros[32], key[32] = {[31] = 1};
    *firmware = (hotreload_port_firmware_t){.key = has("no-key") ? zeros : key};
}

const char *hotreload_request_path(size_t index)
{
    static const char *const paths[] = {"/upload", "/status"};
    return index < 2 ? paths[index] : NULL;
}

int hotreload_request_begin(hotreload_request_t *request, const char *method, const char *target)
{
    char value[4];
    const int32_t length = hotreload_port_request_field(request->context, "X-Long", value, sizeof value);
    printf("begin %s %s: X-Long of %d bytes is %.4s…, X-None %d\n", method, target, (int)length, value,
           (int)hotreload_port_request_field(request->context, "X-None", value, sizeof value));
    if (has("upload"))
        return HOTRELOAD_REQUEST_UPLOAD;
    hotreload_port_request_send(request->context, "HTTP/1.1 200 OK\r\n\r\n", 19);
    return has("drain") ? HOTRELOAD_REQUEST_DRAIN
                        : has("close") ? HOTRELOAD_REQUEST_CLOSE : HOTRELOAD_REQUEST_DONE;
}

int hotreload_request_body(hotreload_request_t *request, const void *bytes, size_t size)
{
    printf("body %.*s\n", (int)size, (const char *)bytes);
    if (has("drain"))
        return HOTRELOAD_REQUEST_CLOSE;
    hotreload_port_request_send(request->context, "HTTP/1.1 200 OK\r\n\r\n", 19);
    return HOTRELOAD_REQUEST_DONE;
}

int hotreload_request_tick(hotreload_request_t *request)
{
    (void)request;
    printf("tick\n");
    return HOTRELOAD_REQUEST_UPLOAD;
}

void hotreload_request_abort(hotreload_request_t *request)
{
    (void)request;
    printf("abort\n");
}

void mdns_service_start(uint16_t port)
{
    printf("announced on port %u\n", port);
}

void mdns_service_stop(void)
{
    printf("withdrawn\n");
}

// esp_netif --------------------------------------------------------------------------------------------------

esp_err_t esp_netif_init(void)
{
    return ESP_OK;
}

esp_netif_t *esp_netif_get_default_netif(void)
{
    return has("no-address") ? NULL : (esp_netif_t *)words;
}

esp_err_t esp_netif_get_ip_info(esp_netif_t *esp_netif, esp_netif_ip_info_t *ip_info)
{
    (void)esp_netif;
    ip_info->ip.addr = 0x0100007f;
    return ESP_OK;
}

char *esp_ip4addr_ntoa(const esp_ip4_addr_t *addr, char *buf, int buflen)
{
    snprintf(buf, (size_t)buflen, "%u.%u.%u.%u", addr->addr & 255, addr->addr >> 8 & 255, addr->addr >> 16 & 255,
             addr->addr >> 24);
    return buf;
}

// esp_http_server --------------------------------------------------------------------------------------------

static esp_err_t (*handler)(httpd_req_t *);

esp_err_t httpd_start(httpd_handle_t *handle, const httpd_config_t *config)
{
    printf("start on %u, control port %u, stack %u, priority %u\n", config->server_port, config->ctrl_port,
           (unsigned)config->stack_size, config->task_priority);
    if (has("port-in-use"))
        errno = EADDRINUSE;
    *handle = words;
    return has("start-fails") || has("port-in-use") ? ESP_FAIL : ESP_OK;
}

esp_err_t httpd_stop(httpd_handle_t handle)
{
    (void)handle;
    printf("stop\n");
    return ESP_OK;
}

esp_err_t httpd_register_uri_handler(httpd_handle_t handle, const httpd_uri_t *uri_handler)
{
    (void)handle;
    if (has("handlers-full") && handler != NULL)
        return ESP_FAIL;
    handler = uri_handler->handler;
    printf("register %s\n", uri_handler->uri);
    return ESP_OK;
}

esp_err_t httpd_unregister_uri_handler(httpd_handle_t handle, const char *uri, httpd_method_t method)
{
    (void)handle, (void)method;
    printf("unregister %s\n", uri);
    return ESP_OK;
}

esp_err_t httpd_req_async_handler_begin(httpd_req_t *r, httpd_req_t **out)
{
    if (has("no-async"))
        return ESP_ERR_NO_MEM;
    *out = malloc(sizeof *r);
    memcpy(*out, r, sizeof *r);
    return ESP_OK;
}

esp_err_t httpd_req_async_handler_complete(httpd_req_t *r)
{
    printf("complete\n");
    free(r);
    return ESP_OK;
}

int httpd_req_to_sockfd(httpd_req_t *r)
{
    (void)r;
    return 54;
}

int httpd_req_recv(httpd_req_t *r, char *buf, size_t buf_len)
{
    (void)r, (void)buf_len;
    static bool was_late;
    if (has("timeout") && !was_late) {
        was_late = true;
        return HTTPD_SOCK_ERR_TIMEOUT;
    }
    if (has("gone"))
        return 0;
    memcpy(buf, "bytes", 5);
    return 5;
}

static const char LONG_VALUE[] = "a value";

size_t httpd_req_get_hdr_value_len(httpd_req_t *r, const char *field)
{
    (void)r, (void)field;
    return strlen(LONG_VALUE);
}

esp_err_t httpd_req_get_hdr_value_str(httpd_req_t *r, const char *field, char *val, size_t val_size)
{
    (void)r;
    if (strcmp(field, "X-Long") != 0)
        return ESP_ERR_NOT_FOUND;
    snprintf(val, val_size, "%s", LONG_VALUE);
    return ESP_OK;
}

int httpd_send(httpd_req_t *r, const char *buf, size_t buf_len)
{
    (void)r, (void)buf;
    // As a socket may: a part of it.
    return has("send-fails") ? HTTPD_SOCK_ERR_FAIL : (int)(buf_len < 10 ? buf_len : 10);
}

esp_err_t httpd_queue_work(httpd_handle_t handle, httpd_work_fn_t work, void *arg)
{
    (void)handle;
    printf("the server waits for the connection again\n");
    work(arg);
    return ESP_OK;
}

esp_err_t httpd_sess_trigger_close(httpd_handle_t handle, int sockfd)
{
    (void)handle;
    printf("close connection %d\n", sockfd);
    return ESP_OK;
}

const char *http_method_str(enum http_method m)
{
    return m == HTTP_POST ? "POST" : "?";
}

int main(int count, char **arguments)
{
    word_count = count;
    words = arguments;
    if (has("no-task"))
        task_answer = pdPASS - 1;
    const int result = has("attach") ? hotreload_port_attach(arguments, 80) : hotreload_port_listen(8080);
    printf("result %d\n", result);
    char address[48];
    if (hotreload_port_address(address, sizeof address) == HOTRELOAD_PORT_OK)
        printf("at %s\n", address);
    if (has("done") || has("close") || has("drain") || has("upload")) {
        httpd_req_t request = {.handle = arguments, .method = HTTP_POST, .uri = "/upload?a=b"};
        printf("answer %d\n", handler(&request));
    }
    hotreload_port_stop_listening();
    return 0;
}
