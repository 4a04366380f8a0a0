#include "core/query/listing.h"

#include <string.h>

#include "core/base/seams.h"

void listing_close(struct listing *listing)
{
    sorted_free(listing->sorted);
    arena_free(listing->arena);
    *listing = (struct listing){ .arena = NULL };
}

enum err listing_open(struct listing *listing, struct txn *txn, const struct query *query,
                      const struct field *by, const struct lookup *lookup)
{
    const struct plan *plan = &listing->plan;

    listing_close(listing);
    listing->arena = arena_new();
    TRY(plan_make(&listing->plan, txn, query, by, PLAN_FEW, listing->arena));
    if (!plan->sorts)
        return ERR_OK;
    listing->sorted = sorted_new(&plan->source, plan->fields, plan->direction, SORTED_ROOM);
    return sorted_likely(listing->sorted, txn, plan->likely, plan->likely_count, lookup);
}

enum err listing_slice(const struct listing *listing, struct txn *txn, struct bytes resume,
                       bool forward, size_t rows, int budget_ms, const struct lookup *lookup,
                       struct arena *arena, struct query_slice *out)
{
    struct query query = listing->plan.source;

    if (listing->sorted)
        return sorted_slice(listing->sorted, txn, resume, forward, rows, lookup, arena, out);
    if (!forward)
        query.direction = query.direction == FORWARD ? BACKWARD : FORWARD;
    return query_slice(txn, &query, resume, rows, budget_ms, lookup, arena, out);
}

enum err listing_step(struct listing *listing, struct txn *txn, int budget_ms,
                      const struct lookup *lookup, bool *changed)
{
    bool followed = false;

    *changed = false;
    if (!listing->sorted)
        return ERR_OK;
    TRY(sorted_follow(listing->sorted, txn, lookup, &followed));
    TRY(sorted_step(listing->sorted, txn, budget_ms, lookup, changed));
    *changed |= followed;
    return ERR_OK;
}

bool listing_sorting(const struct listing *listing)
{
    return listing->sorted && !sorted_done(listing->sorted);
}

/* ---- where a record stands ---- */

struct entry_sought {
    const struct query *query;
    struct bytes seen;
    struct buffer *out;
};

static bool in_range(const struct query *query, struct bytes key)
{
    struct text k = { (const char *)key.data, key.len };
    struct text from = { (const char *)query->from.data, query->from.len },
                to = { (const char *)query->to.data, query->to.len };

    return key.len >= query->prefix.len &&
           (query->prefix.len == 0 ||
            memcmp(key.data, query->prefix.data, query->prefix.len) == 0) &&
           (from.len == 0 || text_compare(k, from) >= 0) &&
           (to.len == 0 || text_compare(k, to) < 0);
}

static void entry_found(enum tree tree, struct bytes key, int64_t delta, void *context)
{
    const struct entry_sought *sought = context;
    const struct query *query = sought->query;
    bool same =
        key.len == sought->seen.len && memcmp(key.data, sought->seen.data, key.len) == 0;

    (void)delta;
    if (tree != TREE_INDEXES || key.len <= 2 || key.data[0] != query->type->number ||
        key.data[1] != query->index->tag || !in_range(query, key))
        return;
    /* Of a list there are several; the first that comes in the order stands for the record. */
    if (same || sought->out->len == 0 || query->direction == BACKWARD) {
        if (sought->out->len > 0 && sought->out->len == sought->seen.len &&
            memcmp(sought->out->data, sought->seen.data, sought->seen.len) == 0)
            return;
        buffer_clear(sought->out);
        buffer_put(sought->out, key.data, key.len);
    }
}

void listing_entry(const struct listing *listing, const struct record *record,
                   struct bytes seen, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct entry_sought sought = { &listing->plan.source, seen, out };

    if (listing->sorted) {
        sorted_entry(listing->sorted, record, out);
    } else if (listing->plan.source.index) {
        index_derive(record, arena, entry_found, &sought);
    } else {
        uint8_t key[RECORD_KEY];

        record_key_encode(key, &record->key);
        buffer_put(out, key, sizeof key);
    }
}

/* ---- counting ---- */

enum { COUNT_AT_ONCE = 64 };

enum err query_count_most(struct txn *txn, const struct query *query, size_t most,
                          int budget_ms, const struct lookup *lookup, struct query_number *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int64_t deadline = budget_ms > 0 ? monotonic_ms() + budget_ms : INT64_MAX;
    AUTO_BUFFER struct buffer resume = { 0 };
    struct query_slice slice = { .more = true };
    AUTO_ARENA struct arena *plan_arena = arena_new();
    struct query unordered = *query;
    struct plan plan;

    if (query->prefix.len == 0)
        unordered.index = NULL;
    TRY(plan_make(&plan, txn, &unordered, NULL, PLAN_FEW, plan_arena));
    *out = (struct query_number){ 0 };
    while (slice.more && out->count < most && monotonic_ms() < deadline) {
        size_t room = most - out->count < COUNT_AT_ONCE ? most - out->count : COUNT_AT_ONCE;

        TRY(query_slice(txn, &plan.source, buffer_bytes(&resume), room, budget_ms > 0 ? 10 : 0,
                        lookup, arena, &slice));
        out->count += slice.count;
        buffer_clear(&resume);
        buffer_put(&resume, slice.resume.data, slice.resume.len);
        arena_reset(arena);
    }
    out->whole = !slice.more;
    return ERR_OK;
}
