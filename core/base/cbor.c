#include "core/base/cbor.h"

#include <assert.h>
#include <string.h>

/* libcbor has a type of the same name; it is not used here. */
#define cbor_type libcbor_type
#include <cbor/encoding.h>
#include <cbor/streaming.h>
#undef cbor_type

enum { HEAD_LIMIT = 9, LEVEL_LIMIT = 16 };

/* Writing: libcbor's encoders choose the shortest head. */

static uint8_t *head_room(struct buffer *out)
{
    return buffer_reserve(out, HEAD_LIMIT);
}

void cbor_put_uint(struct buffer *out, uint64_t number)
{
    out->len += cbor_encode_uint(number, head_room(out), HEAD_LIMIT);
}

void cbor_put_int(struct buffer *out, int64_t number)
{
    if (number >= 0)
        cbor_put_uint(out, (uint64_t)number);
    else
        out->len += cbor_encode_negint((uint64_t)(-1 - number), head_room(out), HEAD_LIMIT);
}

void cbor_put_bytes(struct buffer *out, struct bytes bytes)
{
    out->len += cbor_encode_bytestring_start(bytes.len, head_room(out), HEAD_LIMIT);
    buffer_put(out, bytes.data, bytes.len);
}

void cbor_put_text(struct buffer *out, struct text text)
{
    /* What the reader would refuse must never reach a store. */
    assert(text_present(text) && text_is_utf8(text));
    out->len += cbor_encode_string_start(text.len, head_room(out), HEAD_LIMIT);
    buffer_put(out, text.data, text.len);
}

void cbor_put_array(struct buffer *out, size_t count)
{
    out->len += cbor_encode_array_start(count, head_room(out), HEAD_LIMIT);
}

void cbor_put_map(struct buffer *out, size_t pairs)
{
    out->len += cbor_encode_map_start(pairs, head_room(out), HEAD_LIMIT);
}

void cbor_put_bool(struct buffer *out, bool value)
{
    out->len += cbor_encode_bool(value, head_room(out), HEAD_LIMIT);
}

void cbor_put_null(struct buffer *out)
{
    out->len += cbor_encode_null(head_room(out), HEAD_LIMIT);
}

/* Reading: a callback for each of our forms fills the item. For all others (tags, floats,
 * undefined, breaks, lengths that are not stated) libcbor's empty ones leave it BAD. */

static void take_number(struct cbor_item *item, enum cbor_type type, uint64_t number)
{
    item->type = type;
    item->number = number;
}

#define TAKE_NUMBER(name, width, type)                                                         \
    static void name(void *item, uint##width##_t number)                                       \
    {                                                                                          \
        take_number(item, type, number);                                                       \
    }
TAKE_NUMBER(take_uint8, 8, CBOR_UINT)
TAKE_NUMBER(take_uint16, 16, CBOR_UINT)
TAKE_NUMBER(take_uint32, 32, CBOR_UINT)
TAKE_NUMBER(take_uint64, 64, CBOR_UINT)
TAKE_NUMBER(take_negative8, 8, CBOR_NEGATIVE)
TAKE_NUMBER(take_negative16, 16, CBOR_NEGATIVE)
TAKE_NUMBER(take_negative32, 32, CBOR_NEGATIVE)
TAKE_NUMBER(take_negative64, 64, CBOR_NEGATIVE)
#undef TAKE_NUMBER

static void take_array(void *item, size_t count)
{
    take_number(item, CBOR_ARRAY, count);
}

static void take_map(void *item, size_t pairs)
{
    take_number(item, CBOR_MAP, pairs);
}

static void take_string(struct cbor_item *item, enum cbor_type type, cbor_data data, size_t len)
{
    item->type = type;
    item->bytes = (struct bytes){ data, len };
}

static void take_bytes(void *item, cbor_data data, size_t len)
{
    take_string(item, CBOR_BYTES, data, len);
}

static void take_text(void *item, cbor_data data, size_t len)
{
    take_string(item, CBOR_TEXT, data, len);
}

static void take_bool(void *item, bool value)
{
    ((struct cbor_item *)item)->type = value ? CBOR_TRUE : CBOR_FALSE;
}

static void take_null(void *item)
{
    ((struct cbor_item *)item)->type = CBOR_NULL;
}

static const struct cbor_callbacks callbacks = {
    .uint8 = take_uint8,
    .uint16 = take_uint16,
    .uint32 = take_uint32,
    .uint64 = take_uint64,
    .negint8 = take_negative8,
    .negint16 = take_negative16,
    .negint32 = take_negative32,
    .negint64 = take_negative64,
    .byte_string = take_bytes,
    .string = take_text,
    .array_start = take_array,
    .map_start = take_map,
    .boolean = take_bool,
    .null = take_null,
    .byte_string_start = cbor_null_byte_string_start_callback,
    .string_start = cbor_null_string_start_callback,
    .indef_array_start = cbor_null_indef_array_start_callback,
    .indef_map_start = cbor_null_indef_map_start_callback,
    .tag = cbor_null_tag_callback,
    .float2 = cbor_null_float2_callback,
    .float4 = cbor_null_float4_callback,
    .float8 = cbor_null_float8_callback,
    .undefined = cbor_null_undefined_callback,
    .indef_break = cbor_null_indef_break_callback,
};

static size_t head_size(uint64_t number)
{
    if (number < 24)
        return 1;
    if (number <= UINT8_MAX)
        return 2;
    if (number <= UINT16_MAX)
        return 3;
    return number <= UINT32_MAX ? 5 : 9;
}

/* Whether an item that took `size` bytes, with `left` bytes behind it, is one of ours. */
static bool acceptable(const struct cbor_item *item, size_t size, size_t left)
{
    switch (item->type) {
    case CBOR_UINT:
    case CBOR_NEGATIVE:
        return size == head_size(item->number);
    case CBOR_BYTES:
        return size - item->bytes.len == head_size(item->bytes.len);
    case CBOR_TEXT:
        return size - item->bytes.len == head_size(item->bytes.len) &&
               text_is_utf8((struct text){ (const char *)item->bytes.data, item->bytes.len });
    case CBOR_ARRAY:
        return size == head_size(item->number) && item->number <= left;
    case CBOR_MAP:
        return size == head_size(item->number) && item->number <= left / 2;
    case CBOR_FALSE:
    case CBOR_TRUE:
    case CBOR_NULL:
        return true;
    case CBOR_BAD:
        break;
    }
    return false;
}

struct cbor_reader cbor_reader(struct bytes input)
{
    static const uint8_t nothing[1];
    const uint8_t *at = input.data ? input.data : nothing;

    return (struct cbor_reader){ .at = at, .end = at + (input.data ? input.len : 0) };
}

static size_t left_of(const struct cbor_reader *reader)
{
    return (size_t)(reader->end - reader->at);
}

struct cbor_item cbor_next(struct cbor_reader *reader)
{
    struct cbor_item item = { .type = CBOR_BAD };
    size_t left = left_of(reader);

    if (!reader->bad && left > 0) {
        struct cbor_decoder_result result =
            cbor_stream_decode(reader->at, left, &callbacks, &item);

        if (result.status == CBOR_DECODER_FINISHED &&
            acceptable(&item, result.read, left - result.read)) {
            reader->at += result.read;
            return item;
        }
    }
    reader->bad = true;
    return (struct cbor_item){ .type = CBOR_BAD };
}

enum cbor_type cbor_peek(struct cbor_reader *reader)
{
    static const enum cbor_type major[] = { CBOR_UINT,  CBOR_NEGATIVE, CBOR_BYTES, CBOR_TEXT,
                                            CBOR_ARRAY, CBOR_MAP,      CBOR_BAD };

    if (reader->bad || reader->at == reader->end)
        return CBOR_BAD;
    switch (*reader->at) {
    case 0xF4:
        return CBOR_FALSE;
    case 0xF5:
        return CBOR_TRUE;
    case 0xF6:
        return CBOR_NULL;
    default:
        return *reader->at < 0xE0 ? major[*reader->at >> 5] : CBOR_BAD;
    }
}

/* Reads an item that must have one type. */
static bool take(struct cbor_reader *reader, enum cbor_type type, struct cbor_item *item)
{
    *item = cbor_next(reader);
    if (item->type == type)
        return true;
    reader->bad = true;
    return false;
}

bool cbor_uint(struct cbor_reader *reader, uint64_t *out)
{
    struct cbor_item item;
    bool good = take(reader, CBOR_UINT, &item);

    *out = good ? item.number : 0;
    return good;
}

bool cbor_int(struct cbor_reader *reader, int64_t *out)
{
    struct cbor_item item = cbor_next(reader);

    *out = 0;
    if ((item.type != CBOR_UINT && item.type != CBOR_NEGATIVE) || item.number > INT64_MAX) {
        reader->bad = true;
        return false;
    }
    *out = item.type == CBOR_UINT ? (int64_t)item.number : -1 - (int64_t)item.number;
    return true;
}

bool cbor_bytes(struct cbor_reader *reader, struct bytes *out)
{
    struct cbor_item item;
    bool good = take(reader, CBOR_BYTES, &item);

    *out = good ? item.bytes : (struct bytes){ 0 };
    return good;
}

bool cbor_text(struct cbor_reader *reader, struct text *out)
{
    struct cbor_item item;
    bool good = take(reader, CBOR_TEXT, &item);

    *out = good ? (struct text){ (const char *)item.bytes.data, item.bytes.len }
                : (struct text){ 0 };
    return good;
}

static bool take_count(struct cbor_reader *reader, enum cbor_type type, size_t *count)
{
    struct cbor_item item;
    bool good = take(reader, type, &item);

    *count = good ? (size_t)item.number : 0;
    return good;
}

bool cbor_array(struct cbor_reader *reader, size_t *count)
{
    return take_count(reader, CBOR_ARRAY, count);
}

bool cbor_map(struct cbor_reader *reader, size_t *pairs)
{
    return take_count(reader, CBOR_MAP, pairs);
}

bool cbor_null(struct cbor_reader *reader)
{
    if (cbor_peek(reader) != CBOR_NULL)
        return false;
    reader->at++;
    return true;
}

/* RFC 8949 4.2.1: keys ascend by their encoded bytes; returns whether b stands after a. */
static bool ascending(struct bytes a, struct bytes b)
{
    int order = memcmp(a.data, b.data, a.len < b.len ? a.len : b.len);

    return order < 0 || (order == 0 && a.len < b.len);
}

/* One key of a map, which is an integer above the key before; *key is that one, then this. */
static void skip_key(struct cbor_reader *reader, struct bytes *key)
{
    const uint8_t *start = reader->at;
    enum cbor_type type = cbor_next(reader).type;
    struct bytes now = { start, (size_t)(reader->at - start) };

    if ((type != CBOR_UINT && type != CBOR_NEGATIVE) || (key->data && !ascending(*key, now)))
        reader->bad = true;
    *key = now;
}

static void skip_item(struct cbor_reader *reader, int levels)
{
    struct cbor_item item = cbor_next(reader);
    struct bytes key = { 0 };

    if (item.type != CBOR_ARRAY && item.type != CBOR_MAP)
        return;
    if (levels == 0) {
        reader->bad = true;
        return;
    }
    for (uint64_t i = 0; i < item.number && !reader->bad; i++) {
        if (item.type == CBOR_MAP)
            skip_key(reader, &key);
        skip_item(reader, levels - 1);
    }
}

bool cbor_skip(struct cbor_reader *reader, struct bytes *item)
{
    const uint8_t *start = reader->at;

    skip_item(reader, LEVEL_LIMIT);
    if (item)
        *item = reader->bad ? (struct bytes){ 0 }
                            : (struct bytes){ start, (size_t)(reader->at - start) };
    return !reader->bad;
}

bool cbor_done(struct cbor_reader *reader)
{
    return !reader->bad && reader->at == reader->end;
}
