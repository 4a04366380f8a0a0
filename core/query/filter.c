#include "core/query/query.h"

#include "i18n/fold.h"

#include <string.h>

/* One part: a bare word (field NULL), a value contained in a field's text, or a comparison. */
struct filter_part {
    const struct field *field;
    struct text folded;        /* word or contained text */
    bool compares;             /* low <= value <= high, each where present */
    struct bytes low, high;    /* index bytes */
};

struct filter {
    const struct record_type *type;
    struct arena *arena;
    struct filter_part *parts;
    size_t count;
    uint16_t last;
};

enum { FILTER_PARTS = 16 };

static struct text folded_in(struct arena *arena, struct text t)
{
    AUTO_BUFFER struct buffer out = { 0 };

    fold(&out, t);
    return arena_text(arena, buffer_as_text(&out));
}

static bool label_is(const struct label *label, struct text folded)
{
    AUTO_BUFFER struct buffer out = { 0 };
    bool same;

    if (!label->en)
        return false;
    fold(&out, text_of(label->en));
    same = text_equal(buffer_as_text(&out), folded);
    buffer_clear(&out);
    fold(&out, text_of(label->zh));
    return same || text_equal(buffer_as_text(&out), folded);
}

/* A field by its name, label or brief, in either language. */
static const struct field *field_meant(const struct record_type *type, struct text name, struct arena *arena)
{
    struct text folded = folded_in(arena, name);

    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];

        if (!(field->flags & PRIVATE) &&
            (text_is(folded, field->name) || label_is(&field->label, folded) || label_is(&field->brief, folded)))
            return field;
    }
    return NULL;
}

static bool bound_parse(struct bytes *out, const struct field *field, struct text typed, const struct lookup *lookup, struct arena *arena, struct message *why)
{
    AUTO_BUFFER struct buffer key = { 0 };
    void *value = arena_alloc(arena, field_kind(field)->size);

    if (!field_kind(field)->parse(value, field, typed, lookup, arena, why))
        return false;
    field_kind(field)->index(&key, field, value);
    *out = (struct bytes){ arena_copy(arena, key.data, key.len), key.len };
    return true;
}

/* ">1000", "<2023-06", "2023-06..2023-09". */
static bool comparison_parse(struct filter_part *part, struct text typed, const struct lookup *lookup, struct arena *arena, struct message *why)
{
    if (typed.len > 1 && (typed.data[0] == '>' || typed.data[0] == '<')) {
        struct text bound = { typed.data + 1, typed.len - 1 };

        part->compares = true;
        return bound_parse(typed.data[0] == '>' ? &part->low : &part->high, part->field, bound, lookup, arena, why);
    }
    for (size_t i = 1; i + 2 < typed.len; i++) {
        if (typed.data[i] == '.' && typed.data[i + 1] == '.') {
            part->compares = true;
            return bound_parse(&part->low, part->field, (struct text){ typed.data, i }, lookup, arena, why) &&
                   bound_parse(&part->high, part->field, (struct text){ typed.data + i + 2, typed.len - i - 2 }, lookup, arena, why);
        }
    }
    return true;
}

static bool part_parse(struct filter *filter, struct text word, const struct lookup *lookup, struct message *why)
{
    struct filter_part *part = &filter->parts[filter->count];
    struct text value, name = text_split(word, ':', &value);

    *part = (struct filter_part){ 0 };
    if (text_present(value) && name.len > 0)
        part->field = field_meant(filter->type, name, filter->arena);
    if (part->field) {
        if (value.len == 0)
            return true; /* still being typed: no condition yet */
        if (!comparison_parse(part, value, lookup, filter->arena, why))
            return false;
        word = value;
    }
    part->folded = folded_in(filter->arena, word);
    if (!part->field || part->field->tag > TAG_LIST_LAST)
        filter->last = 0;
    filter->count++;
    return true;
}

enum err filter_parse(struct filter **out, struct arena *arena, const struct record_type *type, struct text typed, const struct lookup *lookup, struct message *why)
{
    struct filter *filter = arena_alloc(arena, sizeof *filter);
    struct text rest = typed;

    filter->type = type;
    filter->arena = arena;
    filter->last = TAG_LIST_LAST;
    filter->parts = arena_array(arena, FILTER_PARTS, sizeof *filter->parts);
    while (text_present(rest) && filter->count < FILTER_PARTS) {
        struct text word = text_split(rest, ' ', &rest);

        if (word.len > 0 && !part_parse(filter, word, lookup, why))
            return fail_message(ERR_INVALID, why);
    }
    *out = filter;
    return ERR_OK;
}

bool filter_empty(const struct filter *filter)
{
    return !filter || filter->count == 0;
}

uint16_t filter_last_tag(const struct filter *filter)
{
    return filter ? filter->last : TAG_LIST_LAST;
}

/* What a person sees in the field, in both languages. */
static bool field_contains(const struct field *field, const struct record *record, struct text folded, const struct lookup *lookup, struct arena *arena)
{
    const void *value = field_value(field, record);

    if (!field_kind(field)->present(value))
        return false;
    return fold_contains(folded_in(arena, value_show(arena, field, value, lookup, LANGUAGE_BOTH)), folded);
}

static bool part_matches(const struct filter_part *part, const struct record *record, const struct lookup *lookup, struct arena *arena)
{
    AUTO_BUFFER struct buffer key = { 0 };

    if (part->compares) {
        if (!field_present(part->field, record))
            return false;
        field_kind(part->field)->index(&key, part->field, field_value(part->field, record));
        struct text mine = buffer_as_text(&key);

        /* An upper bound includes what begins with it: "2023-06" covers its days. */
        return (part->low.len == 0 || text_compare(mine, (struct text){ (const char *)part->low.data, part->low.len }) >= 0) &&
               (part->high.len == 0 || text_compare(mine, (struct text){ (const char *)part->high.data, part->high.len }) <= 0);
    }
    if (part->field)
        return field_contains(part->field, record, part->folded, lookup, arena);
    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        if ((field->flags & (LISTED | SEARCHED)) && !(field->flags & PRIVATE) && field_contains(field, record, part->folded, lookup, arena))
            return true;
    }
    return false;
}

bool filter_match(const struct filter *filter, const struct record *record, const struct lookup *lookup)
{
    AUTO_ARENA struct arena *arena = filter_empty(filter) ? NULL : arena_new();

    for (size_t i = 0; filter && i < filter->count; i++)
        if (!part_matches(&filter->parts[i], record, lookup, arena))
            return false;
    return true;
}
