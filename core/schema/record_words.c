#include "core/schema/record.h"

#include <stdlib.h>

#include "i18n/fold.h"

/* The terms found so far: struct text, one behind the other. */
struct gathering {
    struct arena *arena;
    struct buffer terms;
};

static void gather_term(struct text term, void *context)
{
    struct gathering *gathering = context;
    struct text kept = arena_text(gathering->arena, term);

    buffer_put(&gathering->terms, &kept, sizeof kept);
}

static void gather_words(struct text words, void *context)
{
    AUTO_BUFFER struct buffer folded = { 0 };

    fold(&folded, words);
    fold_terms(buffer_as_text(&folded), gather_term, context);
}

static int order(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

void record_terms(const struct record *record, struct arena *arena, struct text **terms,
                  size_t *count)
{
    struct gathering gathering = { arena, { 0 } };

    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];
        const struct kind *kind = field_kind(field);

        if (field->flags & SEARCHED && kind->words && field_present(field, record))
            kind->words(field, field_value(field, record), gather_words, &gathering);
    }
    size_t all = gathering.terms.len / sizeof(struct text), used = 0;
    struct text *list = arena_copy(arena, gathering.terms.data, gathering.terms.len);

    buffer_free(&gathering.terms);
    if (all > 0)
        qsort(list, all, sizeof *list, order);
    for (size_t i = 0; i < all; i++)
        if (used == 0 || !text_equal(list[used - 1], list[i]))
            list[used++] = list[i];
    *terms = list;
    *count = used;
}
