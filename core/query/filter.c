#include "core/query/query.h"

#include "i18n/fold.h"
#include "i18n/text.h"

#include <string.h>

/* What a bound covers, as index bytes: "2023-06" is June from its first moment to its last, and all between. */
struct bound {
    struct text first, last; /* absent: no bound */
    struct text unit;        /* currency or unit: amounts of another one are never compared */
};

/* One part: a bare word (field NULL), a value contained in a field's text, or a comparison. */
struct filter_part {
    const struct field *field;
    struct text folded; /* word or contained text */
    bool compares;
    bool low_beyond, high_beyond; /* ">" and "<": the bound itself does not belong */
    struct bound low, high;
};

struct filter {
    const struct record_type *type;
    struct arena *arena;
    struct filter_part *parts;
    size_t count;
    uint16_t last;
};

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

static bool label_starts(const struct label *label, struct text folded)
{
    AUTO_BUFFER struct buffer out = { 0 };
    bool starts;

    if (!label->en)
        return false;
    fold(&out, text_of(label->en));
    starts = text_starts(buffer_as_text(&out), folded);
    buffer_clear(&out);
    fold(&out, text_of(label->zh));
    return starts || text_starts(buffer_as_text(&out), folded);
}

static bool field_is(const struct field *field, struct text folded)
{
    return text_is(folded, field->name) || label_is(&field->label, folded) ||
           label_is(&field->brief, folded);
}

static bool field_starts(const struct field *field, struct text folded)
{
    return text_starts(text_of(field->name), folded) || label_starts(&field->label, folded) ||
           label_starts(&field->brief, folded);
}

enum { NAME_LEAST = 3 }; /* bytes: one Chinese character */

/* A field by its name, label or brief, in either language; else the first that begins so ("ordinance" is "Ordinances"). */
static const struct field *field_meant(const struct record_type *type, struct text name,
                                       struct arena *arena)
{
    struct text folded = folded_in(arena, name);

    for (size_t i = 0; i < type->count; i++)
        if (!(type->fields[i].flags & PRIVATE) && field_is(&type->fields[i], folded))
            return &type->fields[i];
    for (size_t i = 0; i < type->count && folded.len >= NAME_LEAST; i++)
        if (!(type->fields[i].flags & PRIVATE) && field_starts(&type->fields[i], folded))
            return &type->fields[i];
    return NULL;
}

/* ---- comparisons ---- */

/* The last day that a partial date may be: 99 stands behind every month and every day. */
static date date_last(date d)
{
    return d + (date_month(d) == 0 ? 9999 : date_day(d) == 0 ? 99 : 0);
}

static struct text index_text(const struct field *field, const void *value, struct arena *arena)
{
    AUTO_BUFFER struct buffer key = { 0 };

    field_kind(field)->index(&key, field, value);
    return arena_text(arena, buffer_as_text(&key));
}

/* The index bytes behind which nothing lies that the value covers. */
static struct text index_last(const struct field *field, const void *value, struct arena *arena)
{
    AUTO_BUFFER struct buffer key = { 0 };
    const struct moment *moment = value;
    date last;

    if (field->kind == KIND_DATE) {
        last = date_last(*(const date *)value);
        field_kind(field)->index(&key, field, &last);
        return arena_text(arena, buffer_as_text(&key));
    }
    if (field->kind != KIND_MOMENT || moment->minute != MINUTE_UNKNOWN)
        return index_text(field, value, arena);
    buffer_byte(&key, 1);
    buffer_u32(&key, date_last(moment->date));
    buffer_u16(&key, UINT16_MAX);
    return arena_text(arena, buffer_as_text(&key));
}

static struct text unit_of(const struct field *field, const void *value)
{
    switch (field->kind) {
    case KIND_MONEY:
        return text_of(((const struct money *)value)->currency);
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        return ((const struct quantity *)value)->unit;
    default:
        return (struct text){ 0 };
    }
}

/* Empty: no bound yet. */
static bool bound_parse(struct bound *out, const struct field *field, struct text typed,
                        const struct lookup *lookup, struct arena *arena, struct message *why)
{
    void *value = arena_alloc(arena, field_kind(field)->size);

    if (typed.len == 0)
        return true;
    if (!field_kind(field)->parse(value, field, typed, lookup, arena, why))
        return false;
    if (!field_kind(field)->present(value))
        return true;
    out->first = index_text(field, value, arena);
    out->last = index_last(field, value, arena);
    out->unit = unit_of(field, value);
    return true;
}

/* Where the first ".." stands. */
static bool find_range(struct text typed, size_t *at)
{
    for (size_t i = 0; i + 1 < typed.len; i++) {
        if (typed.data[i] == '.' && typed.data[i + 1] == '.') {
            *at = i;
            return true;
        }
    }
    return false;
}

/* ">1000", ">=1000", "<2023-06", "2023-06..2023-09", "2023-06..". */
static bool comparison_parse(struct filter_part *part, struct text typed,
                             const struct lookup *lookup, struct arena *arena,
                             struct message *why)
{
    bool low = typed.data[0] == '>';
    size_t at;

    if (low || typed.data[0] == '<') {
        bool equal = typed.len > 1 && typed.data[1] == '=';
        struct text bound = { typed.data + 1 + equal, typed.len - 1 - equal };

        part->compares = true;
        part->low_beyond = low && !equal;
        part->high_beyond = !low && !equal;
        return bound_parse(low ? &part->low : &part->high, part->field, bound, lookup, arena,
                           why);
    }
    if (!find_range(typed, &at))
        return true;
    part->compares = true;
    return bound_parse(&part->low, part->field, (struct text){ typed.data, at }, lookup, arena,
                       why) &&
           bound_parse(&part->high, part->field,
                       (struct text){ typed.data + at + 2, typed.len - at - 2 }, lookup, arena,
                       why);
}

/* ---- parsing ---- */

static bool part_parse(struct filter *filter, struct text word, const struct lookup *lookup,
                       struct message *why)
{
    struct filter_part *part = &filter->parts[filter->count];
    struct text value, name = text_split(word, ':', &value);

    *part = (struct filter_part){ 0 };
    if (text_present(value) && name.len > 0)
        part->field = field_meant(filter->type, name, filter->arena);
    if (part->field) {
        if (value.len == 0)
            return true; /* still being typed: no condition yet */
        if (field_kind(part->field)->index &&
            !comparison_parse(part, value, lookup, filter->arena, why))
            return false;
        if (part->compares && !text_present(part->low.first) && !text_present(part->high.first))
            return true; /* "value:>", "opened:.." */
        word = value;
    }
    part->folded = folded_in(filter->arena, word);
    if (!part->field || part->field->tag > TAG_LIST_LAST)
        filter->last = 0;
    filter->count++;
    return true;
}

enum err filter_parse(struct filter **out, struct arena *arena, const struct record_type *type,
                      struct text typed, const struct lookup *lookup, struct message *why)
{
    struct filter *filter = arena_alloc(arena, sizeof *filter);
    AUTO_BUFFER struct buffer half = { 0 };
    struct text rest;
    size_t words = 1;

    text_to_halfwidth(&half, typed); /* an input method writes "：" and "　" */
    rest = arena_text(arena, buffer_as_text(&half));
    for (size_t i = 0; i < rest.len; i++)
        words += rest.data[i] == ' ';
    filter->type = type;
    filter->arena = arena;
    filter->last = TAG_LIST_LAST;
    filter->parts = arena_array(arena, words, sizeof *filter->parts);
    while (text_present(rest)) {
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

/* ---- matching ---- */

/* What a person sees in the field, in both languages, or its neutral form: "1,500,000,000" and "1500000000". */
static bool field_contains(const struct field *field, const struct record *record,
                           struct text folded, const struct lookup *lookup, struct arena *arena)
{
    const void *value = field_value(field, record);

    if (!field_kind(field)->present(value))
        return false;
    return fold_contains(folded_in(arena,
                                   value_show(arena, field, value, lookup, LANGUAGE_BOTH)),
                         folded) ||
           fold_contains(folded_in(arena, value_print(arena, field, value)), folded);
}

static bool same_unit(const struct bound *bound, struct text unit)
{
    return !text_present(bound->unit) || text_equal(bound->unit, unit);
}

static bool part_compares(const struct filter_part *part, const struct record *record,
                          struct arena *arena)
{
    const void *value = field_value(part->field, record);
    const struct bound *low = &part->low, *high = &part->high;

    if (!field_kind(part->field)->present(value) ||
        !same_unit(low, unit_of(part->field, value)) ||
        !same_unit(high, unit_of(part->field, value)))
        return false;
    struct text mine = index_text(part->field, value, arena);

    if (text_present(low->first) && (part->low_beyond ? text_compare(mine, low->last) <= 0
                                                      : text_compare(mine, low->first) < 0))
        return false;
    return !text_present(high->first) ||
           (part->high_beyond ? text_compare(mine, high->first) < 0
                              : text_compare(mine, high->last) <= 0);
}

static bool part_matches(const struct filter_part *part, const struct record *record,
                         const struct lookup *lookup, struct arena *arena)
{
    if (part->compares)
        return part_compares(part, record, arena);
    if (part->field)
        return field_contains(part->field, record, part->folded, lookup, arena);
    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        if ((field->flags & (LISTED | SEARCHED)) && !(field->flags & PRIVATE) &&
            field_contains(field, record, part->folded, lookup, arena))
            return true;
    }
    return false;
}

bool filter_match(const struct filter *filter, const struct record *record,
                  const struct lookup *lookup)
{
    AUTO_ARENA struct arena *arena = filter_empty(filter) ? NULL : arena_new();

    for (size_t i = 0; filter && i < filter->count; i++)
        if (!part_matches(&filter->parts[i], record, lookup, arena))
            return false;
    return true;
}
