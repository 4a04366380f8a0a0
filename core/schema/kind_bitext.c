/* BITEXT: Chinese and English of one thing, or either alone where the other is not known. */
#include "core/schema/parts.h"

#include <assert.h>

static bool present(const void *value)
{
    const struct bitext *both = value;

    return text_present(both->zh) || text_present(both->en);
}

/* What an index holds: the Chinese, else the English. */
static struct text leading(const struct bitext *both)
{
    return text_empty(both->zh) && text_present(both->en) ? both->en : both->zh;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct bitext *x = a, *y = b;
    int order = order_folded(leading(x), leading(y));

    (void)field;
    if (order == 0)
        order = text_compare(x->zh, y->zh);
    return order != 0 ? order : text_compare(x->en, y->en);
}

static void encode_part(struct buffer *out, struct text part)
{
    if (text_present(part))
        cbor_put_text(out, part);
    else
        cbor_put_null(out);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct bitext *both = value;

    (void)field;
    assert(present(value));
    cbor_put_array(out, 2);
    encode_part(out, both->zh);
    encode_part(out, both->en);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct bitext *both = value;
    size_t count;

    (void)field;
    (void)arena;
    return cbor_array(in, &count) && count == 2 &&
           (cbor_null(in) || cbor_text(in, &both->zh)) &&
           (cbor_null(in) || cbor_text(in, &both->en)) && present(both);
}

static bool has_han(struct text t)
{
    for (size_t i = 0; i < t.len;) {
        uint32_t point;
        bool valid;

        i += text_decode(t.data + i, t.len - i, &point, &valid);
        if ((point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
            (point >= 0x20000 && point <= 0x3FFFF))
            return true;
    }
    return false;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct bitext both = { { 0 }, { 0 } };
    struct text rest, nothing;
    struct text first = take_part(typed, '|', &rest);

    (void)field;
    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    /* Behind the bar all is English, further bars too. */
    struct text second = take_part(rest, '\0', &nothing);

    if (!text_present(rest) && !has_han(first)) {
        second = first;
        first = nothing;
    }
    if (!text_empty(first))
        both.zh = part_text(arena, first);
    if (!text_empty(second))
        both.en = part_text(arena, second);
    *(struct bitext *)value = both;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    const struct bitext *both = value;

    (void)field;
    if (!present(value))
        return;
    put_part(out, both->zh, "|");
    buffer_string(out, text_empty(both->zh) ? "|" : " |");
    if (!text_empty(both->en))
        buffer_byte(out, ' ');
    put_part(out, both->en, "|");
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)field;
    (void)lookup;
    show_bitext(out, *(const struct bitext *)value, language);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    const struct bitext *both = value;

    (void)lookup;
    *warning = false;
    return text_check(field, both->zh, field_lines(field), why) &&
           text_check(field, both->en, field_lines(field), why);
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, present(value)))
        index_folded(out, leading(value));
}

static void search_words(const struct field *field, const void *value,
                         void (*each)(struct text words, void *context), void *context)
{
    const struct bitext *both = value;

    (void)field;
    each(both->zh, context);
    each(both->en, context);
}

const struct kind kind_BITEXT = {
    .id = KIND_BITEXT,
    .name = "bitext",
    .label = L("text in Chinese and English", "中英文文字"),
    .how = L("Chinese | English; either side may stay empty. Without a bar, text with Chinese "
             "characters is the Chinese.",
             "中文 | English，任何一邊可留空；沒有直線時，含中文字者作中文。"),
    .size = sizeof(struct bitext),
    .written = WRITTEN_OBJECT,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .check = check,
    .index = index_bytes,
    .words = search_words,
};
