/* MONEY: a whole number of minor units; Hong Kong dollars carry no code. */
#include "core/schema/parts.h"

#include <assert.h>
#include <string.h>

static bool hong_kong(const struct money *money)
{
    return memcmp(money->currency, "HKD", sizeof money->currency) == 0;
}

static bool present(const void *value)
{
    return ((const struct money *)value)->currency[0] != '\0';
}

/* By amount, as people sort it; amounts of other currencies stand among them by their number. */
static int compare(const struct field *field, const void *a, const void *b)
{
    const struct money *x = a, *y = b;
    int order = order_numbers(present(a), present(b));

    (void)field;
    if (order == 0 && present(a))
        order = order_numbers(x->minor, y->minor);
    return order != 0 ? order : memcmp(x->currency, y->currency, sizeof x->currency);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct money *money = value;

    (void)field;
    assert(present(value) && money->currency[3] == '\0');
    if (!hong_kong(money))
        cbor_put_array(out, 2);
    cbor_put_int(out, money->minor);
    if (!hong_kong(money))
        cbor_put_text(out, text_of(money->currency));
}

/* Three capitals, and not those that are left out. */
static bool currency_decode(struct cbor_reader *in, struct money *money)
{
    struct text code;

    if (!cbor_text(in, &code) || code.len != 3)
        return false;
    for (size_t i = 0; i < code.len; i++) {
        if (code.data[i] < 'A' || code.data[i] > 'Z')
            return false;
        money->currency[i] = code.data[i];
    }
    return !hong_kong(money);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct money made = { 0 };
    size_t count;

    (void)field;
    (void)arena;
    if (cbor_peek(in) == CBOR_ARRAY) {
        if (!cbor_array(in, &count) || count != 2 || !cbor_int(in, &made.minor) ||
            !currency_decode(in, &made))
            return false;
    } else {
        if (!cbor_int(in, &made.minor))
            return false;
        memcpy(made.currency, "HKD", sizeof made.currency);
    }
    *(struct money *)value = made;
    return true;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct money made = { 0 };
    struct quote room;

    (void)lookup;
    (void)arena;
    if (!blank(typed) && !money_parse(&made, typed)) {
        if (typed_words(typed)) {
            input_method_on(why, field);
            return false;
        }
        message_set(
            why,
            N_("%s is not an amount of money. Type it as 39,800,000, 1.50 or USD 20, without "
               "parts of a cent."),
            quote(&room, typed));
        return false;
    }
    *(struct money *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    money_print(out, *(const struct money *)value, false);
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)field;
    (void)lookup;
    (void)language;
    money_print(out, *(const struct money *)value, true);
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    const struct money *money = value;

    (void)field;
    if (!index_presence(out, present(value)))
        return;
    index_signed(out, money->minor);
    buffer_put(out, money->currency, 3);
}

const struct kind kind_MONEY = {
    .id = KIND_MONEY,
    .name = "money",
    .label = L("amount of money", "金額"),
    .how = L("39,800,000, 1.5m or 1.2億 in Hong Kong dollars; other currencies as USD 20",
             "39,800,000、1.5m 或 1.2億，以港元計；其他貨幣如 USD 20 或 20 美元"),
    .size = sizeof(struct money),
    .written = WRITTEN_TEXT,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .index = index_bytes,
};
