/* QUANTITY: an exact number and its unit. WEIGHT: the same, of a unit that is a mass. */
#include "core/schema/parts.h"

#include <assert.h>
#include <string.h>

enum { INDEX_PLACES = 3 }; /* a thousandth of the unit */

/* The table that units come from. */
static const char *table_of(const struct field *field)
{
    return field->codes ? field->codes : "unit";
}

static bool present(const void *value)
{
    return text_present(((const struct quantity *)value)->unit);
}

/* What is too large for an index stands at its end. */
static int64_t scaled(struct decimal number)
{
    int64_t whole;

    if (decimal_scale(&whole, number, INDEX_PLACES))
        return whole;
    return number.mantissa < 0 ? INT64_MIN : INT64_MAX;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct quantity *x = a, *y = b;
    int order = order_numbers(present(a), present(b));

    (void)field;
    if (order != 0 || !present(a))
        return order;
    order = order_numbers(scaled(x->number), scaled(y->number));
    if (order == 0)
        order = order_codes(x->unit, y->unit);
    if (order == 0)
        order = decimal_compare(x->number, y->number);
    return order != 0 ? order : order_numbers(y->number.exponent, x->number.exponent);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct quantity *quantity = value;

    (void)field;
    cbor_put_array(out, 3);
    cbor_put_int(out, quantity->number.mantissa);
    assert(quantity->number.exponent >= -9 && quantity->number.exponent <= 9);
    cbor_put_int(out, quantity->number.exponent);
    cbor_put_text(out, quantity->unit);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct quantity *out = value;
    int64_t exponent;
    size_t count;

    (void)field;
    (void)arena;
    if (!cbor_array(in, &count) || count != 3 || !cbor_int(in, &out->number.mantissa) ||
        !cbor_int(in, &exponent) || exponent < -9 || exponent > 9)
        return false;
    out->number.exponent = (int8_t)exponent;
    return cbor_text(in, &out->unit);
}

/* Bytes of the number that narrow text starts with: digits, marks, blanks, 萬 and 億. */
static size_t number_length(struct text t)
{
    static const char multipliers[][4] = { "萬", "億", "万", "亿" };
    size_t i = 0;

    while (i < t.len) {
        bool multiplier = false;

        if (t.data[i] != '\0' && strchr("0123456789.,+- \t", t.data[i])) {
            i++;
            continue;
        }
        for (size_t m = 0; m < sizeof multipliers / sizeof *multipliers; m++)
            multiplier |= t.len - i >= 3 && memcmp(t.data + i, multipliers[m], 3) == 0;
        if (!multiplier)
            break;
        i += 3;
    }
    return i;
}

/* Writes thousands out ("3萬" is 30000), so that a number has one form. */
static bool expand(struct decimal *number)
{
    for (; number->exponent > 0; number->exponent--) {
        if (number->mantissa > INT64_MAX / 10 || number->mantissa < INT64_MIN / 10)
            return false;
        number->mantissa *= 10;
    }
    return true;
}

static bool unit_parse(struct text *unit, const struct field *field, struct text typed,
                       const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct quote room;

    if (text_empty(typed) && field->kind == KIND_WEIGHT)
        typed = TEXT("kg");
    if (text_empty(typed)) {
        message_set(why,
                    N_("The unit is missing. Type it behind the number, as in 15 container."));
        return false;
    }
    if (code_find(unit, table_of(field), typed, lookup, arena))
        return true;
    message_set(
        why, N_("%s is not a known unit. Type its code or name, as in 15 container or 3 kg."),
        quote(&room, typed));
    return false;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct quantity made = { { 0, 0 }, { 0 } };
    struct quote room;

    if (!typed_utf8(typed, why))
        return false;
    struct text t = typed_narrow(arena, typed);
    size_t len = number_length(t);

    if (t.len > 0) {
        if (!decimal_parse(&made.number, text_trim((struct text){ t.data, len })) ||
            !expand(&made.number)) {
            message_set(why,
                        N_("%s is not a quantity. Type a number and its unit, as in 15 "
                           "container or 1.5 kg."),
                        quote(&room, typed));
            return false;
        }
        struct text unit = { t.data + len, t.len - len };

        if (!unit_parse(&made.unit, field, unit, lookup, arena, why))
            return false;
    }
    *(struct quantity *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    const struct quantity *quantity = value;

    (void)field;
    if (!present(value))
        return;
    decimal_print(out, quantity->number, false);
    buffer_byte(out, ' ');
    buffer_text(out, quantity->unit);
}

/* In English the code of a measure is its symbol (kg, ml); what is counted has a word. */
static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    const struct quantity *quantity = value;
    struct bitext names = { { 0 }, quantity->unit };
    struct text dimension = { 0 };

    if (!present(value))
        return;
    if (lookup && lookup->dimension)
        dimension = lookup->dimension(lookup->context, quantity->unit);
    code_exists(table_of(field), quantity->unit, lookup, &names);
    if (text_empty(names.en) || (text_present(dimension) && !text_is(dimension, "count")))
        names.en = quantity->unit;
    decimal_print(out, quantity->number, true);
    buffer_byte(out, ' ');
    show_bitext(out, names, language);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    const struct quantity *quantity = value;
    struct bitext names;
    struct quote room;

    *warning = false;
    if (!text_check(field, quantity->unit, TEXT_ONE_LINE, why))
        return false;
    if (!code_exists(table_of(field), quantity->unit, lookup, &names)) {
        message_set(
            why,
            N_("%s is not a known unit. Type its code or name, as in 15 container or 3 kg."),
            quote(&room, quantity->unit));
        return false;
    }
    if (field->kind != KIND_WEIGHT || !lookup || !lookup->dimension ||
        text_is(lookup->dimension(lookup->context, quantity->unit), "mass"))
        return true;
    message_set(why, N_("%s is not a unit of weight. Type a weight, as in 1.5 kg or 300 g."),
                quote(&room, quantity->unit));
    return false;
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    const struct quantity *quantity = value;

    (void)field;
    if (!index_presence(out, present(value)))
        return;
    index_signed(out, scaled(quantity->number));
    index_code(out, quantity->unit);
}

const struct kind kind_QUANTITY = {
    .id = KIND_QUANTITY,
    .name = "quantity",
    .label = L("quantity", "數量"),
    .how = L("A number and a unit: 15 container, 1.5萬支; the unit by code or name",
             "數字加單位：15 container、1.5萬支；單位用編碼或名稱"),
    .size = sizeof(struct quantity),
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

const struct kind kind_WEIGHT = {
    .id = KIND_WEIGHT,
    .name = "weight",
    .label = L("weight", "重量"),
    .how = L("1,270.5 for kilograms, 300 g, 5 catty", "1,270.5 即公斤；300 g、5 斤"),
    .size = sizeof(struct quantity),
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
