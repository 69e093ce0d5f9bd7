// hotreload_port.h: the HTTP server, an instance of esp_http_server or the application's own.
// SPDX-License-Identifier: MIT
#include <errno.h>

#include "esp_log.h"
#include "esp_netif.h"
#include "http.h"
#include "http_config.h"
#include "mdns_service.h"

static const char TAG[] = "hotreload";

// What each path answers. Before ESP-IDF 5.3 a handler has one method; others get 405 from
// esp_http_server.
#ifdef HTTP_ANY
static const int methods[] = {HTTP_ANY};
#else
static const int methods[] = {HTTP_GET, HTTP_POST};
#endif
enum { METHOD_COUNT = sizeof methods / sizeof methods[0] };

enum {
    /// An upload, and those who ask meanwhile. The server takes three more of
    /// CONFIG_LWIP_MAX_SOCKETS.
    OPEN_SOCKETS = 4,
    /// Seconds. The runtime wants to be told at least every 5 s that nothing came.
    RECEIVE_TIMEOUT = 1,
};

/// What serves; NULL: nothing does.
static httpd_handle_t server;
static bool is_own;

/// How many handlers are registered. Handler i: method i % METHOD_COUNT of path i / METHOD_COUNT.
static size_t handler_count;

static httpd_method_t method_of(size_t handler)
{
    return (httpd_method_t)methods[handler % METHOD_COUNT];
}

static void unregister_paths(void)
{
    while (handler_count > 0) {
        handler_count--;
        httpd_unregister_uri_handler(server, hotreload_request_path(handler_count / METHOD_COUNT),
                                     method_of(handler_count));
    }
}

static bool register_paths(void)
{
    const char *path;
    while ((path = hotreload_request_path(handler_count / METHOD_COUNT)) != NULL) {
        const httpd_uri_t handler = {
            .uri = path, .method = method_of(handler_count), .handler = http_serve};
        const esp_err_t error = httpd_register_uri_handler(server, &handler);
        if (error != ESP_OK) {
            ESP_LOGE(TAG, "the HTTP server does not take the path %s: %s. Raise max_uri_handlers "
                          "of its httpd_config_t, and leave the path to hotreload",
                     path, esp_err_to_name(error));
            return false;
        }
        handler_count++;
    }
    return true;
}

/// Without the key nobody could prove to be allowed to upload, or everybody: 32 zeros are no
/// secret.
static bool has_key(void)
{
    hotreload_port_firmware_t firmware;
    hotreload_port_firmware(&firmware);
    for (size_t index = 0; index < 32; index++)
        if (firmware.key[index] != 0)
            return true;
    ESP_LOGE(TAG, "no upload key in this firmware: hotreload.key in the build folder holds "
                  "nothing but zeros. Delete it and build again");
    return false;
}

static int begin_serving(uint16_t port)
{
    ESP_LOGW(TAG, "development server: uploads run code; CONFIG_HOTRELOAD_SERVER=n for production");
    http_open();
    if (!register_paths()) {
        hotreload_port_stop_listening();
        return HOTRELOAD_PORT_NO_MEMORY;
    }
    mdns_service_start(port);
    return HOTRELOAD_PORT_OK;
}

int hotreload_port_listen(uint16_t port)
{
    if (!has_key())
        return HOTRELOAD_PORT_NOT_FOUND;
    // Sockets need the TCP/IP task, whether the application has a network by now or not. Harmless
    // if it runs already.
    esp_netif_init();

    httpd_config_t config = HTTPD_DEFAULT_CONFIG();
    config.server_port = port;
    config.ctrl_port = CONFIG_HOTRELOAD_SERVER_CONTROL_PORT;
    config.task_priority = HTTP_TASK_PRIORITY;
    config.stack_size = HTTP_STACK_SIZE;
    config.core_id = HTTP_CORE;
    config.max_open_sockets = OPEN_SOCKETS;
    config.max_uri_handlers = 8;  // four paths
    config.lru_purge_enable = true;
    config.recv_wait_timeout = RECEIVE_TIMEOUT;
    errno = 0;
    const esp_err_t error = httpd_start(&server, &config);
    if (error != ESP_OK) {
        server = NULL;
        const bool is_in_use = errno == EADDRINUSE;
        ESP_LOGE(TAG, "the HTTP server does not start: %s",
                 is_in_use ? "its port, or its control port, is in use. Choose another port in "
                             "hotreload_server_config_t, another "
                             "CONFIG_HOTRELOAD_SERVER_CONTROL_PORT, or use hotreload_server_attach()"
                           : esp_err_to_name(error));
        return is_in_use ? HOTRELOAD_PORT_IN_USE : HOTRELOAD_PORT_NO_MEMORY;
    }
    is_own = true;
    return begin_serving(port);
}

int hotreload_port_attach(void *application_server, uint16_t port)
{
    if (!has_key())
        return HOTRELOAD_PORT_NOT_FOUND;
    server = application_server;
    is_own = false;
    return begin_serving(port);
}

void hotreload_port_stop_listening(void)
{
    if (server == NULL)
        return;
    mdns_service_stop();
    unregister_paths();
    http_close();
    if (is_own)
        httpd_stop(server);
    server = NULL;
}
