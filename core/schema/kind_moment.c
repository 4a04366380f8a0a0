/* MOMENT: a date with its time of day where it is known, in the offset that was said. */
#include "core/schema/parts.h"

#include <assert.h>

static bool present(const void *value)
{
    return ((const struct moment *)value)->date != 0;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct moment *x = a, *y = b;
    int order = moment_compare(*x, *y);

    /* The same instant may be said in two ways. */
    (void)field;
    if (order == 0)
        order = order_numbers(x->date, y->date);
    if (order == 0 && x->date != 0)
        order = order_numbers(x->minute, y->minute);
    if (order == 0 && x->date != 0)
        order = order_numbers(x->offset, y->offset);
    return order;
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct moment *moment = value;

    (void)field;
    assert(moment_valid(*moment));
    cbor_put_array(out, 3);
    cbor_put_uint(out, moment->date);
    if (moment->minute == MINUTE_UNKNOWN)
        cbor_put_null(out);
    else
        cbor_put_int(out, moment->minute);
    cbor_put_int(out, moment->offset);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    struct moment made = { .minute = MINUTE_UNKNOWN };
    uint64_t day, minute = 0;
    int64_t offset;
    size_t count;

    (void)field;
    (void)arena;
    if (!cbor_array(in, &count) || count != 3 || !cbor_uint(in, &day) || day > UINT32_MAX)
        return false;
    if (!cbor_null(in)) {
        if (!cbor_uint(in, &minute) || minute > INT16_MAX)
            return false;
        made.minute = (int16_t)minute;
    }
    if (!cbor_int(in, &offset) || offset < INT16_MIN || offset > INT16_MAX)
        return false;
    made.date = (date)day;
    made.offset = (int16_t)offset;
    if (!moment_valid(made))
        return false;
    *(struct moment *)value = made;
    return true;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct moment made = { 0 };
    struct typed_parts parts;
    enum typed_result result;
    struct quote room;

    (void)arena;
    if (!blank(typed)) {
        result = moment_read(&made, typed, typed_now(lookup), &parts);
        if (result == TYPED_UNREADABLE && typed_words(typed)) {
            input_method_on(why, field);
            return false;
        }
        if (result == TYPED_UNREADABLE)
            message_set(why,
                        N_("%s is not a date and time. Type them as 2023-06-21 08:40, a date "
                           "alone, or n for now."),
                        quote(&room, typed));
        if (result != TYPED_GOOD && result != TYPED_UNREADABLE)
            date_fault(why, result, &parts, typed);
        if (result != TYPED_GOOD)
            return false;
    }
    *(struct moment *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    char printed[40];

    (void)field;
    moment_print(printed, *(const struct moment *)value);
    buffer_string(out, printed);
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)lookup;
    (void)language;
    print(out, field, value);
}

/* On the clock of Hong Kong, so that the moments of a day stand together and in order. */
static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    struct moment moment = *(const struct moment *)value;

    (void)field;
    if (!index_presence(out, present(value)))
        return;
    if (moment.offset != OFFSET_HONG_KONG) {
        struct moment here = moment_of_ms(moment_ms(moment), OFFSET_HONG_KONG);

        if (here.date != 0)
            moment = here;
    }
    buffer_u32(out, moment.date);
    buffer_u16(out, (uint16_t)(moment.minute + 1));
}

const struct kind kind_MOMENT = {
    .id = KIND_MOMENT,
    .name = "moment",
    .label = L("date and time", "日期及時間"),
    .how =
        L("2023-06-21 08:40, 21/6/23 2130, 21 June 2023 9:30pm, a date alone; 1545 or 9:05 for "
          "today, n for now",
          "2023-06-21 08:40、21/6/23 2130、昨日晚上九時半，或只輸入日期；1545、9:05 為今天，n "
          "為現在"),
    .size = sizeof(struct moment),
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
