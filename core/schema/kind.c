#include "core/schema/kind.h"

#include <assert.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/schema/parts.h"
#include "i18n/fold.h"

#define KIND_ROW(name, type, json) [KIND_##name] = &kind_##name,
static const struct kind *const kinds[KIND_COUNT] = { KINDS(KIND_ROW) };
#undef KIND_ROW

const struct kind *kind_of(enum kind_id id)
{
    assert(id < KIND_COUNT);
    return kinds[id];
}

/* ---- typed text ---- */

/* The longest start of at most `room` bytes that ends between characters. */
static struct text cut(struct text t, size_t room)
{
    if (t.len <= room)
        return t;
    t.len = room;
    while (t.len > 0 && ((uint8_t)t.data[t.len] & 0xC0) == 0x80)
        t.len--;
    return t;
}

const char *quote(struct quote *room, struct text t)
{
    struct text start = cut(t, sizeof room->text - 1);

    if (start.len > 0)
        memcpy(room->text, start.data, start.len);
    room->text[start.len] = '\0';
    return room->text;
}

bool typed_utf8(struct text typed, struct message *why)
{
    if (text_is_utf8(typed))
        return true;
    message_set(why, N_("These bytes are not UTF-8 text. Convert the file to UTF-8, or type "
                        "the text again."));
    return false;
}

bool blank(struct text t)
{
    return text_empty(text_trim(t));
}

struct text typed_narrow(struct arena *arena, struct text typed)
{
    AUTO_BUFFER struct buffer narrow = { 0 };

    text_to_halfwidth(&narrow, typed);
    return arena_text(arena, text_trim(buffer_as_text(&narrow)));
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

struct text upper_text(struct arena *arena, struct text t)
{
    char *data = arena_string(arena, t);

    for (size_t i = 0; i < t.len; i++)
        data[i] = upper(data[i]);
    return (struct text){ data, t.len };
}

struct text lower_text(struct arena *arena, struct text t)
{
    char *data = arena_string(arena, t);

    for (size_t i = 0; i < t.len; i++)
        if (data[i] >= 'A' && data[i] <= 'Z')
            data[i] = (char)(data[i] - 'A' + 'a');
    return (struct text){ data, t.len };
}

int64_t typed_now(const struct lookup *lookup)
{
    return lookup && lookup->now_ms != 0 ? lookup->now_ms : now_ms();
}

enum text_lines field_lines(const struct field *field)
{
    return field->flags & MULTILINE ? TEXT_KEEP_LINES : TEXT_ONE_LINE;
}

/* ---- parts of a text form ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

void put_part(struct buffer *out, struct text part, const char *marks)
{
    for (size_t i = 0; i < part.len; i++) {
        char c = part.data[i];
        bool edge = i == 0 || i == part.len - 1;

        if (c == '\\' || (c != '\0' && strchr(marks, c)) || (edge && is_blank(c)))
            buffer_byte(out, '\\');
        buffer_byte(out, (uint8_t)c);
    }
}

/* What a backslash takes the meaning of; before all else it stands for itself. */
static bool escapable(char c)
{
    return c == '\\' || c == '|' || c == ';' || is_blank(c);
}

static bool escape_at(struct text t, size_t i)
{
    return t.data[i] == '\\' && i + 1 < t.len && escapable(t.data[i + 1]);
}

struct text take_part(struct text t, char mark, struct text *rest)
{
    size_t start = 0, end = 0, i = 0;

    *rest = (struct text){ 0 };
    while (start < t.len && is_blank(t.data[start]))
        start++;
    /* `end` stands behind the last character that trimming leaves. */
    for (i = end = start; i < t.len && t.data[i] != mark; i++) {
        bool kept = !is_blank(t.data[i]);

        if (escape_at(t, i)) {
            i++;
            kept = true;
        }
        if (kept)
            end = i + 1;
    }
    if (i < t.len)
        *rest = (struct text){ t.data + i + 1, t.len - i - 1 };
    return (struct text){ t.data ? t.data + start : "", end - start };
}

struct text part_text(struct arena *arena, struct text part)
{
    char *data = arena_alloc(arena, part.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < part.len; i++) {
        if (escape_at(part, i))
            i++;
        data[len++] = part.data[i];
    }
    return (struct text){ data, len };
}

/* ---- order and index bytes ---- */

int order_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int order_folded(struct text a, struct text b)
{
    AUTO_BUFFER struct buffer first = { 0 };
    AUTO_BUFFER struct buffer second = { 0 };

    if (!a.data || !b.data || text_equal(a, b))
        return text_compare(a, b);
    fold(&first, a);
    fold(&second, b);
    struct text x = buffer_as_text(&first), y = buffer_as_text(&second);
    int order = text_compare(cut(x, INDEX_TEXT), cut(y, INDEX_TEXT));

    if (order == 0)
        order = text_compare(x, y);
    return order != 0 ? order : text_compare(a, b);
}

/* Capitals of the first `len` bytes of both; what is shorter comes first. */
static int order_capitals(struct text a, struct text b)
{
    size_t len = a.len < b.len ? a.len : b.len;

    for (size_t i = 0; i < len; i++) {
        uint8_t x = (uint8_t)upper(a.data[i]), y = (uint8_t)upper(b.data[i]);

        if (x != y)
            return x < y ? -1 : 1;
    }
    return (a.len > b.len) - (a.len < b.len);
}

int order_codes(struct text a, struct text b)
{
    int order = 0;

    if (a.data && b.data) {
        order = order_capitals(cut(a, INDEX_CODE), cut(b, INDEX_CODE));
        if (order == 0)
            order = order_capitals(a, b);
    }
    return order != 0 ? order : text_compare(a, b);
}

bool index_presence(struct buffer *out, bool present)
{
    buffer_byte(out, present);
    return present;
}

/* Ended by 00, which no text may hold, so that what is shorter comes first. */
static void index_text(struct buffer *out, struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if (t.data[i] != '\0')
            buffer_byte(out, (uint8_t)t.data[i]);
    buffer_byte(out, 0);
}

void index_folded(struct buffer *out, struct text t)
{
    AUTO_BUFFER struct buffer folded = { 0 };

    fold(&folded, t);
    index_text(out, cut(buffer_as_text(&folded), INDEX_TEXT));
}

void index_code(struct buffer *out, struct text t)
{
    size_t start = out->len;

    index_text(out, cut(t, INDEX_CODE));
    for (size_t i = start; i < out->len; i++)
        out->data[i] = (uint8_t)upper((char)out->data[i]);
}

void index_signed(struct buffer *out, int64_t number)
{
    buffer_u64(out, (uint64_t)number ^ (UINT64_C(1) << 63));
}

/* ---- checks ---- */

static size_t characters(struct text t)
{
    size_t count = 0;

    for (size_t i = 0; i < t.len; i++)
        count += ((uint8_t)t.data[i] & 0xC0) != 0x80;
    return count;
}

bool text_check(const struct field *field, struct text t, enum text_lines lines,
                struct message *why)
{
    return text_check_most(field, t, field_max(field), lines, why);
}

bool text_check_most(const struct field *field, struct text t, size_t most,
                     enum text_lines lines, struct message *why)
{
    size_t count = characters(t);

    if (!text_present(t))
        return true;
    if (!text_acceptable(t, lines)) {
        message_set(why,
                    N_("%p holds control or invisible characters, which are never kept. Type "
                       "it again."),
                    label_argument(&field->label));
        return false;
    }
    if (count > most) {
        message_set(why, N_("%p has %zu characters, but only %zu may be kept. Shorten it."),
                    label_argument(&field->label), count, most);
        return false;
    }
    if (t.len > TEXT_BYTES) {
        message_set(why, N_("%p takes %zu bytes, but only %d may be kept. Shorten it."),
                    label_argument(&field->label), t.len, TEXT_BYTES);
        return false;
    }
    return true;
}

/* ---- kinds whose value is one text ---- */

bool plain_present(const void *value)
{
    return text_present(*(const struct text *)value);
}

void plain_encode(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    cbor_put_text(out, *(const struct text *)value);
}

bool plain_decode(struct cbor_reader *in, const struct field *field, void *value,
                  struct arena *arena)
{
    (void)field;
    (void)arena;
    return cbor_text(in, value);
}

void plain_print(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    buffer_text(out, *(const struct text *)value);
}

int code_compare(const struct field *field, const void *a, const void *b)
{
    (void)field;
    return order_codes(*(const struct text *)a, *(const struct text *)b);
}

void code_index(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, plain_present(value)))
        index_code(out, *(const struct text *)value);
}

/* ---- words ---- */

void show_bitext(struct buffer *out, struct bitext words, enum language language)
{
    bool zh = !text_empty(words.zh), en = !text_empty(words.en);

    if (zh && (language != LANGUAGE_EN || !en))
        buffer_text(out, words.zh);
    if (zh && en && language == LANGUAGE_BOTH)
        buffer_byte(out, ' ');
    if (en && (language != LANGUAGE_ZH || !zh))
        buffer_text(out, words.en);
}

void show_label(struct buffer *out, const struct label *label, enum language language)
{
    show_bitext(out, (struct bitext){ text_of(label->zh), text_of(label->en) }, language);
}
