#include "core/query/sorted.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/change/history.h"

enum {
    STEP_ROWS = 256,
    FOLLOW_MOST = 200, /* changes of others; with more the walk begins anew */
};

struct sorted {
    struct query source;
    struct buffer prefix, from, to; /* of the source */
    uint16_t fields[ORDER_FIELDS];
    enum direction direction;
    struct buffer resume; /* of the walk */
    bool done;
    size_t walked, rows;
    struct arena *arena; /* of the keys */
    size_t room; /* twice as many are kept before the worse half goes: that costs a sort */
    struct bytes *kept;
    size_t count;
    bool tidy;           /* sorted, each once, no more than there is room for */
    struct bytes cut;    /* beyond it nothing is kept; empty: not yet so many */
    bool from_end;       /* the last rows are kept, not the first */
    struct buffer bound; /* only rows behind it are kept (from_end: before it); empty: none */
    bool beyond;         /* rows were dropped on the far side */
    uint64_t sequence;   /* changes before it are in */
    bool followed;
};

/* ---- order ---- */

static int forward_order(const void *a, const void *b)
{
    const struct bytes *x = a, *y = b;

    return text_compare((struct text){ (const char *)x->data, x->len },
                        (struct text){ (const char *)y->data, y->len });
}

static int backward_order(const void *a, const void *b)
{
    return forward_order(b, a);
}

static int list_order(const struct sorted *sorted, struct bytes a, struct bytes b)
{
    return sorted->direction == FORWARD ? forward_order(&a, &b) : backward_order(&a, &b);
}

struct text order_value(const struct field *field, const struct record *record,
                        enum direction direction, struct arena *arena)
{
    const struct field *inner = field->kind == KIND_LIST ? &field->element->fields[0] : field;
    const struct list *list = field_value(field, record);
    struct text first = { 0 };
    size_t count = field->kind == KIND_LIST ? list->count : 1;

    for (size_t i = 0; i < count; i++) {
        const char *row = field->kind == KIND_LIST
                              ? (const char *)list->items + i * field->element->size
                              : (const char *)record;
        AUTO_BUFFER struct buffer bytes = { 0 };
        int order;

        field_kind(inner)->index(&bytes, inner, field_value(inner, row));
        order = i == 0 ? 0 : text_compare(buffer_as_text(&bytes), first);
        if (i == 0 || (direction == FORWARD ? order < 0 : order > 0))
            first = arena_text(arena, buffer_as_text(&bytes));
    }
    return count > 0 ? first : (struct text){ "", 1 }; /* 00: absent */
}

static void put_key(struct buffer *out, const struct record_key *key)
{
    uint8_t encoded[RECORD_KEY];

    record_key_encode(encoded, key);
    buffer_put(out, encoded, sizeof encoded);
}

void sorted_entry(const struct sorted *sorted, const struct record *record, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < ORDER_FIELDS && sorted->fields[i] != 0; i++) {
        const struct field *field = field_find(record->type, sorted->fields[i]);

        buffer_text(out, order_value(field, record, sorted->direction, arena));
    }
    put_key(out, &record->key);
}

static void row_entry(const struct sorted *sorted, const struct query_row *row,
                      struct buffer *out)
{
    if (row->record) {
        sorted_entry(sorted, row->record, out);
        return;
    }
    for (size_t i = 0; i < ORDER_FIELDS && sorted->fields[i] != 0; i++)
        buffer_byte(out, 0);
    put_key(out, &row->key);
}

/* ---- what is kept ---- */

static const enum direction once_least = FORWARD; /* any one of them will do */

static void source_set(struct sorted *sorted, const struct query *source)
{
    buffer_put(&sorted->prefix, source->prefix.data, source->prefix.len);
    buffer_put(&sorted->from, source->from.data, source->from.len);
    buffer_put(&sorted->to, source->to.data, source->to.len);
    sorted->source = *source;
    sorted->source.prefix = buffer_bytes(&sorted->prefix);
    sorted->source.from = buffer_bytes(&sorted->from);
    sorted->source.to = buffer_bytes(&sorted->to);
    sorted->source.once = &once_least;
}

struct sorted *sorted_new(const struct query *source, const uint16_t fields[ORDER_FIELDS],
                          enum direction direction, size_t room)
{
    struct sorted *sorted = memory_new(sizeof *sorted);

    source_set(sorted, source);
    memcpy(sorted->fields, fields, sizeof sorted->fields);
    sorted->direction = direction;
    sorted->room = room;
    sorted->arena = arena_new();
    sorted->kept = memory_new(2 * room * sizeof *sorted->kept);
    sorted->tidy = true;
    for (size_t i = 0; i < ORDER_FIELDS && fields[i] != 0; i++)
        if (fields[i] > TAG_LIST_LAST)
            sorted->source.all_fields = true;
    return sorted;
}

void sorted_free(struct sorted *sorted)
{
    if (!sorted)
        return;
    buffer_free(&sorted->prefix);
    buffer_free(&sorted->from);
    buffer_free(&sorted->to);
    buffer_free(&sorted->resume);
    buffer_free(&sorted->bound);
    arena_free(sorted->arena);
    free(sorted->kept);
    free(sorted);
}

/* Keys that were dropped leave the arena. */
static void keys_renew(struct sorted *sorted)
{
    struct arena *arena = arena_new();

    for (size_t i = 0; i < sorted->count; i++)
        sorted->kept[i].data = arena_copy(arena, sorted->kept[i].data, sorted->kept[i].len);
    arena_free(sorted->arena);
    sorted->arena = arena;
}

static void each_once(struct sorted *sorted)
{
    size_t kept = 0;

    for (size_t i = 1; i < sorted->count; i++)
        if (list_order(sorted, sorted->kept[kept], sorted->kept[i]) != 0)
            sorted->kept[++kept] = sorted->kept[i];
    sorted->count = sorted->count > 0 ? kept + 1 : 0;
}

static void tidy(struct sorted *sorted)
{
    if (sorted->tidy)
        return;
    qsort(sorted->kept, sorted->count, sizeof *sorted->kept,
          sorted->direction == FORWARD ? forward_order : backward_order);
    each_once(sorted);
    if (sorted->count > sorted->room) {
        size_t over = sorted->count - sorted->room;

        sorted->count = sorted->room;
        if (sorted->from_end)
            memmove(sorted->kept, sorted->kept + over, sorted->count * sizeof *sorted->kept);
        sorted->beyond = true;
    }
    keys_renew(sorted);
    sorted->cut = sorted->beyond && sorted->count == sorted->room
                      ? sorted->kept[sorted->from_end ? 0 : sorted->count - 1]
                      : (struct bytes){ 0 };
    sorted->tidy = true;
}

/* Does `key` come behind `other` in the way that the rows are kept? */
static bool behind(const struct sorted *sorted, struct bytes key, struct bytes other)
{
    int order = list_order(sorted, key, other);

    return sorted->from_end ? order < 0 : order > 0;
}

/* True: it is among what is kept. */
static bool keep(struct sorted *sorted, struct bytes key)
{
    if (sorted->bound.len > 0 && !behind(sorted, key, buffer_bytes(&sorted->bound)))
        return false;
    if (sorted->cut.len > 0 && behind(sorted, key, sorted->cut)) {
        sorted->beyond = true;
        return false;
    }
    if (sorted->count == 2 * sorted->room)
        tidy(sorted);
    sorted->kept[sorted->count++] =
        (struct bytes){ arena_copy(sorted->arena, key.data, key.len), key.len };
    sorted->tidy = false;
    return true;
}

static bool keep_row(struct sorted *sorted, const struct query_row *row)
{
    AUTO_BUFFER struct buffer key = { 0 };

    row_entry(sorted, row, &key);
    return keep(sorted, buffer_bytes(&key));
}

/* ---- the walk ---- */

static void walk_anew(struct sorted *sorted)
{
    buffer_clear(&sorted->resume);
    sorted->done = false;
    sorted->walked = 0;
    sorted->rows = 0;
    sorted->beyond = false;
    sorted->cut = (struct bytes){ 0 };
}

/* From the first row, or from the last; nothing is kept of before. */
static void start_at_end(struct sorted *sorted, bool from_end)
{
    sorted->from_end = from_end;
    sorted->count = 0;
    sorted->tidy = true;
    buffer_clear(&sorted->bound);
    keys_renew(sorted);
    walk_anew(sorted);
}

/* The next rows behind the last one that is kept, or before the first. What the screen may still show stays. */
static void start_next(struct sorted *sorted, bool forward)
{
    size_t overlap = sorted->room / 4;
    size_t stay = sorted->count > overlap ? overlap : sorted->count - 1;
    size_t edge = forward ? sorted->count - 1 - stay : stay;

    buffer_clear(&sorted->bound);
    buffer_put(&sorted->bound, sorted->kept[edge].data, sorted->kept[edge].len);
    if (forward)
        memmove(sorted->kept, sorted->kept + edge + 1, stay * sizeof *sorted->kept);
    sorted->count = stay;
    sorted->from_end = !forward;
    keys_renew(sorted);
    walk_anew(sorted);
}

enum err sorted_step(struct sorted *sorted, struct txn *txn, int budget_ms,
                     const struct lookup *lookup, bool *changed)
{
    int64_t deadline = monotonic_ms() + budget_ms;

    if (!sorted->followed)
        sorted->sequence = txn_size(txn);
    sorted->followed = true;
    *changed = false;
    while (!sorted->done) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct query_slice slice;
        int64_t left = deadline - monotonic_ms();

        TRY(query_slice(txn, &sorted->source, buffer_bytes(&sorted->resume), STEP_ROWS,
                        left > 1 ? (int)left : 1, lookup, arena, &slice));
        for (size_t i = 0; i < slice.count; i++)
            *changed |= keep_row(sorted, &slice.rows[i]);
        sorted->rows += slice.count;
        sorted->walked += slice.looked_at;
        sorted->done = !slice.more;
        buffer_clear(&sorted->resume);
        buffer_put(&sorted->resume, slice.resume.data, slice.resume.len);
        if (monotonic_ms() >= deadline)
            break;
    }
    return ERR_OK;
}

bool sorted_done(const struct sorted *sorted)
{
    return sorted->done;
}

size_t sorted_walked(const struct sorted *sorted)
{
    return sorted->walked;
}

int64_t sorted_total(const struct sorted *sorted)
{
    return sorted->done ? (int64_t)sorted->rows : -1;
}

/* ---- single records ---- */

struct within {
    struct bytes prefix;
    bool found;
};

static void entry_within(enum tree tree, struct bytes key, int64_t delta, void *context)
{
    struct within *within = context;

    (void)delta;
    within->found |= tree == TREE_INDEXES && key.len >= within->prefix.len &&
                     memcmp(key.data, within->prefix.data, within->prefix.len) == 0;
}

/* Whether the walk would meet it; the filter is asked apart. */
static enum err in_source(const struct sorted *sorted, struct txn *txn,
                          const struct record_key *key, struct arena *arena, bool *in)
{
    struct within within = { sorted->source.prefix, false };
    struct record *record;
    enum err err;

    *in = type_of_key(key) == sorted->source.type;
    if (!*in || within.prefix.len == 0)
        return ERR_OK;
    err = record_get(txn, key, 0, arena, &record);
    *in = err == ERR_OK;
    if (err != ERR_OK)
        return err == ERR_MISSING || err == ERR_DAMAGED ? ERR_OK : err;
    index_derive(record, arena, entry_within, &within);
    *in = within.found;
    return ERR_OK;
}

static enum err keep_record(struct sorted *sorted, struct txn *txn,
                            const struct record_key *key, const struct lookup *lookup,
                            bool *kept)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct query by_id = sorted->source;
    struct query_row row;
    bool taken;

    *kept = false;
    TRY(in_source(sorted, txn, key, arena, &taken));
    if (!taken)
        return ERR_OK;
    by_id.index = NULL; /* whichever of its entries the walk meets */
    TRY(query_row_read(txn, &by_id, key, (struct bytes){ 0 }, lookup, arena, &row, &taken));
    *kept = taken && keep_row(sorted, &row);
    return ERR_OK;
}

enum err sorted_likely(struct sorted *sorted, struct txn *txn, const struct record_key *keys,
                       size_t count, const struct lookup *lookup)
{
    bool kept;

    for (size_t i = 0; i < count; i++)
        TRY(keep_record(sorted, txn, &keys[i], lookup, &kept));
    return ERR_OK;
}

static struct record_key key_of_kept(struct bytes kept)
{
    return record_key_decode(kept.data + kept.len - RECORD_KEY);
}

static bool drop(struct sorted *sorted, const struct record_key *key)
{
    size_t kept = 0, count = sorted->count;

    for (size_t i = 0; i < count; i++) {
        struct record_key mine = key_of_kept(sorted->kept[i]);

        if (record_key_compare(&mine, key) != 0)
            sorted->kept[kept++] = sorted->kept[i];
    }
    sorted->count = kept;
    return kept < count;
}

static enum err follow_entry(struct sorted *sorted, struct txn *txn, uint64_t sequence,
                             const struct lookup *lookup, bool *changed)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct journal_entry entry;

    TRY(entry_read(txn, sequence, arena, &entry));
    for (size_t i = 0; i < entry.statement.item_count; i++) {
        struct record_key key = record_key_decode(entry.statement.items[i].key);
        bool kept, gone;

        if (type_of_key(&key) != sorted->source.type)
            continue;
        gone = drop(sorted, &key);
        TRY(keep_record(sorted, txn, &key, lookup, &kept));
        if (sorted->done && kept != gone)
            sorted->rows += kept ? 1 : (size_t)-1;
        *changed |= kept || gone;
    }
    return ERR_OK;
}

enum err sorted_follow(struct sorted *sorted, struct txn *txn, const struct lookup *lookup,
                       bool *changed)
{
    uint64_t size = txn_size(txn);

    *changed = false;
    if (!sorted->followed || size == sorted->sequence)
        return ERR_OK;
    tidy(sorted);
    if (size - sorted->sequence > FOLLOW_MOST) {
        sorted->sequence = size;
        *changed = true;
        start_at_end(sorted, sorted->from_end);
        return ERR_OK;
    }
    for (; sorted->sequence < size; sorted->sequence++)
        TRY(follow_entry(sorted, txn, sorted->sequence, lookup, changed));
    return ERR_OK;
}

/* ---- reading ---- */

/* Where the walk must begin so that the first row (forward) or the last one is among what is kept. */
static void reach_end(struct sorted *sorted, bool forward)
{
    bool all = sorted->bound.len == 0 && !sorted->beyond;

    if (sorted->from_end == !forward && sorted->bound.len == 0)
        return;
    if (all)
        sorted->from_end = !forward; /* nothing was left out at either end */
    else
        start_at_end(sorted, !forward);
}

/* The place among what is kept of the first row behind `resume`, or of the last one before it (-1: none). */
static int place_behind(const struct sorted *sorted, struct bytes resume, bool forward)
{
    size_t low = 0, high = sorted->count;

    if (resume.len == 0)
        return forward ? 0 : (int)sorted->count - 1;
    while (low < high) { /* the first that is not before it */
        size_t middle = low + (high - low) / 2;

        if (list_order(sorted, sorted->kept[middle], resume) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!forward)
        return (int)low - 1;
    return (int)(low +
                 (low < sorted->count && list_order(sorted, sorted->kept[low], resume) == 0));
}

/* Rows that are not kept lie in that direction. */
static bool more_outside(const struct sorted *sorted, bool forward)
{
    return forward == !sorted->from_end ? sorted->beyond : sorted->bound.len > 0;
}

static enum err read_row(const struct sorted *sorted, struct txn *txn, struct bytes key,
                         const struct lookup *lookup, struct arena *arena,
                         struct query_slice *out)
{
    struct query all = sorted->source;
    struct record_key of = key_of_kept(key);
    bool taken;

    all.index = NULL;
    all.filter =
        NULL; /* it was a row when it was met; what became of it, sorted_follow() sees */
    all.voided = true;
    TRY(query_row_read(txn, &all, &of, key, lookup, arena, &out->rows[out->count], &taken));
    out->count += taken;
    return ERR_OK;
}

enum err sorted_slice(struct sorted *sorted, struct txn *txn, struct bytes resume, bool forward,
                      size_t rows, const struct lookup *lookup, struct arena *arena,
                      struct query_slice *out)
{
    int step = forward ? 1 : -1, at;

    *out = (struct query_slice){ .rows = arena_array(arena, rows, sizeof *out->rows),
                                 .resume = resume };
    if (resume.len == 0)
        reach_end(sorted, forward);
    tidy(sorted);
    at = place_behind(sorted, resume, forward);
    for (; at >= 0 && at < (int)sorted->count && out->count < rows; at += step) {
        struct bytes key = { arena_copy(arena, sorted->kept[at].data, sorted->kept[at].len),
                             sorted->kept[at].len };

        TRY(read_row(sorted, txn, key, lookup, arena, out));
        out->resume = key;
        out->looked_at++;
    }
    out->more =
        (at >= 0 && at < (int)sorted->count) || more_outside(sorted, forward) || !sorted->done;
    if (out->looked_at == 0 && out->more && sorted->done && sorted->count > 0)
        start_next(sorted, forward);
    return ERR_OK;
}
