/* INTEGER: a whole number without a unit. */
#include "core/schema/parts.h"

#include <inttypes.h>

static bool present(const void *value)
{
    return ((const struct integer *)value)->present;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct integer *x = a, *y = b;
    int order = order_numbers(x->present, y->present);

    (void)field;
    return order != 0 || !x->present ? order : order_numbers(x->value, y->value);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    cbor_put_int(out, ((const struct integer *)value)->value);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct integer *integer = value;

    (void)field;
    (void)arena;
    integer->present = cbor_int(in, &integer->value);
    return integer->present;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct integer made = { false, 0 };
    struct decimal number;
    struct quote room;

    (void)field;
    (void)lookup;
    (void)arena;
    if (!blank(typed)) {
        made.present = decimal_parse(&number, typed) && decimal_scale(&made.value, number, 0) &&
                       decimal_compare(number, (struct decimal){ made.value, 0 }) == 0;
        if (!made.present && typed_words(typed)) {
            input_method_on(why, field);
            return false;
        }
        if (!made.present) {
            message_set(why, N_("%s is not a whole number. Type digits, as in 25 or 1,200."),
                        quote(&room, typed));
            return false;
        }
    }
    *(struct integer *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (present(value))
        buffer_printf(out, "%" PRId64, ((const struct integer *)value)->value);
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)lookup;
    (void)language;
    print(out, field, value);
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, present(value)))
        index_signed(out, ((const struct integer *)value)->value);
}

const struct kind kind_INTEGER = {
    .id = KIND_INTEGER,
    .name = "integer",
    .label = L("whole number", "整數"),
    .how = L("Digits: 25 or 1,200", "數字：25 或 1,200"),
    .size = sizeof(struct integer),
    .written = WRITTEN_NUMBER,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .index = index_bytes,
};
