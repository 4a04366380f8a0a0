/* TEXT: as it was typed, never normalised. */
#include "core/schema/parts.h"

static int compare(const struct field *field, const void *a, const void *b)
{
    (void)field;
    return order_folded(*(const struct text *)a, *(const struct text *)b);
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct text *out = value;

    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    if (blank(typed))
        *out = (struct text){ 0 };
    else if (field->flags & UPPERCASE)
        *out = upper_text(arena, typed_narrow(arena, typed));
    else
        *out = arena_text(arena, typed);
    return true;
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    (void)lookup;
    (void)language;
    plain_print(out, field, value);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    (void)lookup;
    *warning = false;
    return text_check(field, *(const struct text *)value, field_lines(field), why);
}

static void index_bytes(struct buffer *out, const struct field *field, const void *value)
{
    (void)field;
    if (index_presence(out, plain_present(value)))
        index_folded(out, *(const struct text *)value);
}

static void search_words(const struct field *field, const void *value,
                         void (*each)(struct text words, void *context), void *context)
{
    (void)field;
    each(*(const struct text *)value, context);
}

const struct kind kind_TEXT = {
    .id = KIND_TEXT,
    .name = "text",
    .label = L("text", "文字"),
    .how = L("Any text; it is kept as you type it.", "任何文字；按輸入原樣保存。"),
    .size = sizeof(struct text),
    .written = WRITTEN_TEXT,
    .present = plain_present,
    .compare = compare,
    .encode = plain_encode,
    .decode = plain_decode,
    .parse = parse,
    .print = plain_print,
    .show = show,
    .check = check,
    .index = index_bytes,
    .words = search_words,
};
