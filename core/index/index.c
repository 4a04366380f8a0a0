#include "core/index/index.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_FIELDS = 4, ID = 8 };

/* ---- what a record derives ---- */

struct derived {
    enum tree tree;
    struct bytes key;
    const struct index_row *unique; /* NULL: other records may have the same values */
};

struct derivation {
    const struct record *record;
    struct arena *arena;
    struct buffer bytes; /* the entry that is being put together */
    struct derived *items;
    size_t count;
    size_t capacity;
};

static void put_value(struct buffer *out, const struct field *field, const void *value)
{
    if (value)
        field_kind(field)->index(out, field, value);
    else
        buffer_byte(out, 0);
}

static void take(struct derivation *d, enum tree tree, const struct index_row *row)
{
    if (d->count == d->capacity) {
        size_t capacity = d->capacity == 0 ? 32 : d->capacity * 2;
        struct derived *items = arena_array(d->arena, capacity, sizeof *items);

        if (d->count > 0)
            memcpy(items, d->items, d->count * sizeof *items);
        d->items = items;
        d->capacity = capacity;
    }
    d->items[d->count++] = (struct derived){
        .tree = tree,
        .key = { arena_copy(d->arena, d->bytes.data, d->bytes.len), d->bytes.len },
        .unique = row && row->unique ? row : NULL,
    };
}

/* How many bytes at its end say which record an entry or a term leads to. */
static size_t ending(struct bytes entry)
{
    return entry.len > 0 && type_numbered(entry.data[0]) ? ID : RECORD_KEY;
}

void index_put_key(struct buffer *out, const struct record_type *type,
                   const struct record_key *key)
{
    uint8_t encoded[RECORD_KEY];

    record_key_encode(encoded, key);
    buffer_put(out, encoded, type->family == 0 ? ID : RECORD_KEY);
}

/* Adds the bytes of the row's fields from `at` on: each combination of the elements of its lists. The index is NULL for
 * a counter. */
static void expand(struct derivation *d, const uint16_t tags[ROW_FIELDS], size_t at,
                   enum tree tree, const struct index_row *index)
{
    size_t start = d->bytes.len, i = 0;

    if (at == ROW_FIELDS || tags[at] == 0) {
        if (tree == TREE_INDEXES)
            index_put_key(&d->bytes, d->record->type, &d->record->key);
        take(d, tree, index);
        d->bytes.len = start;
        return;
    }
    const struct field *field = field_find(d->record->type, tags[at]);

    assert(field);
    const void *value = field_value(field, d->record);
    struct list list = { value, 1 };
    size_t size = 0;

    if (field->kind == KIND_LIST) {
        list = *(const struct list *)value;
        size = field->element->size;
        field = &field->element->fields[0];
    }
    do {
        const char *row = list.count > 0 ? (const char *)list.items + i * size : NULL;
        const void *item = row && size > 0 ? field_value(field, row) : row;

        if (at == 0 && index && !index_holds(index, field, item))
            continue;
        put_value(&d->bytes, field, item);
        expand(d, tags, at + 1, tree, index);
        d->bytes.len = start;
    } while (++i < list.count);
}

static void derive_indexes(struct derivation *d, bool unique_ones)
{
    const struct record_type *type = d->record->type;

    for (size_t i = 0; i < type->index_count; i++) {
        const struct index_row *row = &type->indexes[i];

        if (unique_ones && !row->unique)
            continue;
        buffer_clear(&d->bytes);
        buffer_byte(&d->bytes, type->number);
        buffer_byte(&d->bytes, row->tag);
        expand(d, row->fields, 0, TREE_INDEXES, row);
    }
}

static void derive_terms(struct derivation *d)
{
    struct text *terms;
    size_t count;

    record_terms(d->record, d->arena, &terms, &count);
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&d->bytes);
        buffer_byte(&d->bytes, d->record->type->number);
        buffer_text(&d->bytes, terms[i]);
        buffer_byte(&d->bytes, 0);
        index_put_key(&d->bytes, d->record->type, &d->record->key);
        take(d, TREE_TERMS, NULL);
    }
}

static bool voided(const struct record *record)
{
    const struct field *field = field_find(record->type, TAG_VOIDED);

    return field && field->kind == KIND_FLAG &&
           *(const enum flag *)field_value(field, record) == FLAG_YES;
}

static void derive_counters(struct derivation *d)
{
    const struct record_type *type = d->record->type;

    if (voided(d->record))
        return;
    for (size_t i = 0; i < type->count_count; i++) {
        buffer_clear(&d->bytes);
        buffer_byte(&d->bytes, 'c');
        buffer_byte(&d->bytes, type->number);
        buffer_byte(&d->bytes, type->counts[i].tag);
        expand(d, type->counts[i].fields, 0, TREE_COUNTERS, NULL);
    }
}

static int order(const void *a, const void *b)
{
    const struct derived *x = a, *y = b;

    if (x->tree != y->tree)
        return x->tree < y->tree ? -1 : 1;
    return text_compare((struct text){ (const char *)x->key.data, x->key.len },
                        (struct text){ (const char *)y->key.data, y->key.len });
}

/* A list may hold one value twice; its entry is one. */
static void sort_each_once(struct derivation *d)
{
    size_t kept = 0;

    if (d->count == 0)
        return;
    qsort(d->items, d->count, sizeof *d->items, order);
    for (size_t i = 1; i < d->count; i++)
        if (order(&d->items[kept], &d->items[i]) != 0)
            d->items[++kept] = d->items[i];
    d->count = kept + 1;
}

/* Of no record (NULL): nothing. */
static struct derivation derive(const struct record *record, struct arena *arena,
                                bool unique_ones)
{
    struct derivation d = { .record = record, .arena = arena };

    if (!record)
        return d;
    assert(!record->partial);
    derive_indexes(&d, unique_ones);
    if (!unique_ones) {
        derive_terms(&d);
        derive_counters(&d);
    }
    buffer_free(&d.bytes);
    sort_each_once(&d);
    return d;
}

void index_derive(const struct record *record, struct arena *arena,
                  void (*each)(enum tree tree, struct bytes key, int64_t delta, void *context),
                  void *context)
{
    struct derivation d;

    if (record->access > ACCESS_READ)
        return;
    d = derive(record, arena, false);
    for (size_t i = 0; i < d.count; i++)
        each(d.items[i].tree, d.items[i].key, d.items[i].tree == TREE_COUNTERS, context);
}

/* ---- writing ---- */

/* Walks through both sets at once: an item of either alone is handed on, with the other NULL. */
struct difference {
    const struct derivation *old, *new;
    size_t a, b;
};

static bool next_difference(struct difference *d, const struct derived **gone,
                            const struct derived **come)
{
    while (d->a < d->old->count || d->b < d->new->count) {
        int side = d->a == d->old->count   ? 1
                   : d->b == d->new->count ? -1
                                           : order(&d->old->items[d->a], &d->new->items[d->b]);

        *gone = side <= 0 ? &d->old->items[d->a++] : NULL;
        *come = side >= 0 ? &d->new->items[d->b++] : NULL;
        if (side != 0)
            return true;
    }
    return false;
}

/* Looks for another record under the same values. */
static enum err find_clash(struct txn *txn, const struct derived *item, struct arena *arena,
                           struct index_clash *out, bool *found)
{
    struct bytes prefix = { item->key.data, item->key.len - ending(item->key) };
    struct page page;

    TRY(txn_page(txn, TREE_INDEXES, prefix, key_after_prefix(arena, prefix), FORWARD, 2, arena,
                 &page));
    *found = false;
    for (size_t i = 0; i < page.count; i++) {
        struct bytes key = page.entries[i].key;

        if (key.len != item->key.len || memcmp(key.data, item->key.data, key.len) != 0) {
            *out = (struct index_clash){ item->unique, index_entry_key(key) };
            *found = true;
        }
    }
    return ERR_OK;
}

static enum err clashes_of(struct txn *txn, const struct derivation *old,
                           const struct derivation *new, struct arena *arena,
                           struct index_clash *out, size_t *count)
{
    struct difference d = { .old = old, .new = new };
    const struct derived *gone, *come;
    bool found;

    *count = 0;
    while (next_difference(&d, &gone, &come)) {
        if (!come || !come->unique)
            continue;
        TRY(find_clash(txn, come, arena, &out[*count], &found));
        *count += found;
    }
    return ERR_OK;
}

enum err index_clashes(struct txn *txn, const struct record *old, const struct record *new,
                       struct arena *arena, struct index_clash **out, size_t *count)
{
    struct derivation before = derive(old, arena, true), after = derive(new, arena, true);

    *out = arena_array(arena, after.count, sizeof **out);
    return clashes_of(txn, &before, &after, arena, *out, count);
}

static enum err remove_entry(struct txn *txn, const struct derived *item)
{
    return item->tree == TREE_COUNTERS ? txn_add(txn, item->key, -1)
                                       : txn_delete(txn, item->tree, item->key);
}

static enum err add_entry(struct txn *txn, const struct derived *item)
{
    return item->tree == TREE_COUNTERS
               ? txn_add(txn, item->key, 1)
               : txn_put(txn, item->tree, item->key, (struct bytes){ NULL, 0 });
}

enum err index_update(struct txn *txn, const struct record_type *type, const struct record *old,
                      const struct record *new, struct arena *arena, struct index_clash *clash)
{
    struct derivation before = derive(old, arena, false), after = derive(new, arena, false);
    struct index_clash *clashes = arena_array(arena, after.count, sizeof *clashes);
    struct difference d = { .old = &before, .new = &after };
    const struct derived *gone, *come;
    size_t count;

    assert((!old || old->type == type) && (!new || new->type == type));
    TRY(clashes_of(txn, &before, &after, arena, clashes, &count));
    if (count > 0) {
        if (clash)
            *clash = clashes[0];
        return ERR_CONFLICT;
    }
    while (next_difference(&d, &gone, &come))
        TRY(come ? add_entry(txn, come) : remove_entry(txn, gone));
    return ERR_OK;
}

/* ---- reading ---- */

const struct index_row *index_named(const struct record_type *type, const char *name)
{
    size_t i = 0;

    while (i < type->index_count && strcmp(type->indexes[i].name, name) != 0)
        i++;
    assert(i < type->index_count);
    return &type->indexes[i];
}

void index_prefix(struct buffer *out, const struct record_type *type,
                  const struct index_row *index, const void *const *values, size_t count)
{
    assert(count <= ROW_FIELDS);
    buffer_byte(out, type->number);
    buffer_byte(out, index->tag);
    for (size_t i = 0; i < count; i++) {
        const struct field *field = field_find(type, index->fields[i]);

        assert(field);
        if (field->kind == KIND_LIST)
            field = &field->element->fields[0];
        put_value(out, field, values[i]);
    }
}

struct bytes index_entry_values(struct bytes entry)
{
    return (struct bytes){ entry.data, entry.len - ending(entry) };
}

struct record_key index_entry_key(struct bytes entry)
{
    size_t len = ending(entry);

    assert(entry.len > len);
    if (len == RECORD_KEY)
        return record_key_decode(entry.data + entry.len - RECORD_KEY);
    return (struct record_key){ .id = read_u64(entry.data + entry.len - ID) };
}

enum err index_page(struct txn *txn, struct bytes prefix, struct bytes resume,
                    enum direction direction, size_t limit, struct arena *arena,
                    struct index_page *out)
{
    AUTO_BUFFER struct buffer after = { 0 };
    struct bytes from = prefix, to = key_after_prefix(arena, prefix);
    struct page page;

    if (resume.len > 0 && direction == FORWARD) {
        buffer_put(&after, resume.data, resume.len);
        buffer_byte(&after, 0);
        from = buffer_bytes(&after);
    } else if (resume.len > 0) {
        to = resume;
    }
    TRY(txn_page(txn, TREE_INDEXES, from, to, direction, limit, arena, &page));
    *out = (struct index_page){
        .count = page.count,
        .keys = arena_array(arena, page.count, sizeof *out->keys),
        .entries = arena_array(arena, page.count, sizeof *out->entries),
        .more = page.more,
    };
    for (size_t i = 0; i < page.count; i++) {
        out->entries[i] = page.entries[i].key;
        out->keys[i] = index_entry_key(page.entries[i].key);
    }
    return ERR_OK;
}

enum err index_find(struct txn *txn, const struct record_type *type,
                    const struct index_row *index, const void *value, struct record_key *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page;

    assert(index->unique);
    index_prefix(&prefix, type, index, &value, 1);
    TRY(index_page(txn, buffer_bytes(&prefix), (struct bytes){ NULL, 0 }, FORWARD, 1, arena,
                   &page));
    if (page.count == 0)
        return ERR_MISSING;
    *out = page.keys[0];
    return ERR_OK;
}
