/* CHOICE: one of a fixed table in the field's row. */
#include "core/schema/parts.h"
#include "i18n/fold.h"

static const struct choice *choice_of(const struct field *field, struct text code)
{
    for (const struct choice *c = field->choices; c && c->code; c++)
        if (text_is(code, c->code))
            return c;
    return NULL;
}

static bool same_folded(struct text folded, const char *words)
{
    AUTO_BUFFER struct buffer other = { 0 };

    fold(&other, text_of(words));
    return text_equal(folded, buffer_as_text(&other));
}

/* The code or either label, however it is written. */
static const struct choice *choice_typed(const struct field *field, struct text typed)
{
    AUTO_BUFFER struct buffer folded = { 0 };

    fold(&folded, typed);
    struct text key = buffer_as_text(&folded);

    for (const struct choice *c = field->choices; c && c->code; c++)
        if (same_folded(key, c->code) || same_folded(key, c->label.zh) ||
            same_folded(key, c->label.en))
            return c;
    return NULL;
}

static void not_a_choice(const struct field *field, struct text given, struct message *why)
{
    struct quote room;

    message_set(why, N_("%s is not one of the choices for %p. Choose one from the list."),
                quote(&room, given), label_argument(&field->label));
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    struct text code = { 0 };

    (void)lookup;
    if (!typed_utf8(typed, why))
        return false;
    if (!blank(typed)) {
        const struct choice *choice = choice_of(field, text_trim(typed));

        if (!choice)
            choice = choice_typed(field, typed_narrow(arena, typed));
        if (!choice) {
            not_a_choice(field, typed, why);
            return false;
        }
        code = text_of(choice->code);
    }
    *(struct text *)value = code;
    return true;
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    const struct choice *choice = choice_of(field, *(const struct text *)value);

    (void)lookup;
    if (choice)
        show_label(out, &choice->label, language);
    else
        plain_print(out, field, value);
}

static bool check(const struct field *field, const void *value, const struct lookup *lookup,
                  struct message *why, bool *warning)
{
    struct text code = *(const struct text *)value;

    (void)lookup;
    *warning = false;
    if (choice_of(field, code))
        return true;
    not_a_choice(field, code, why);
    return false;
}

static void search_words(const struct field *field, const void *value,
                         void (*each)(struct text words, void *context), void *context)
{
    const struct choice *choice = choice_of(field, *(const struct text *)value);

    each(*(const struct text *)value, context);
    if (!choice)
        return;
    each(text_of(choice->label.zh), context);
    each(text_of(choice->label.en), context);
}

const struct kind kind_CHOICE = {
    .id = KIND_CHOICE,
    .name = "choice",
    .label = L("choice", "選項"),
    .how = L("One of the list, by its code or its name in either language",
             "清單中的一項；用編碼、中文或英文名稱均可"),
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
