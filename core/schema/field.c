#include "core/schema/field.h"

enum { TEXT_MOST = 120, LINES_MOST = 4000 };

const struct field *field_find(const struct record_type *type, uint16_t tag)
{
    for (size_t i = 0; i < type->count; i++)
        if (type->fields[i].tag == tag)
            return &type->fields[i];
    return NULL;
}

const struct field *field_named(const struct record_type *type, struct text name)
{
    for (size_t i = 0; i < type->count; i++)
        if (text_is(name, type->fields[i].name))
            return &type->fields[i];
    return NULL;
}

size_t field_max(const struct field *field)
{
    if (field->max > 0)
        return field->max;
    return field->flags & MULTILINE ? LINES_MOST : TEXT_MOST;
}

bool field_blank(const struct field *field, const void *value)
{
    return !field_kind(field)->present(value) ||
           (field->kind == KIND_INTEGER && ((const struct integer *)value)->value == 0);
}

bool index_holds(const struct index_row *index, const struct field *field, const void *value)
{
    struct text rest = text_of(index->only ? index->only : "");

    if (index->sparse)
        return value && !field_blank(field, value);
    if (index->unique)
        return value && field_kind(field)->present(value);
    if (!index->only)
        return true;
    while (value && text_present(rest))
        if (text_equal(text_split(rest, ' ', &rest), *(const struct text *)value))
            return true;
    return false;
}

bool field_readable(const struct field *field, enum access access)
{
    if (field->flags & BLIND)
        return false;
    switch (access) {
    case ACCESS_ALL:
        return true;
    case ACCESS_READ:
        return !(field->flags & PRIVATE);
    case ACCESS_CUSTODY:
        return !(field->flags & (PRIVATE | CASEWORK));
    case ACCESS_NUMBER:
        return field->tag == TAG_NUMBER || field->tag == TAG_FORMATION ||
               field->tag == TAG_VOIDED || (field->flags & NAMING);
    default:
        return false;
    }
}
