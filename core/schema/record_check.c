#include "core/schema/record.h"

#include <string.h>

#include "core/schema/parts.h"

enum {
    RECORD_BYTES = 60 * 1024
}; /* a stored value takes 64 KB with its head and its body's nonce */

/* Where a value stands, for what is found in it. */
struct place {
    const struct record *record;
    uint16_t tag;
    size_t row;
    const struct lookup *lookup;
    struct findings *findings;
};

static void found(const struct place *place, const struct field *field, enum severity severity,
                  const struct message *message)
{
    struct findings *findings = place->findings;

    finding_add_message(findings, severity, place->record, place->tag, message);
    if (place->row == 0)
        return;
    findings->items[findings->count - 1]->row = place->row;
    findings->items[findings->count - 1]->row_tag = field->tag;
}

/* A table of fields and the values in it. */
struct among {
    const struct field *fields;
    size_t count;
    const void *values;
};

static void check_value(const struct place *place, const struct among *among,
                        const struct field *field);

enum check_scheme field_scheme(const struct field *field, const struct field *fields,
                               size_t count, const void *values)
{
    enum check_scheme scheme = field->scheme;

    for (size_t i = 0; field->schemes && i < count; i++)
        if (strcmp(fields[i].name, field->scheme_by) == 0)
            for (const struct number_scheme *row = field->schemes; row->choice; row++)
                if (text_is(*(const struct text *)field_value(&fields[i], values), row->choice))
                    scheme = row->scheme;
    return scheme;
}

bool field_check(const struct field *field, const struct field *fields, size_t count,
                 const void *values, const struct lookup *lookup, struct message *why,
                 bool *warning)
{
    const struct kind *kind = field_kind(field);
    struct field room = *field;
    bool good;

    *warning = false;
    if (!kind->check)
        return true;
    room.scheme = field_scheme(field, fields, count, values);
    good = kind->check(field->schemes ? &room : field, field_value(field, values), lookup, why,
                       warning);
    /* Labels in messages live for ever; the copy does not. */
    for (size_t i = 0; !good && i < why->count; i++)
        if (why->arguments[i].label == &room.label)
            why->arguments[i].label = &field->label;
    return good;
}

/* The n-th field of a record or of a row. */
static void check_field(const struct place *place, const struct among *among, size_t n)
{
    const struct field *field = &among->fields[n];
    struct message message;

    if (field_present(field, among->values)) {
        check_value(place, among, field);
    } else if (field->flags & REQUIRED) {
        message_set(&message, N_("%p is missing. Fill it in."), label_argument(&field->label));
        found(place, field, SEVERITY_ERROR, &message);
    }
}

static void check_rows(const struct place *place, const struct field *field,
                       const struct list *list)
{
    const struct element_type *element = field->element;
    struct place inner = *place;

    for (size_t i = 0; i < list->count; i++) {
        struct among among = { element->fields, element->count,
                               (const char *)list->items + i * element->size };

        /* In a list within a list, the outer row is named. */
        if (place->row == 0)
            inner.row = i + 1;
        for (size_t j = 0; j < element->count; j++)
            check_field(&inner, &among, j);
    }
}

/* Counts, amounts and weights of things that exist; a difference is told in words. */
static bool is_negative(const struct field *field, const void *value)
{
    switch (field->kind) {
    case KIND_INTEGER:
        return ((const struct integer *)value)->value < 0;
    case KIND_MONEY:
        return ((const struct money *)value)->minor < 0;
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        return ((const struct quantity *)value)->number.mantissa < 0;
    default:
        return false;
    }
}

static void check_value(const struct place *place, const struct among *among,
                        const struct field *field)
{
    const void *value = field_value(field, among->values);
    struct message why;
    bool warning = false;

    if (is_negative(field, value)) {
        message_set(&why, N_("%p is less than nothing. Type it without the minus sign."),
                    label_argument(&field->label));
        found(place, field, SEVERITY_ERROR, &why);
    } else if (field->kind == KIND_LIST)
        check_rows(place, field, value);
    else if (!field_check(field, among->fields, among->count, among->values, place->lookup,
                          &why, &warning) &&
             !(warning && (field->flags & BY_ACT))) /* nobody typed it: nobody can mend it */
        found(place, field, warning ? SEVERITY_WARNING : SEVERITY_ERROR, &why);
}

/* ---- what is known only in part ---- */

/* The n-th tag that TAG_APPROXIMATE lists. */
static bool approximate_tag(const struct field *field, const struct record *record, size_t n,
                            int64_t *tag)
{
    const struct list *list = field_value(field, record);
    const struct field *item = &field->element->fields[0];
    const struct integer *number;

    if (item->kind != KIND_INTEGER || n >= list->count)
        return false;
    number = field_value(item, (const char *)list->items + n * field->element->size);
    *tag = number->present ? number->value : 0;
    return true;
}

static const struct field *approximate_field(const struct record_type *type)
{
    const struct field *field = field_find(type, TAG_APPROXIMATE);

    return field && field->kind == KIND_LIST ? field : NULL;
}

static bool partial(const struct field *field, const struct record *record)
{
    if (field->kind == KIND_DATE)
        return date_is_partial(*(const date *)field_value(field, record));
    if (field->kind == KIND_MOMENT)
        return date_is_partial(((const struct moment *)field_value(field, record))->date);
    return false;
}

static void check_partial(const struct record *record, const struct field *field,
                          struct findings *findings)
{
    const struct field *list = approximate_field(record->type);
    int64_t tag;

    if (!list || (field->flags & BY_ACT) || !partial(field, record)) /* nobody typed it */
        return;
    for (size_t i = 0; approximate_tag(list, record, i, &tag); i++)
        if (tag == field->tag)
            return;
    finding_add(findings, SEVERITY_WARNING, record, field->tag,
                N_("%p is known only in part. Complete the date, or mark it as approximate."),
                label_argument(&field->label));
}

static void check_approximate(const struct record *record, struct findings *findings)
{
    const struct field *list = approximate_field(record->type);
    int64_t tag;

    for (size_t i = 0; list && approximate_tag(list, record, i, &tag); i++)
        if (tag < 1 || tag > UINT16_MAX || !field_find(record->type, (uint16_t)tag))
            finding_add(
                findings, SEVERITY_ERROR, record, TAG_APPROXIMATE,
                N_("A field with the tag %lld is marked as approximate, but there is none. "
                   "Remove the mark."),
                (long long)tag);
}

/* ---- a record ---- */

void value_check(const struct record *record, const struct field *field,
                 const struct lookup *lookup, struct findings *findings)
{
    struct place place = { record, field->tag, 0, lookup, findings };

    struct among among = { record->type->fields, record->type->count, record };

    check_field(&place, &among, (size_t)(field - record->type->fields));
    check_partial(record, field, findings);
}

/* Many long texts may each be good and too much together. */
static void check_size(const struct record *record, struct findings *findings)
{
    AUTO_BUFFER struct buffer payload = { 0 };

    record_encode(&payload, record);
    if (payload.len > RECORD_BYTES)
        finding_add(
            findings, SEVERITY_ERROR, record, 0,
            N_("The record takes %zu bytes, but only %d can be stored. Shorten its texts, "
               "or attach a file."),
            payload.len, RECORD_BYTES);
}

void record_check(const struct record *record, const struct lookup *lookup,
                  struct findings *findings)
{
    size_t before = findings->count;

    for (size_t i = 0; i < record->type->count; i++)
        value_check(record, &record->type->fields[i], lookup, findings);
    check_approximate(record, findings);
    if (findings->count == before && !record->partial)
        check_size(record, findings);
}
