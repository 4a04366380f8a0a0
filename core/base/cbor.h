/* Deterministic CBOR (RFC 8949 section 4.2.1): what every payload and statement is written in.
 *
 * Only these forms exist here: unsigned and negative integers, byte strings, text strings,
 * arrays, maps, false, true, null; all lengths definite and shortest; map keys are integers,
 * ascending (by their bytes, so 0, 1 .. before -1, -2 ..) and unique; text is UTF-8; no floats,
 * no tags. The reader refuses anything else, so equal values have equal bytes. One head says
 * nothing of the keys around it: cbor_skip() checks the keys of a map, and whoever walks a map
 * by hand checks that each key is greater than the one before. cbor.c is the only file that
 * includes libcbor.
 */
#ifndef TIDEWAITER_CORE_BASE_CBOR_H
#define TIDEWAITER_CORE_BASE_CBOR_H

#include "core/base/memory.h"

void cbor_put_uint(struct buffer *out, uint64_t number);
void cbor_put_int(struct buffer *out, int64_t number);
void cbor_put_bytes(struct buffer *out, struct bytes bytes);
void cbor_put_text(struct buffer *out, struct text text); /* asserts: present and UTF-8 */
void cbor_put_array(struct buffer *out, size_t count);
void cbor_put_map(struct buffer *out, size_t pairs);
void cbor_put_bool(struct buffer *out, bool value);
void cbor_put_null(struct buffer *out);

enum cbor_type {
    CBOR_UINT,
    CBOR_NEGATIVE,
    CBOR_BYTES,
    CBOR_TEXT,
    CBOR_ARRAY,
    CBOR_MAP,
    CBOR_FALSE,
    CBOR_TRUE,
    CBOR_NULL,
    CBOR_BAD
};

/* One item's head. Strings point into the input. */
struct cbor_item {
    enum cbor_type type;
    uint64_t number;    /* UINT: the value; NEGATIVE: -1 - number; ARRAY, MAP: the count */
    struct bytes bytes; /* BYTES, TEXT */
};

/* A count is never larger than what the rest of the input can hold, so it is safe to allocate.
 * A reader never reads past its input and is `bad` for good after the first wrong byte; results
 * of a bad reader are zero. */
struct cbor_reader {
    const uint8_t *at;
    const uint8_t *end;
    bool bad;
};
struct cbor_reader cbor_reader(struct bytes input);
enum cbor_type cbor_peek(struct cbor_reader *reader); /* CBOR_BAD at the end */
struct cbor_item cbor_next(struct cbor_reader *reader);
bool cbor_uint(struct cbor_reader *reader, uint64_t *out); /* false and bad: another type */
bool cbor_int(struct cbor_reader *reader, int64_t *out);
bool cbor_bytes(struct cbor_reader *reader, struct bytes *out);
bool cbor_text(struct cbor_reader *reader, struct text *out);
bool cbor_array(struct cbor_reader *reader, size_t *count);
bool cbor_map(struct cbor_reader *reader, size_t *pairs);
bool cbor_null(struct cbor_reader *reader); /* true and read, where the next item is null */
/* Passes over one whole item of at most 16 nested arrays and maps, checking it; *item becomes
 * its bytes (may be NULL). */
bool cbor_skip(struct cbor_reader *reader, struct bytes *item);
bool cbor_done(struct cbor_reader *reader); /* whole input read and good */

#endif
