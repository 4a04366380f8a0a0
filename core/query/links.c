#include "core/query/links.h"

#include <stdlib.h>
#include <string.h>

#include "i18n/fold.h"

static bool targets_type(const struct field *field, const struct record_type *type)
{
    struct text rest = text_of(field->targets);

    while (text_present(rest))
        if (text_is(text_split(rest, ' ', &rest), type->name))
            return true;
    return false;
}

/* The reference that an index begins with: the field itself, or what the rows of a list begin with. NULL: none. */
static const struct field *reference_in(const struct field *field)
{
    if (field && field->kind == KIND_LIST)
        field = &field->element->fields[0];
    return field && field->kind == KIND_REFERENCE ? field : NULL;
}

size_t links_to(const struct record_type *type, struct link *out, size_t room)
{
    size_t count = 0;

    for (const struct record_type *const *each = record_types; *each; each++)
        for (size_t i = 0; i < (*each)->index_count && count < room; i++) {
            const struct field *field = field_find(*each, (*each)->indexes[i].fields[0]),
                               *reference = reference_in(field);

            if (reference && targets_type(reference, type)) {
                out[count++] = (struct link){ *each, field, &(*each)->indexes[i] };
                break;
            }
        }
    return count;
}

struct query link_query(const struct link *link, struct reference of, struct buffer *prefix)
{
    const void *values[] = { &of };

    buffer_clear(prefix);
    index_prefix(prefix, link->type, link->index, values, 1);
    return (struct query){ .type = link->type,
                           .index = link->index,
                           .prefix = buffer_bytes(prefix) };
}

enum err link_count(struct txn *txn, const struct link *link, struct reference of, size_t most,
                    size_t *count, bool *more)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct query query = link_query(link, of, &prefix);
    struct query_slice slice;

    TRY(query_slice(txn, &query, (struct bytes){ 0 }, most, 0, NULL, arena, &slice));
    *count = slice.count;
    *more = slice.more;
    return ERR_OK;
}

/* Does the record name `of` in the field, or in a row of it? */
static bool names(const struct field *field, const struct record *record,
                  const struct reference *of)
{
    const struct list *list = field_value(field, record);

    if (field->kind != KIND_LIST)
        return value_equal(field, field_value(field, record), of);
    for (size_t i = 0; i < list->count; i++) {
        const char *row = (const char *)list->items + i * field->element->size;
        const struct field *reference = &field->element->fields[0];

        if (value_equal(reference, field_value(reference, row), of))
            return true;
    }
    return false;
}

static bool record_is_voided(const struct record *record)
{
    const struct field *field = field_find(record->type, TAG_VOIDED);

    return field && *(const enum flag *)field_value(field, record) == FLAG_YES;
}

enum err link_rows_at(struct txn *txn, const struct link *link, struct reference of,
                      uint64_t size, size_t most, struct arena *arena, struct query_slice *out)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct query query = link_query(link, of, &prefix);
    size_t kept = 0;

    query.voided = true; /* it may have been voided since */
    TRY(query_slice(txn, &query, (struct bytes){ 0 }, most, 0, NULL, arena, out));
    for (size_t i = 0; i < out->count; i++) {
        struct query_row *row = &out->rows[i];
        enum err err = record_at(txn, &row->key, size, arena, &row->record);

        if (err == ERR_MISSING || err == ERR_REFUSED) /* not then, or not for who reads */
            continue;
        row->damaged = err == ERR_DAMAGED;
        if (!row->damaged) {
            TRY(err);
            if (record_is_voided(row->record) || !names(link->field, row->record, &of))
                continue;
        }
        out->rows[kept++] = *row;
    }
    out->count = kept;
    return ERR_OK;
}

/* ---- what happened ---- */

enum { HAPPENED_ROWS = 40, HAPPENED_EACH = 5, HAPPENED_OWN = 100, HAPPENED_MOST = 1000 };

struct gathering {
    struct txn *txn;
    struct arena *arena;
    struct happening *items;
    size_t count;
};

static enum err gather(struct gathering *g, const struct record_key *key, size_t most)
{
    struct revision *revisions;
    size_t count;
    enum err err = history_read(g->txn, key, 0, most, g->arena, &revisions, &count);

    if (err == ERR_DAMAGED || err == ERR_MISSING ||
        err == ERR_REFUSED) /* named where it stands, or not for who reads */
        return ERR_OK;
    TRY(err);
    for (size_t i = 0; i < count && g->count < HAPPENED_MOST; i++)
        g->items[g->count++] = (struct happening){ *key, revisions[i] };
    return ERR_OK;
}

static enum err gather_family(struct gathering *g, uint64_t owner, uint8_t family)
{
    struct family_page page;

    TRY(family_page(g->txn, owner, family, UINT32_MAX, BACKWARD, HAPPENED_ROWS, g->arena,
                    &page));
    for (size_t i = 0; i < page.count; i++)
        if (!page.damaged[i])
            TRY(gather(g, &page.records[i]->key, 1));
    return ERR_OK;
}

static enum err gather_linked(struct gathering *g, const struct link *link, struct reference of)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct query query = link_query(link, of, &prefix);
    struct query_slice slice;

    query.voided = true;
    query.direction = BACKWARD;
    TRY(query_slice(g->txn, &query, (struct bytes){ 0 }, HAPPENED_ROWS, 0, NULL, g->arena,
                    &slice));
    for (size_t i = 0; i < slice.count; i++)
        TRY(gather(g, &slice.rows[i].key, HAPPENED_EACH));
    return ERR_OK;
}

/* The newest first; of one entry the record that is asked about, else the first. */
static int newest_first(const void *a, const void *b)
{
    const struct happening *x = a, *y = b;

    return x->revision.sequence != y->revision.sequence
               ? (x->revision.sequence < y->revision.sequence) -
                     (x->revision.sequence > y->revision.sequence)
               : record_key_compare(&x->key, &y->key);
}

enum err happenings(struct txn *txn, const struct record *record, size_t limit,
                    struct arena *arena, struct happening **out, size_t *count)
{
    struct gathering g = { txn, arena, arena_array(arena, HAPPENED_MOST, sizeof *g.items), 0 };
    struct link links[32];
    size_t link_count = links_to(record->type, links, sizeof links / sizeof *links), kept = 0;

    TRY(gather(&g, &record->key, HAPPENED_OWN));
    for (uint8_t family = 1; family <= 2; family++)
        TRY(gather_family(&g, record->key.id, family));
    for (size_t i = 0; i < link_count; i++)
        TRY(gather_linked(&g, &links[i], reference_of(record)));
    if (g.count > 1)
        qsort(g.items, g.count, sizeof *g.items, newest_first);
    for (size_t i = 0; i < g.count && kept < limit; i++)
        if (kept == 0 || g.items[kept - 1].revision.sequence != g.items[i].revision.sequence)
            g.items[kept++] = g.items[i];
    *out = g.items;
    *count = kept;
    return ERR_OK;
}

/* ---- what a value names ---- */

static bool kind_names(const struct field *field)
{
    return field->kind == KIND_REFERENCE || field->kind == KIND_CODE ||
           (field->kind == KIND_TEXT && type_named(text_of(field->name)));
}

bool field_names(const struct field *field, const void *value)
{
    if (!field_kind(field)->present(value))
        return false;
    if (field->kind != KIND_LIST)
        return kind_names(field);
    for (size_t i = 0; i < field->element->count; i++)
        if (kind_names(&field->element->fields[i]))
            return true;
    return false;
}

/* A text that is called as a type holds the number of one: "seal". */
static bool one_named(struct txn *txn, const struct field *field, const void *value,
                      struct named *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct record_type *type =
        type_named(text_of(field->kind == KIND_CODE ? field->codes : field->name));
    struct record *record;

    if (!field_kind(field)->present(value) || !kind_names(field))
        return false;
    out->field = field;
    if (field->kind == KIND_REFERENCE) {
        out->key = key_of_reference(*(const struct reference *)value);
        return true;
    }
    if (!type ||
        record_by_number(txn, type, *(const struct text *)value, 1, arena, &record) != ERR_OK)
        return false;
    out->key = record->key;
    return true;
}

size_t named_by(struct txn *txn, const struct field *field, const void *value,
                struct named *out, size_t room)
{
    const struct list *list = value;
    size_t count = 0;

    if (field->kind != KIND_LIST)
        return room > 0 && one_named(txn, field, value, out) ? 1 : 0;
    for (size_t i = 0; i < list->count; i++) {
        const char *row = (const char *)list->items + i * field->element->size;

        for (size_t k = 0; k < field->element->count && count < room; k++) {
            const struct field *part = &field->element->fields[k];

            count += one_named(txn, part, row + part->offset, &out[count]);
        }
    }
    return count;
}

/* ---- cases that share something ---- */

enum { PARTS_MOST = 100, SHARERS_MOST = 50 };

/* Numbers that mean the same thing wherever they stand, by the names of their fields. */
static const char *const shared_numbers[] = { "container", "waybill", "imei", "serial" };
/* Records that two cases may both name. */
static const char *const shared_types[] = { "party", "thing", "operation" };

struct sharing {
    struct txn *txn;
    const struct record *of;
    struct arena *arena, *scratch;
    struct related_case *found;
    size_t limit, count;
    bool more;
};

static struct text number_of(const struct field *field, const struct record *record)
{
    const void *value = field_value(field, record);

    return field->kind == KIND_NUMBER ? ((const struct checked_number *)value)->value
           : field->kind == KIND_TEXT ? *(const struct text *)value
                                      : (struct text){ 0 };
}

/* The case that a record is of; id 0: none. */
static struct reference case_of(const struct sharing *s, const struct record *record)
{
    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        struct reference to;

        if (field->kind != KIND_REFERENCE || !targets_type(field, s->of->type))
            continue;
        to = *(const struct reference *)field_value(field, record);
        if (id_kind(to.id) == s->of->type->number && to.family == 0)
            return to;
    }
    return record->type == s->of->type ? reference_of(record) : (struct reference){ 0 };
}

static bool same_reason(const struct related_case *a, const struct related_case *b)
{
    return a->key.id == b->key.id && a->shared.id == b->shared.id &&
           text_equal(a->number, b->number);
}

/* What the reader may not know of is no reason either. */
static bool may_be_told(struct sharing *s, const struct record_key *key)
{
    struct record *record;

    return key->id == 0 || record_get(s->txn, key, 1, s->scratch, &record) == ERR_OK;
}

static void take(struct sharing *s, struct related_case found)
{
    struct record_key shared = key_of_reference(found.shared);

    if (found.key.id == 0 || found.key.id == s->of->key.id || !may_be_told(s, &found.key) ||
        !may_be_told(s, &shared))
        return;
    for (size_t i = 0; i < s->count; i++)
        if (same_reason(&s->found[i], &found))
            return;
    if (s->count == s->limit) {
        s->more = true;
        return;
    }
    found.number =
        text_present(found.number) ? arena_text(s->arena, found.number) : (struct text){ 0 };
    s->found[s->count++] = found;
}

/* Records of any type that have the same number in a field of the same name. */
static enum err share_number(struct sharing *s, const struct field *field, struct text number)
{
    AUTO_BUFFER struct buffer folded = { 0 };
    struct record_key *keys;
    struct record *record;
    size_t count;

    fold(&folded, number);
    TRY(terms_find(s->txn, NULL, buffer_as_text(&folded), SHARERS_MOST, s->scratch, &keys,
                   &count));
    s->more = s->more || count == SHARERS_MOST;
    for (size_t i = 0; i < count; i++) {
        const struct record_type *type = type_of_key(&keys[i]);
        const struct field *same = type ? field_named(type, text_of(field->name)) : NULL;

        if (!same || record_get(s->txn, &keys[i], 0, s->scratch, &record) != ERR_OK ||
            !text_equal(number_of(same, record), number))
            continue;
        take(s, (struct related_case){ .key = key_of_reference(case_of(s, record)),
                                       .reason = &field->label,
                                       .number = number });
    }
    return ERR_OK;
}

/* Records that name the same party, thing or operation through an index. */
static enum err share_record(struct sharing *s, const struct record_type *type,
                             struct reference shared)
{
    struct link links[16];
    size_t count = links_to(type, links, sizeof links / sizeof *links);

    for (size_t i = 0; i < count; i++) {
        AUTO_BUFFER struct buffer prefix = { 0 };
        struct query query = link_query(&links[i], shared, &prefix);
        struct query_slice slice;

        query.all_fields = true;
        query.direction = BACKWARD;
        TRY(query_slice(s->txn, &query, (struct bytes){ 0 }, SHARERS_MOST, 0, NULL, s->scratch,
                        &slice));
        s->more = s->more || slice.more;
        for (size_t k = 0; k < slice.count; k++)
            if (slice.rows[k].record)
                take(s, (struct related_case){
                            .key = key_of_reference(case_of(s, slice.rows[k].record)),
                            .reason = &type->label,
                            .shared = shared });
    }
    return ERR_OK;
}

static enum err share_field(struct sharing *s, const struct record *part,
                            const struct field *field)
{
    struct text number = number_of(field, part);
    struct reference to;

    if (!field_present(field, part) || (field->flags & UNLISTED))
        return ERR_OK;
    for (size_t i = 0; i < sizeof shared_numbers / sizeof *shared_numbers; i++)
        if (text_is(text_of(field->name), shared_numbers[i]) && number.len > 0)
            return share_number(s, field, number);
    if (field->kind != KIND_REFERENCE)
        return ERR_OK;
    to = *(const struct reference *)field_value(field, part);
    for (size_t i = 0; i < sizeof shared_types / sizeof *shared_types; i++) {
        struct record_key key = key_of_reference(to);
        const struct record_type *type = type_of_key(&key);

        if (type && type == type_named(text_of(shared_types[i])))
            return share_record(s, type, to);
    }
    return ERR_OK;
}

static enum err share_part(struct sharing *s, const struct record *part)
{
    for (size_t i = 0; i < part->type->count; i++) {
        TRY(share_field(s, part, &part->type->fields[i]));
        arena_reset(s->scratch);
    }
    return ERR_OK;
}

/* The parts of the case, a bounded number of each type. */
static enum err share_parts(struct sharing *s, const struct link *link)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct query query = link_query(link, reference_of(s->of), &prefix);
    struct query_slice slice;

    query.all_fields = true;
    TRY(query_slice(s->txn, &query, (struct bytes){ 0 }, PARTS_MOST, 0, NULL, arena, &slice));
    s->more = s->more || slice.more;
    for (size_t i = 0; i < slice.count; i++)
        if (slice.rows[i].record)
            TRY(share_part(s, slice.rows[i].record));
    return ERR_OK;
}

enum err related_cases(struct txn *txn, const struct record *of, size_t limit,
                       struct arena *arena, struct related_case **out, size_t *count,
                       bool *more)
{
    AUTO_ARENA struct arena *scratch = arena_new();
    struct sharing s = { txn,   of, arena, scratch, arena_array(arena, limit, sizeof *s.found),
                         limit, 0,  false };
    struct link links[32];
    size_t link_count = links_to(of->type, links, sizeof links / sizeof *links);

    for (size_t i = 0; i < link_count; i++)
        TRY(share_parts(&s, &links[i]));
    TRY(share_part(&s, of));
    *out = s.found;
    *count = s.count;
    *more = s.more;
    return ERR_OK;
}
