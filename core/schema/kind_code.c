/* CODE: one of a code table, which is looked up through functions handed in. */
#include "core/schema/parts.h"

bool code_find(struct text *out, const char *table, struct text typed,
               const struct lookup *lookup, struct arena *arena)
{
    struct text code;

    if (!lookup || !lookup->code_typed || !table) {
        *out = arena_text(arena, typed);
        return true;
    }
    if (!lookup->code_typed(lookup->context, table, typed, &code))
        return false;
    *out = arena_text(arena, code);
    return true;
}

bool code_exists(const char *table, struct text code, const struct lookup *lookup,
                 struct bitext *names)
{
    return !lookup || !lookup->code || !table ||
           lookup->code(lookup->context, table, code, names);
}

void many_meanings(struct message *why, struct text typed, size_t count,
                   const struct buffer *meanings)
{
    struct quote room, list;

    message_set(why,
                N_("%s is the name of %zu: %s. Type one of these, or choose it from the list."),
                quote(&room, typed), count, quote(&list, buffer_as_text(meanings)));
}

/* A name that several codes bear, or none. */
static void not_a_code(const struct field *field, struct text narrow, struct text typed,
                       const struct lookup *lookup, struct message *why)
{
    AUTO_BUFFER struct buffer codes = { 0 };
    size_t count = 0;
    struct quote room;

    if (lookup && lookup->code_meanings && field->codes)
        count = lookup->code_meanings(lookup->context, field->codes, narrow, &codes);
    if (count > 1)
        many_meanings(why, typed, count, &codes);
    else
        message_set(
            why,
            N_("%s is no code or name of the table for %p. Type one of them, or choose it "
               "from the list."),
            quote(&room, typed), label_argument(&field->label));
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct text code = { 0 };

    if (!typed_utf8(typed, why))
        return false;
    if (!blank(typed)) {
        struct text narrow = typed_narrow(arena, typed);

        /* A table says in what case its codes are written. */
        if (field->flags & UPPERCASE && !(field->codes && lookup && lookup->code_typed))
            narrow = upper_text(arena, narrow);
        if (!code_find(&code, field->codes, narrow, lookup, arena)) {
            not_a_code(field, narrow, typed, lookup, why);
            return false;
        }
    }
    *(struct text *)value = code;
    return true;
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    struct text code = *(const struct text *)value;
    struct bitext names = { { 0 }, { 0 } };

    buffer_text(out, code);
    if (!code_exists(field->codes, code, lookup, &names) ||
        (text_empty(names.zh) && text_empty(names.en)))
        return;
    buffer_byte(out, ' ');
    show_bitext(out, names, language);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    struct text code = *(const struct text *)value;
    struct bitext names;
    struct quote room;

    *warning = false;
    if (!text_check(field, code, TEXT_ONE_LINE, why))
        return false;
    if (code_exists(field->codes, code, lookup, &names))
        return true;
    message_set(why,
                N_("The code %s is not in the table for %p. Choose another, or have it added "
                   "to the table."),
                quote(&room, code), label_argument(&field->label));
    return false;
}

static void search_words(const struct field *field, const void *value,
                         void (*each)(struct text words, void *context), void *context)
{
    (void)field;
    each(*(const struct text *)value, context);
}

const struct kind kind_CODE = {
    .id = KIND_CODE,
    .name = "code",
    .label = L("code", "編碼"),
    .how = L("A code of its table in any case, or its whole name in either language",
             "編碼表內的編碼（大小寫均可），或其中文或英文全名"),
    .size = sizeof(struct text),
    .written = WRITTEN_TEXT,
    .present = plain_present,
    .compare = code_compare,
    .encode = plain_encode,
    .decode = plain_decode,
    .parse = parse,
    .print = plain_print,
    .show = show,
    .check = check,
    .index = code_index,
    .words = search_words,
};
