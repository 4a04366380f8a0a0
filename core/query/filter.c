/* Matching of records against a filter. */
#include "core/query/filter_parts.h"

#include <string.h>

#include "core/base/seams.h"
#include "i18n/fold.h"

struct text folded_in(struct arena *arena, struct text t)
{
    AUTO_BUFFER struct buffer out = { 0 };

    fold(&out, t);
    return arena_text(arena, buffer_as_text(&out));
}

struct text index_text(const struct field *field, const void *value, struct arena *arena)
{
    AUTO_BUFFER struct buffer key = { 0 };

    field_kind(field)->index(&key, field, value);
    return arena_text(arena, buffer_as_text(&key));
}

struct text unit_of(const struct field *field, const void *value)
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

bool filter_empty(const struct filter *filter)
{
    return !filter || filter->count == 0;
}

uint16_t filter_last_tag(const struct filter *filter)
{
    return filter ? filter->last : TAG_LIST_LAST;
}

/* One match: what it is matched with, and where texts are made for a moment. */
struct matching {
    const struct record *record;
    const struct lookup *lookup;
    struct arena *arena;
    struct memo *memo;
};

static bool shown_contains(const struct matching *m, const struct field *field,
                           const void *value, struct text folded)
{
    return fold_contains(folded_in(m->arena, value_show(m->arena, field, value, m->lookup,
                                                        LANGUAGE_BOTH)),
                         folded);
}

/* Decoding reads other records; what stands in many rows is decoded once. */
static bool decoded_contains(const struct matching *m, const struct field *field,
                             const void *value, struct text printed, struct text folded)
{
    uint32_t hash = (uint32_t)field->tag * 31 + (uint32_t)folded.len;
    struct memo_slot *slot;

    if (printed.len > MEMO_KEY)
        return shown_contains(m, field, value, folded);
    for (size_t i = 0; i < printed.len; i++)
        hash = hash * 16777619u ^ (uint8_t)printed.data[i];
    slot = &m->memo->slots[(hash ^ hash >> 16) % MEMO_SLOTS];
    if (slot->field == field && slot->folded == folded.data && slot->len == printed.len &&
        memcmp(slot->key, printed.data, printed.len) == 0)
        return slot->found;
    *slot = (struct memo_slot){ .field = field,
                                .folded = folded.data,
                                .len = (uint8_t)printed.len,
                                .found = shown_contains(m, field, value, folded) };
    memcpy(slot->key, printed.data, printed.len);
    return slot->found;
}

/* What a person sees in the field, in both languages, or its neutral form: "1,500,000,000" and "1500000000". */
static bool field_contains(const struct matching *m, const struct field *field,
                           struct text folded)
{
    const void *value = field_value(field, m->record);
    struct text printed;

    if (!field_kind(field)->present(value))
        return false;
    if (field->kind == KIND_TEXT || field->kind == KIND_BITEXT)
        return shown_contains(m, field, value, folded);
    printed = value_print(m->arena, field, value);
    if (fold_contains(folded_in(m->arena, printed), folded))
        return true;
    switch (field->kind) {
    case KIND_CODE:
    case KIND_CHOICE:
    case KIND_REFERENCE:
    case KIND_LIST:
        return decoded_contains(m, field, value, printed, folded);
    default:
        return shown_contains(m, field, value, folded);
    }
}

/* Index bytes of a code end with 00; those of a code below it go on with a point. */
static bool is_or_below(const struct field *field, struct text mine, struct text exact)
{
    if (text_equal(mine, exact))
        return true;
    return field->kind == KIND_CODE && mine.len > exact.len &&
           mine.data[exact.len - 1] == '.' &&
           text_starts(mine, (struct text){ exact.data, exact.len - 1 });
}

static bool value_is(const struct matching *m, const struct field *field, const void *value,
                     struct text exact)
{
    return field_kind(field)->present(value) &&
           is_or_below(field, index_text(field, value, m->arena), exact);
}

static bool field_is(const struct matching *m, const struct field *field, struct text exact)
{
    const struct field *inner = field_indexed(field);
    const struct list *list = field_value(field, m->record);

    if (field->kind != KIND_LIST)
        return value_is(m, field, list, exact);
    for (size_t i = 0; i < list->count; i++)
        if (value_is(m, inner,
                     field_value(inner, (const char *)list->items + i * field->element->size),
                     exact))
            return true;
    return false;
}

static bool same_unit(const struct bound *bound, struct text unit)
{
    return !text_present(bound->unit) || text_equal(bound->unit, unit);
}

static bool part_compares(const struct matching *m, const struct filter_part *part)
{
    const void *value = field_value(part->field, m->record);
    const struct bound *low = &part->low, *high = &part->high;

    if (!field_kind(part->field)->present(value) ||
        !same_unit(low, unit_of(part->field, value)) ||
        !same_unit(high, unit_of(part->field, value)))
        return false;
    struct text mine = index_text(part->field, value, m->arena);

    if (text_present(low->first) && (part->low_beyond ? text_compare(mine, low->last) <= 0
                                                      : text_compare(mine, low->first) < 0))
        return false;
    return !text_present(high->first) ||
           (part->high_beyond ? text_compare(mine, high->first) < 0
                              : text_compare(mine, high->last) <= 0);
}

static bool word_found(const struct matching *m, struct text folded)
{
    const struct record_type *type = m->record->type;

    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];

        if ((field->flags & (LISTED | SEARCHED)) && !(field->flags & UNLISTED) &&
            field_contains(m, field, folded))
            return true;
    }
    return false;
}

static bool one_wanted(const struct matching *m, const struct filter_part *part)
{
    for (size_t i = 0; i < part->wanted_count; i++) {
        const struct wanted *wanted = &part->wanted[i];

        if (!part->field            ? word_found(m, wanted->folded)
            : wanted->exact.len > 0 ? field_is(m, part->field, wanted->exact)
                                    : field_contains(m, part->field, wanted->folded))
            return true;
    }
    return false;
}

static bool part_holds(const struct matching *m, const struct filter_part *part)
{
    switch (part->test) {
    case PART_COMPARES:
        return part_compares(m, part);
    case PART_FILLED:
        return field_present(part->field, m->record);
    case PART_CONTAINS:
        break;
    }
    return one_wanted(m, part);
}

bool filter_match(const struct filter *filter, const struct record *record,
                  const struct lookup *lookup)
{
    AUTO_ARENA struct arena *arena = filter_empty(filter) ? NULL : arena_new();
    const struct matching matching = { record, lookup, arena, filter ? filter->memo : NULL };

    if (arena && monotonic_ms() - filter->memo->since_ms > MEMO_MS)
        *filter->memo = (struct memo){ .since_ms = monotonic_ms() };

    for (size_t i = 0; filter && i < filter->count; i++)
        if (part_holds(&matching, &filter->parts[i]) == filter->parts[i].negated)
            return false;
    return true;
}
