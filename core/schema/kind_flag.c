/* FLAG: yes or no. */
#include "core/schema/parts.h"

#include <assert.h>

#include "i18n/fold.h"

static const struct label yes = L("Yes", "是");
static const struct label no = L("No", "否");

static bool present(const void *value)
{
    return *(const enum flag *)value != FLAG_ABSENT;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    (void)field;
    return order_numbers(*(const enum flag *)a, *(const enum flag *)b);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    assert(present(value));
    cbor_put_bool(out, *(const enum flag *)value == FLAG_YES);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    enum cbor_type type = cbor_next(in).type;

    (void)field;
    (void)arena;
    *(enum flag *)value = type == CBOR_TRUE ? FLAG_YES : FLAG_NO;
    return type == CBOR_TRUE || type == CBOR_FALSE;
}

static bool among(struct text folded, const char *const *list)
{
    for (; *list; list++)
        if (text_is(folded, *list))
            return true;
    return false;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    static const char *const yes_words[] = { "yes", "y", "true", "1", "是", "有", NULL };
    static const char *const no_words[] = { "no",   "n",    "false", "0", "否",
                                            "不是", "沒有", "無",    NULL };
    AUTO_BUFFER struct buffer folded = { 0 };
    enum flag flag = FLAG_ABSENT;
    struct quote room;

    (void)field;
    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    if (!blank(typed)) {
        fold(&folded, typed_narrow(arena, typed));
        if (among(buffer_as_text(&folded), yes_words))
            flag = FLAG_YES;
        else if (among(buffer_as_text(&folded), no_words))
            flag = FLAG_NO;
        else {
            message_set(why, N_("%s is neither yes nor no. Type y or n."), quote(&room, typed));
            return false;
        }
    }
    *(enum flag *)value = flag;
    return true;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (present(value))
        buffer_string(out, *(const enum flag *)value == FLAG_YES ? "yes" : "no");
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)field;
    (void)lookup;
    if (present(value))
        show_label(out, *(const enum flag *)value == FLAG_YES ? &yes : &no, language);
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, present(value)))
        buffer_byte(out, *(const enum flag *)value == FLAG_YES);
}

const struct kind kind_FLAG = {
    .id = KIND_FLAG,
    .name = "flag",
    .label = L("yes or no", "是或否"),
    .how = L("y or n", "y（是）或 n（否）"),
    .size = sizeof(enum flag),
    .written = WRITTEN_FLAG,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .index = index_bytes,
};
