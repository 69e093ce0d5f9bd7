// SPDX-License-Identifier: MIT
#pragma once
enum http_method {
    HTTP_DELETE = 0,
    HTTP_GET = 1,
    HTTP_HEAD = 2,
    HTTP_POST = 3,
};

const char *http_method_str(enum http_method m);
