// The escaped line: connections over a line that carries bytes only. docs/PORTING.md, "The escaped line", has the
// rules; this is the device's end of it. It touches no hardware.
// SPDX-License-Identifier: MIT
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Begins every escape sequence. 0xDB, as ESC of RFC 1055.
#define LINE_ESCAPE 0xDBu
/// What follows it.
enum {
    LINE_ESCAPED_BYTE = 0xDD,  ///< A byte 0xDB of a connection. RFC 1055: ESC_ESC.
    LINE_CONNECTED = 'O',      ///< A connection begins, and its number: the computer says so, the device repeats it.
    LINE_CLOSED = 'C',         ///< It is over: who hangs up says so.
};
/// Numbers of connections are below.
enum { LINE_NUMBER_COUNT = 128 };

/// The device's end.
struct line {
    enum {
        LINE_AT_BYTES,
        LINE_AT_CODE,    ///< Behind LINE_ESCAPE.
        LINE_AT_NUMBER,  ///< Behind LINE_CONNECTED.
    } place;
    bool is_taken;        ///< Somebody is connected.
    uint8_t number;       ///< Who that is, or was.
    bool owes_connected;  ///< To be said before any byte of the connection.
    bool owes_closed;     ///< To be said after that.
};

/// As after start-up: a computer that believes in a connection of earlier times has to be told.
#define LINE_AFTER_START ((struct line){.owes_closed = true})

/// Bytes that have come and are not decoded yet.
struct line_input {
    const uint8_t *bytes;
    size_t size;
};

/// What made line_decode() return.
enum line_event {
    LINE_INPUT_ENDED,  ///< The input is used up.
    LINE_PEER_CAME,    ///< A new peer. If there was another, it is gone.
    LINE_PEER_LEFT,    ///< It hung up, or bytes of it were lost.
};

/// Decodes up to the next event, and takes from `input` what that was. The connection's bytes before the event go
/// to `bytes`, which has room for `input->size`; `*size` is how many.
enum line_event line_decode(struct line *line, struct line_input *input, uint8_t *bytes, size_t *size);

/// Hangs up. Nothing of this connection comes out of line_decode() any more.
void line_hang_up(struct line *line);

/// Takes bytes of a connection from `*bytes` and encodes as many of them as fit, whole, into `room` bytes, at
/// least 2. Returns how many bytes came out.
size_t line_encode(const uint8_t **bytes, size_t *size, uint8_t *encoded, size_t room);

/// The most that line_answer() writes.
enum { LINE_ANSWER_SIZE = 5 };
/// Writes what the device owes the computer, and returns its size: 0 if nothing.
size_t line_answer(const struct line *line, uint8_t answer[LINE_ANSWER_SIZE]);
/// It was sent.
void line_answered(struct line *line);
