/* NUMBER: a number with a check digit, and why a wrong digit was kept. */
#include "core/schema/parts.h"

static bool present(const void *value)
{
    return text_present(((const struct checked_number *)value)->value);
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct checked_number *x = a, *y = b;
    int order = order_codes(x->value, y->value);

    (void)field;
    return order != 0 ? order : text_compare(x->reason, y->reason);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct checked_number *number = value;

    (void)field;
    if (!text_present(number->reason)) {
        cbor_put_text(out, number->value);
        return;
    }
    cbor_put_array(out, 2);
    cbor_put_text(out, number->value);
    cbor_put_text(out, number->reason);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct checked_number *number = value;
    size_t count;

    (void)field;
    (void)arena;
    if (cbor_peek(in) != CBOR_ARRAY)
        return cbor_text(in, &number->value);
    return cbor_array(in, &count) && count == 2 && cbor_text(in, &number->value) &&
           cbor_text(in, &number->reason);
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct checked_number made = { { 0 }, { 0 } };
    struct text rest, nothing;
    struct text first = take_part(typed, '|', &rest);
    struct text reason = take_part(rest, '\0', &nothing);

    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    if (text_empty(first) && !text_empty(reason)) {
        message_set(why, N_("A reason stands behind the bar, but no number before it. Type "
                            "number | reason."));
        return false;
    }
    if (!text_empty(first) && field->scheme != CHECK_NONE && typed_words(first)) {
        input_method_on(why, field);
        return false;
    }
    if (!text_empty(first)) {
        made.value = part_text(arena, first);
        if (field->flags & UPPERCASE)
            made.value = upper_text(arena, typed_narrow(arena, made.value));
    }
    if (!text_empty(reason))
        made.reason = part_text(arena, reason);
    *(struct checked_number *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    const struct checked_number *number = value;

    (void)field;
    put_part(out, number->value, "|");
    if (text_empty(number->reason))
        return;
    buffer_string(out, " | ");
    put_part(out, number->reason, "|");
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    const struct checked_number *number = value;

    (void)field;
    (void)lookup;
    (void)language;
    buffer_text(out, number->value);
    if (text_empty(number->reason))
        return;
    buffer_string(out, " (");
    buffer_text(out, number->reason);
    buffer_byte(out, ')');
}

static void wrong_number(const struct field *field, struct text value, struct message *why)
{
    struct quote room;
    char digit[2] = { 0 };

    if (check_number(field->scheme, value, &digit[0]) == CHECK_BAD_FORM)
        message_set(why,
                    N_("%s does not have the form of a number of %s. Correct it, or say why it "
                       "is kept."),
                    quote(&room, value), check_standard(field->scheme));
    else
        message_set(
            why,
            N_("The check digit of %s would be %s. Correct the number, or say why it is kept."),
            quote(&room, value), digit);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    const struct checked_number *number = value;

    (void)lookup;
    *warning = false;
    if (!text_check(field, number->value, TEXT_ONE_LINE, why) ||
        !text_check_most(field, number->reason, NUMBER_REASON_MOST, TEXT_ONE_LINE, why))
        return false;
    if (!text_empty(number->reason) ||
        check_number(field->scheme, number->value, NULL) == CHECK_GOOD)
        return true;
    *warning = true;
    wrong_number(field, number->value, why);
    return false;
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, present(value)))
        index_code(out, ((const struct checked_number *)value)->value);
}

static bool word_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c < 0;
}

/* As it is written, and in one piece: "A123456(3)" is found by a123456 and by a1234563. */
static void search_words(const struct field *field, const void *value,
                         void (*each)(struct text words, void *context), void *context)
{
    AUTO_BUFFER struct buffer whole = { 0 };
    struct text written = ((const struct checked_number *)value)->value;

    (void)field;
    each(written, context);
    for (size_t i = 0; i < written.len; i++)
        if (word_character(written.data[i]))
            buffer_byte(&whole, (uint8_t)written.data[i]);
    if (whole.len < written.len)
        each(buffer_as_text(&whole), context);
}

const struct kind kind_NUMBER = {
    .id = KIND_NUMBER,
    .name = "number",
    .label = L("number with a check digit", "附校驗碼的編號"),
    .how = L("The number as it is written; one with a wrong digit is kept with a reason: "
             "number | reason",
             "按原樣輸入；校驗碼不符者可附理由保留：編號 | 理由"),
    .size = sizeof(struct checked_number),
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
    .words = search_words,
};
