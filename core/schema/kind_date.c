/* DATE: a day, or the month or year that a paper states. */
#include "core/schema/parts.h"

#include <assert.h>

static bool present(const void *value)
{
    return *(const date *)value != 0;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    (void)field;
    return date_compare(*(const date *)a, *(const date *)b);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    assert(date_valid(*(const date *)value));
    cbor_put_uint(out, *(const date *)value);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    uint64_t number;

    (void)field;
    (void)arena;
    if (!cbor_uint(in, &number) || number > UINT32_MAX || !date_valid((date)number))
        return false;
    *(date *)value = (date)number;
    return true;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    date today = date_of_ms(typed_now(lookup), OFFSET_HONG_KONG);
    struct typed_parts parts;
    enum typed_result result;
    struct quote room;
    date made = 0;

    (void)arena;
    if (!blank(typed)) {
        result = date_read(&made, typed, today, &parts);
        if (result == TYPED_UNREADABLE && typed_words(typed)) {
            input_method_on(why, field);
            return false;
        }
        if (result == TYPED_UNREADABLE)
            message_set(
                why,
                N_("%s is not a date. Type it as 2023-06-21, 21/6/2023 or 2023-06, or t "
                   "for today."),
                quote(&room, typed));
        if (result != TYPED_GOOD && result != TYPED_UNREADABLE)
            date_fault(why, result, &parts, typed);
        if (result != TYPED_GOOD)
            return false;
    }
    *(date *)value = made;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    char printed[16];

    (void)field;
    date_print(printed, *(const date *)value);
    buffer_string(out, printed);
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
        buffer_u32(out, *(const date *)value);
}

const struct kind kind_DATE = {
    .id = KIND_DATE,
    .name = "date",
    .label = L("date", "日期"),
    .how = L("2023-06-21, 21/6/23, 21 June 2023, June 2023, 2023; t for today, t-1 or "
             "yesterday, +7 for a week from today",
             "2023-06-21、21/6/23、二零二三年六月廿一日、2023年6月、2023；t 為今天，t-1 "
             "或昨日為前一天，+7 為七天後"),
    .size = sizeof(date),
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
