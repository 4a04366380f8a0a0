/* LIST: rows of one element type, each a table of fields of its own. */
#include "core/schema/parts.h"

static bool present(const void *value)
{
    return ((const struct list *)value)->count > 0;
}

static const void *row_of(const struct field *field, const struct list *list, size_t i)
{
    return (const char *)list->items + i * field->element->size;
}

static int compare(const struct field *field, const void *a, const void *b)
{
    const struct list *x = a, *y = b;
    const struct element_type *element = field->element;
    size_t count = x->count < y->count ? x->count : y->count;

    for (size_t i = 0; i < count; i++) {
        int order = fields_compare(element->fields, element->count, row_of(field, x, i),
                                   row_of(field, y, i));

        if (order != 0)
            return order;
    }
    return (x->count > y->count) - (x->count < y->count);
}

static void encode(struct buffer *out, const struct field *field, const void *value)
{
    const struct list *list = value;

    cbor_put_array(out, list->count);
    for (size_t i = 0; i < list->count; i++)
        pairs_encode(out, field->element->fields, field->element->count, row_of(field, list, i),
                     NULL);
}

static bool decode(struct cbor_reader *in, const struct field *field, void *value,
                   struct arena *arena)
{
    const struct element_type *element = field->element;
    struct codec codec = { element->fields, element->count, 0, NULL, arena };
    size_t count;

    if (!cbor_array(in, &count) || count == 0)
        return false;
    char *items = arena_array(arena, count, element->size);

    for (size_t i = 0; i < count; i++)
        if (!pairs_decode(&codec, in, items + i * element->size))
            return false;
    *(struct list *)value = (struct list){ items, count };
    return true;
}

/* ---- text ---- */

static bool row_parse(void *row, const struct field *field, struct text typed,
                      const struct lookup *lookup, struct arena *arena, struct message *why)
{
    const struct element_type *element = field->element;
    struct text rest = typed;

    for (size_t i = 0; i < element->count && text_present(rest); i++) {
        const struct field *f = &element->fields[i];
        struct text part = take_part(rest, element->count > 1 ? '|' : '\0', &rest);

        if (!field_kind(f)->parse(field_place(f, row), f, part_text(arena, part), lookup, arena,
                                  why))
            return false;
    }
    if (!text_present(rest))
        return true;
    message_set(why,
                N_("A row of %p has more than %zu values. Put ; between rows and | between the "
                   "values of a row."),
                label_argument(&field->label), element->count);
    return false;
}

static bool parse(void *value, const struct field *field, struct text typed,
                  const struct lookup *lookup, struct arena *arena, struct message *why)
{
    size_t size = field->element->size, most = 1;
    struct list list = { 0 };
    struct text rest = typed;

    if (!typed_utf8(typed, why))
        return false;
    for (size_t i = 0; i < typed.len; i++)
        most += typed.data[i] == ';';
    char *items = arena_array(arena, most, size);

    while (text_present(rest)) {
        struct text row = take_part(rest, ';', &rest);

        if (text_empty(row))
            continue;
        if (!row_parse(items + list.count * size, field, row, lookup, arena, why))
            return false;
        list.count++;
    }
    list.items = list.count > 0 ? items : NULL;
    *(struct list *)value = list;
    return true;
}

/* How many fields of a row stand before the absent ones at its end. */
static size_t last_present(const struct element_type *element, const void *row)
{
    size_t count = element->count;

    while (count > 0 && !field_present(&element->fields[count - 1], row))
        count--;
    return count;
}

static void print(struct buffer *out, const struct field *field, const void *value)
{
    AUTO_BUFFER struct buffer part = { 0 };
    const struct list *list = value;
    const struct element_type *element = field->element;
    const char *marks = element->count > 1 ? "|;" : ";";

    for (size_t i = 0; i < list->count; i++) {
        const void *row = row_of(field, list, i);
        size_t count = last_present(element, row);

        if (i > 0)
            buffer_string(out, "; ");
        for (size_t j = 0; j < count; j++) {
            const struct field *f = &element->fields[j];

            if (j > 0)
                buffer_string(out, " | ");
            buffer_clear(&part);
            field_kind(f)->print(&part, f, field_value(f, row));
            put_part(out, buffer_as_text(&part), marks);
        }
    }
}

static void show(struct buffer *out, const struct field *field, const void *value,
                 const struct lookup *lookup, enum language language)
{
    const struct list *list = value;
    const struct element_type *element = field->element;

    for (size_t i = 0; i < list->count; i++) {
        const void *row = row_of(field, list, i);
        bool first = true;

        if (i > 0)
            buffer_string(out, "; ");
        for (size_t j = 0; j < element->count; j++) {
            const struct field *f = &element->fields[j];

            if (!field_present(f, row))
                continue;
            if (!first)
                buffer_byte(out, ' ');
            field_kind(f)->show(out, f, field_value(f, row), lookup, language);
            first = false;
        }
    }
}

/* The rows' own fields say which of them are searched. */
static void search_words(const struct field *field, const void *value,
                         void (*each)(struct text words, void *context), void *context)
{
    const struct list *list = value;

    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < field->element->count; j++) {
            const struct field *f = &field->element->fields[j];
            const void *part = field_value(f, row_of(field, list, i));

            if (f->flags & SEARCHED && field_kind(f)->words && field_kind(f)->present(part))
                field_kind(f)->words(f, part, each, context);
        }
}

const struct kind kind_LIST = {
    .id = KIND_LIST,
    .name = "list",
    .label = L("list", "清單"),
    .how = L("In a form a row for each, a cell for each value; in one line rows with ; between "
             "them, the values of a row with |: 60; 586",
             "表格內每項一行、每值一格；單行輸入時各行以 ; 分隔，同一行內各值以 | 分隔，例如 "
             "60; 586"),
    .size = sizeof(struct list),
    .written = WRITTEN_LIST,
    .present = present,
    .compare = compare,
    .encode = encode,
    .decode = decode,
    .parse = parse,
    .print = print,
    .show = show,
    .words = search_words,
};
