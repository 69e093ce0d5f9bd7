// hotreload_port.h: requests that esp_http_server has parsed.
// SPDX-License-Identifier: MIT
#include "http.h"

#include <string.h>

int32_t hotreload_port_request_field(void *context, const char *name, char *value, size_t size)
{
    httpd_req_t *request = ((http_exchange_t *)context)->request;
    // esp_http_server ends a value with a NUL, for which the runtime has no room. It reads the ends
    // of no longer values.
    char text[128];
    if (httpd_req_get_hdr_value_str(request, name, text, sizeof text) == ESP_ERR_NOT_FOUND)
        return -1;
    const size_t length = httpd_req_get_hdr_value_len(request, name);
    const size_t available = length < sizeof text ? length : sizeof text - 1;
    memcpy(value, text, available < size ? available : size);
    return (int32_t)length;
}

void hotreload_port_request_send(void *context, const void *bytes, size_t size)
{
    http_exchange_t *exchange = context;
    const char *next = bytes;
    while (size > 0 && !exchange->is_broken) {
        const int sent = httpd_send(exchange->request, next, size);
        if (sent <= 0) {
            exchange->is_broken = true;
        } else {
            next += sent;
            size -= (size_t)sent;
        }
    }
}

int http_receive(hotreload_request_t *request, int next)
{
    const http_exchange_t *exchange = request->context;
    char bytes[1024];
    while (next == HOTRELOAD_REQUEST_UPLOAD || next == HOTRELOAD_REQUEST_DRAIN) {
        const int received = httpd_req_recv(exchange->request, bytes, sizeof bytes);
        if (received > 0) {
            next = hotreload_request_body(request, bytes, (size_t)received);
        } else if (received == HTTPD_SOCK_ERR_TIMEOUT && http_is_open()) {
            next = hotreload_request_tick(request);
        } else {
            hotreload_request_abort(request);
            next = HOTRELOAD_REQUEST_CLOSE;
        }
    }
    return exchange->is_broken ? HOTRELOAD_REQUEST_CLOSE : next;
}

/// What esp_http_server does with the connection: ESP_FAIL ends it.
static esp_err_t answer(httpd_req_t *http)
{
    http_exchange_t exchange = {.request = http};
    hotreload_request_t request = {.context = &exchange};
    const char *method = http_method_str((enum http_method)http->method);
    int next = hotreload_request_begin(&request, method, http->uri);
    if (next == HOTRELOAD_REQUEST_UPLOAD && http_receive_in_task(&request))
        return ESP_OK;
    next = http_receive(&request, next);
    return next == HOTRELOAD_REQUEST_DONE && !exchange.is_broken ? ESP_OK : ESP_FAIL;
}

esp_err_t http_serve(httpd_req_t *request)
{
    if (!http_enter())
        return ESP_FAIL;
    const esp_err_t result = answer(request);
    http_leave();
    return result;
}
