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

/* What people write for units besides the names of the table; the code counts where the table has it. */
static const struct {
    const char *word, *code;
} unit_words[] = {
    { "千克", "kg" },        { "kgs", "kg" },         { "kilo", "kg" },
    { "gram", "g" },         { "gm", "g" },           { "噸", "t" },
    { "ton", "t" },          { "mt", "t" },           { "斤", "catty" },
    { "司馬斤", "catty" },   { "catties", "catty" },  { "兩", "tael" },
    { "司馬兩", "tael" },    { "lbs", "lb" },         { "pound", "lb" },
    { "ct", "carat" },       { "升", "l" },           { "liter", "l" },
    { "cc", "ml" },          { "cbm", "m3" },         { "櫃", "container" },
    { "個櫃", "container" }, { "貨櫃", "container" }, { "個貨櫃", "container" },
    { "枝", "stick" },       { "cig", "stick" },      { "packet", "pack" },
    { "片", "tab" },         { "丸", "tab" },         { "tablet", "tab" },
    { "pill", "tab" },       { "個", "pc" },          { "pcs", "pc" },
    { "piece", "pc" },       { "台", "unit" },        { "雙", "pair" },
    { "頭", "head" },        { "棵", "plant" },       { "磚", "slab" },
    { "brick", "slab" },     { "卡板", "pallet" },    { "卡通箱", "box" },
    { "ctn", "box" },        { "樽", "bottle" },      { "瓶", "bottle" },
    { "船", "vessel" },      { "架", "vehicle" },     { "郵包", "parcel" },
    { "名", "person" },      { "天", "day" },
};

static bool word_find(struct text *unit, const struct field *field, struct text typed,
                      const struct lookup *lookup, struct arena *arena)
{
    struct text small = lower_text(arena, typed);

    if (code_find(unit, table_of(field), typed, lookup, arena))
        return true;
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++)
        if (text_is(small, unit_words[i].word))
            return code_find(unit, table_of(field), text_of(unit_words[i].code), lookup, arena);
    return false;
}

/* A code or name of the table or one of the words above, with or without an English plural. */
static bool unit_find(struct text *unit, const struct field *field, struct text typed,
                      const struct lookup *lookup, struct arena *arena)
{
    static const char *const plurals[] = { "", "s", "es" };

    for (size_t i = 0; i < sizeof plurals / sizeof *plurals; i++) {
        size_t cut = strlen(plurals[i]), least = cut > 0 ? cut + 2 : 1;

        if (typed.len >= least && memcmp(typed.data + typed.len - cut, plurals[i], cut) == 0 &&
            word_find(unit, field, (struct text){ typed.data, typed.len - cut }, lookup, arena))
            return true;
    }
    return false;
}

/* "9萬" is cut in the middle of its number where nothing but the digits are taken. */
static bool goes_on(struct text rest, struct arena *arena)
{
    struct text first = { rest.data, rest.len > 0 ? text_cluster(rest, 0) : 0 };
    struct decimal number;

    return first.len > 0 &&
           decimal_parse(&number, arena_printf(arena, "1%.*s", (int)first.len, first.data));
}

/* The number takes all that leaves a known unit behind it: 3千支 are three thousand, 十兩 ten taels. What is the longest
 * number is kept for what there is to say where no unit is known. */
static bool divide(struct quantity *made, struct text *left, const struct field *field,
                   struct text t, const struct lookup *lookup, struct arena *arena)
{
    struct decimal number;
    bool any = false;

    for (size_t len = t.len; len > 0; len--) {
        struct text unit = text_trim((struct text){ t.data + len, t.len - len });

        if ((len < t.len && ((uint8_t)t.data[len] & 0xC0) == 0x80) ||
            !decimal_parse(&number, text_trim((struct text){ t.data, len })) ||
            !expand(&number))
            continue;
        if (!any && !goes_on(unit, arena)) {
            *left = unit;
            any = true;
        }
        if (unit.len == 0 ? field->kind == KIND_WEIGHT
                          : unit_find(&made->unit, field, unit, lookup, arena)) {
            made->number = number;
            *left = unit;
            return true;
        }
    }
    return any;
}

static bool unit_missing(const struct field *field, struct text unit, struct text typed,
                         struct message *why)
{
    struct quote room;

    if (typed_words(typed) && !text_present(unit)) {
        input_method_on(why, field);
        return false;
    }
    if (!text_present(unit))
        message_set(why,
                    N_("%s is not a quantity. Type a number and its unit, as in 15 "
                       "container or 1.5 kg."),
                    quote(&room, typed));
    else if (text_empty(unit))
        message_set(why,
                    N_("The unit is missing. Type it behind the number, as in 15 container."));
    else
        message_set(
            why,
            N_("%s is not a known unit. Type its code or name, as in 15 container or 3 kg."),
            quote(&room, unit));
    return false;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct quantity made = { { 0, 0 }, { 0 } };
    struct text left = { 0 };

    if (!typed_utf8(typed, why))
        return false;
    struct text t = typed_narrow(arena, typed);

    if (t.len > 0) {
        if (!divide(&made, &left, field, t, lookup, arena))
            return unit_missing(field, (struct text){ 0 }, typed, why);
        if (text_empty(left) && field->kind == KIND_WEIGHT &&
            !code_find(&made.unit, table_of(field), TEXT("kg"), lookup, arena))
            return unit_missing(field, TEXT("kg"), typed, why);
        if (!text_present(made.unit))
            return unit_missing(field, left, typed, why);
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
             "數字加單位：15 櫃、1.5萬支、十五包；單位用編碼或名稱"),
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
