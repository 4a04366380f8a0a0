#include "core/schema/record.h"

#include <stdalign.h>
#include <string.h>

#include "core/schema/parts.h"

/* An absent value of any kind. */
static const union {
    alignas(max_align_t) char zero[sizeof(struct checked_number)];
    struct bitext bitext;
    struct quantity quantity;
    struct hash_value hash;
} absent;

bool value_equal(const struct field *field, const void *a, const void *b)
{
    return field_kind(field)->compare(field, a, b) == 0;
}

int fields_compare(const struct field *fields, size_t count, const void *a, const void *b)
{
    int order = 0;

    for (size_t i = 0; i < count && order == 0; i++)
        order =
            field_kind(&fields[i])
                ->compare(&fields[i], field_value(&fields[i], a), field_value(&fields[i], b));
    return order;
}

void record_diff(const struct record_type *type, const struct record *a, const struct record *b,
                 void (*each)(const struct field *field, const void *a, const void *b,
                              void *context),
                 void *context)
{
    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        const void *before = a ? field_value(field, a) : &absent;
        const void *after = b ? field_value(field, b) : &absent;

        if (!value_equal(field, before, after))
            each(field, before, after, context);
    }
}

bool record_equal(const struct record *a, const struct record *b)
{
    return a->type == b->type && a->unknown_count == b->unknown_count &&
           a->unknown.len == b->unknown.len &&
           (a->unknown.len == 0 ||
            memcmp(a->unknown.data, b->unknown.data, a->unknown.len) == 0) &&
           fields_compare(a->type->fields, a->type->count, a, b) == 0;
}
