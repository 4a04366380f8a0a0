/* REFERENCE: another record, or an event or note beside one. */
#include "core/schema/parts.h"
#include "core/schema/record.h"

#include <assert.h>

enum { N_MOST = (1 << 24) - 1 };

static bool present(const void *value)
{
    return ((const struct reference *)value)->id != 0;
}

static bool valid(const struct reference *r)
{
    uint8_t kind = id_kind(r->id);

    return kind >= 1 && kind <= 127 && r->n <= N_MOST && (r->family != 0 || r->n == 0);
}

static int compare(const struct field *field, const void *a, const void *b)
{
    struct record_key x = key_of_reference(*(const struct reference *)a);
    struct record_key y = key_of_reference(*(const struct reference *)b);

    (void)field;
    return record_key_compare(&x, &y);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct reference *reference = value;

    (void)field;
    assert(valid(reference));
    if (reference->family == 0) {
        cbor_put_uint(out, reference->id);
        return;
    }
    cbor_put_array(out, 3);
    cbor_put_uint(out, reference->id);
    cbor_put_uint(out, reference->family);
    cbor_put_uint(out, reference->n);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct reference made = { 0, 0, 0 };
    uint64_t family, n;
    size_t count;

    (void)field;
    (void)arena;
    if (cbor_peek(in) == CBOR_ARRAY) {
        if (!cbor_array(in, &count) || count != 3 || !cbor_uint(in, &made.id) ||
            !cbor_uint(in, &family) || family == 0 || family > UINT8_MAX ||
            !cbor_uint(in, &n) || n > N_MOST)
            return false;
        made.family = (uint8_t)family;
        made.n = (uint32_t)n;
    } else if (!cbor_uint(in, &made.id)) {
        return false;
    }
    *(struct reference *)value = made;
    return valid(&made);
}

/* Whether `name` is among the words of `targets`. */
static bool named(const char *targets, const char *name)
{
    struct text rest = text_of(targets);

    while (text_present(rest)) {
        struct text one = text_split(rest, ' ', &rest);

        if (text_is(one, name))
            return true;
    }
    return false;
}

/* By what the store knows first; an id may also lead to what is not stored yet. */
static bool find(struct reference *out, const struct field *field, struct text typed,
                 const struct lookup *lookup)
{
    struct record_key key;

    if (lookup && lookup->officer != 0 && text_is(typed, ".") &&
        named(field->targets, type_numbered(id_kind(lookup->officer))->name)) {
        *out = (struct reference){ .id = lookup->officer };
        return true;
    }
    if (lookup && lookup->reference_typed &&
        lookup->reference_typed(lookup->context, field, typed, out))
        return true;
    if (!key_parse(&key, typed))
        return false;
    *out = (struct reference){ key.id, key.family, key.n };
    return valid(out);
}

static void not_a_record(const struct field *field, struct text typed,
                         const struct lookup *lookup, struct message *why)
{
    AUTO_BUFFER struct buffer numbers = { 0 };
    size_t count = 0;
    struct quote room;

    if (lookup && lookup->reference_meanings)
        count = lookup->reference_meanings(lookup->context, field, typed, &numbers);
    if (count > 1)
        many_meanings(why, typed, count, &numbers);
    else
        message_set(why,
                    N_("No record has the number %s. Type its whole number, or choose it from "
                       "the list for %p."),
                    quote(&room, typed), label_argument(&field->label));
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct reference made = { 0, 0, 0 };

    if (!typed_utf8(typed, why))
        return false;
    if (!blank(typed) && !find(&made, field, typed_narrow(arena, typed), lookup)) {
        not_a_record(field, typed_narrow(arena, typed), lookup, why);
        return false;
    }
    *(struct reference *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    struct record_key key = key_of_reference(*(const struct reference *)value);

    (void)field;
    if (present(value))
        key_print(out, &key);
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    size_t start = out->len;

    if (present(value) && lookup && lookup->reference) {
        if (lookup->reference(lookup->context, *(const struct reference *)value, language, out))
            return;
        out->len = start;
    }
    print(out, field, value);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    AUTO_BUFFER struct buffer printed = { 0 };
    AUTO_BUFFER struct buffer title = { 0 };
    struct reference reference = *(const struct reference *)value;
    struct record_key key = key_of_reference(reference);
    const struct record_type *type = type_of_key(&key);
    struct quote room;

    *warning = false;
    print(&printed, field, value);
    if (field->targets && type && !named(field->targets, type->name)) {
        message_set(why,
                    N_("%s is a record of another kind (%p) than %p may name. Choose one from "
                       "the list."),
                    quote(&room, buffer_as_text(&printed)), label_argument(&type->label),
                    label_argument(&field->label));
        return false;
    }
    if (!lookup || !lookup->reference ||
        lookup->reference(lookup->context, reference, LANGUAGE_EN, &title))
        return true;
    message_set(why, N_("%s for %p leads to no record. Choose one from the list."),
                quote(&room, buffer_as_text(&printed)), label_argument(&field->label));
    return false;
}

/* Kind, how many bytes of site and number follow, these, family; of what stands beside a record, which one. Short, for most
 * entries of indexes hold one or two. */
static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    const struct reference *reference = value;
    uint64_t rest = reference->id << 8 >> 8;
    int len = 0;

    (void)field;
    if (!index_presence(out, present(value)))
        return;
    while (rest >> 8 * len)
        len++;
    buffer_byte(out, id_kind(reference->id));
    buffer_byte(out, (uint8_t)len);
    while (len-- > 0)
        buffer_byte(out, (uint8_t)(rest >> 8 * len));
    buffer_byte(out, reference->family);
    if (reference->family == 0)
        return;
    buffer_byte(out, (uint8_t)(reference->n >> 16));
    buffer_u16(out, (uint16_t)reference->n);
}

const struct kind kind_REFERENCE = {
    .id = KIND_REFERENCE,
    .name = "reference",
    .label = L("another record", "相關紀錄"),
    .how = L("The number of the record as people quote it, or its id such as E-123; a full "
             "stop for yourself",
             "該紀錄的通用編號，或系統編號如 E-123；輸入「.」代表自己"),
    .size = sizeof(struct reference),
    .written = WRITTEN_TEXT,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .check = check,
    .index = index_bytes,
};
