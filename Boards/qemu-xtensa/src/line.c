// SPDX-License-Identifier: MIT
#include "line.h"

static enum line_event connected(struct line *line, uint8_t number)
{
    line->is_taken = true;
    line->number = number;
    line->owes_connected = true;
    line->owes_closed = false;  // of an earlier connection: the computer listens from the answer on
    return LINE_PEER_CAME;
}

static enum line_event closed(struct line *line)
{
    const bool was_taken = line->is_taken;
    line->is_taken = false;
    return was_taken ? LINE_PEER_LEFT : LINE_INPUT_ENDED;
}

/// Bytes are missing: nobody knows what the others mean.
static enum line_event lost(struct line *line)
{
    const bool was_taken = line->is_taken;
    line_hang_up(line);
    return was_taken ? LINE_PEER_LEFT : LINE_INPUT_ENDED;
}

/// A byte of an escape sequence that is not LINE_ESCAPED_BYTE.
static enum line_event obey(struct line *line, uint8_t byte)
{
    if (byte == LINE_ESCAPE) {
        // The sequence before was cut; this one may be whole.
        line->place = LINE_AT_CODE;
        return lost(line);
    }
    const bool is_number = line->place == LINE_AT_NUMBER;
    line->place = LINE_AT_BYTES;
    if (is_number)
        return byte < LINE_NUMBER_COUNT ? connected(line, byte) : lost(line);
    switch (byte) {
    case LINE_CONNECTED: line->place = LINE_AT_NUMBER; return LINE_INPUT_ENDED;
    case LINE_CLOSED: return closed(line);
    default: return lost(line);
    }
}

enum line_event line_decode(struct line *line, struct line_input *input, uint8_t *bytes, size_t *size)
{
    *size = 0;
    while (input->size > 0) {
        uint8_t byte = *input->bytes++;
        input->size--;
        if (line->place == LINE_AT_BYTES && byte == LINE_ESCAPE) {
            line->place = LINE_AT_CODE;
            continue;
        }
        if (line->place == LINE_AT_CODE && byte == LINE_ESCAPED_BYTE) {
            line->place = LINE_AT_BYTES;
            byte = LINE_ESCAPE;
        } else if (line->place != LINE_AT_BYTES) {
            const enum line_event event = obey(line, byte);
            if (event != LINE_INPUT_ENDED)
                return event;
            continue;
        }
        if (line->is_taken)
            bytes[(*size)++] = byte;
    }
    return LINE_INPUT_ENDED;
}

void line_hang_up(struct line *line)
{
    if (!line->is_taken)
        return;
    line->is_taken = false;
    line->owes_closed = true;
}

size_t line_encode(const uint8_t **bytes, size_t *size, uint8_t *encoded, size_t room)
{
    size_t count = 0;
    while (*size > 0 && count + 2 <= room) {
        const uint8_t byte = *(*bytes)++;
        (*size)--;
        encoded[count++] = byte;
        if (byte == LINE_ESCAPE)
            encoded[count++] = LINE_ESCAPED_BYTE;
    }
    return count;
}

size_t line_answer(const struct line *line, uint8_t answer[LINE_ANSWER_SIZE])
{
    size_t count = 0;
    if (line->owes_connected) {
        answer[count++] = LINE_ESCAPE;
        answer[count++] = LINE_CONNECTED;
        answer[count++] = line->number;
    }
    if (line->owes_closed) {
        answer[count++] = LINE_ESCAPE;
        answer[count++] = LINE_CLOSED;
    }
    return count;
}

void line_answered(struct line *line)
{
    line->owes_connected = false;
    line->owes_closed = false;
}
