// An upload in a task of its own: esp_http_server goes on serving.
// SPDX-License-Identifier: MIT
#include "http.h"

#include "esp_idf_version.h"

// Before, the server's own task takes bytes of the body of a request that was handed to another
// task ("prevent concurrent access to socket used in async http requests": ESP-IDF 5.3.2 and 5.4).
// An upload then keeps the server's task, for as long as the runtime's deadline allows.
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 3, 2)

#include <stdlib.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "http_config.h"

struct upload {
    http_exchange_t exchange;
    hotreload_request_t request;
};

/// Work for the server's task.
static void do_nothing(void *argument)
{
    (void)argument;
}

/// Receives the body, ends the exchange, and frees `upload`.
static void finish(struct upload *upload)
{
    const int next = http_receive(&upload->request, HOTRELOAD_REQUEST_UPLOAD);
    httpd_req_t *http = upload->exchange.request;
    const httpd_handle_t server = http->handle;
    const int connection = httpd_req_to_sockfd(http);
    httpd_req_async_handler_complete(http);
    if (next == HOTRELOAD_REQUEST_CLOSE)
        httpd_sess_trigger_close(server, connection);
    else
        // The server's task waits for bytes of all connections but this one. Before ESP-IDF 5.4.3 and 5.5.2 nobody
        // wakes it, and the client's next request would wait for somebody else's.
        httpd_queue_work(server, do_nothing, NULL);
    free(upload);
    http_leave();
}

static void run(void *argument)
{
    finish(argument);
    vTaskDelete(NULL);
}

bool http_receive_in_task(const hotreload_request_t *request)
{
    const http_exchange_t *exchange = request->context;
    struct upload *upload = malloc(sizeof *upload);
    if (upload == NULL)
        return false;
    upload->exchange = *exchange;
    upload->request = *request;
    upload->request.context = &upload->exchange;
    if (!http_enter()) {
        free(upload);
        return false;
    }
    if (httpd_req_async_handler_begin(exchange->request, &upload->exchange.request) != ESP_OK) {
        http_leave();
        free(upload);
        return false;
    }
    // From here on the body belongs to the copy of the request.
    if (xTaskCreatePinnedToCore(run, "hotreload", HTTP_STACK_SIZE, upload, HTTP_TASK_PRIORITY, NULL,
                                HTTP_CORE) != pdPASS)
        finish(upload);
    return true;
}

#else

bool http_receive_in_task(const hotreload_request_t *request)
{
    (void)request;
    return false;
}

#endif
