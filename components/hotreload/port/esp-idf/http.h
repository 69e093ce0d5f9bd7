// What the files of the HTTP server share: http_server.c, http_request.c, http_upload.c,
// http_presence.c.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>

#include "esp_http_server.h"
#include "hotreload_port.h"

/// One request, from its head to its reply: `context` of a hotreload_request_t.
typedef struct {
    httpd_req_t *request;
    bool is_broken;  ///< The client could not be sent what it should get: the connection ends.
} http_exchange_t;

/// Handler of all paths.
esp_err_t http_serve(httpd_req_t *request);
/// Receives the body as long as `next` says so. What to do then: HOTRELOAD_REQUEST_DONE or …_CLOSE.
int http_receive(hotreload_request_t *request, int next);

/// Receives the body of an upload in a task of its own, which ends the exchange. False: not
/// possible, receive it here.
bool http_receive_in_task(const hotreload_request_t *request);

// Who is in a request: those who stop the server wait for the last one --------------------

/// Lets requests in from now on.
void http_open(void);
/// Lets no more in, and waits until the last one has left.
void http_close(void);
/// Whether requests are let in; those inside give up if not.
bool http_is_open(void);
/// False: the server is about to stop.
bool http_enter(void);
void http_leave(void);
