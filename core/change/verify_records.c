/* Records against their newest bodies; what they derive against what is stored (declared in verify_parts.h). */
#include "core/change/verify_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/checksum.h"
#include "core/base/seams.h"
#include "core/index/index.h"

enum { AT_ONCE = 64, KEYS_AT_ONCE = 2048, PASSES = 3, LEAST = 256 };

/* ---- counters as the records give them ---- */

struct counter {
    uint8_t *key;
    size_t len;
    int64_t number;
};
struct counters {
    struct counter *items;
    size_t count, capacity;
};

static struct counter *counter_place(const struct counters *counters, struct bytes key)
{
    struct checksum mixed = checksum(key);
    size_t at = (size_t)read_u64(mixed.byte) & (counters->capacity - 1);

    while (counters->items[at].key && (counters->items[at].len != key.len ||
                                       memcmp(counters->items[at].key, key.data, key.len) != 0))
        at = (at + 1) & (counters->capacity - 1);
    return &counters->items[at];
}

static void counters_grow(struct counters *counters)
{
    struct counters more = { .count = counters->count };

    more.capacity = counters->capacity == 0 ? LEAST : counters->capacity * 2;
    more.items = memory_new(more.capacity * sizeof *more.items);
    for (size_t i = 0; i < counters->capacity; i++)
        if (counters->items[i].key)
            *counter_place(&more,
                           (struct bytes){ counters->items[i].key, counters->items[i].len }) =
                counters->items[i];
    free(counters->items);
    *counters = more;
}

static void counters_add(struct counters *counters, struct bytes key, int64_t delta)
{
    if (counters->count >= counters->capacity / 4 * 3)
        counters_grow(counters);
    struct counter *counter = counter_place(counters, key);

    if (!counter->key) {
        counter->key = memory_new(key.len);
        memcpy(counter->key, key.data, key.len);
        counter->len = key.len;
        counters->count++;
    }
    counter->number += delta;
}

static void counters_free(struct counters *counters)
{
    for (size_t i = 0; i < counters->capacity; i++)
        free(counters->items[i].key);
    free(counters->items);
    *counters = (struct counters){ 0 };
}

/* ---- a pass over all records ---- */

struct pass {
    struct verifier *v;
    struct txn *txn;
    struct arena *arena;
    bool again;       /* not the first: what a record lacks was said */
    const char *name; /* of the record that is being looked at */
    uint64_t derived[TREE_COUNT];
    struct counters counters;
    struct message
        wrong; /* the first counter that differs; said once nothing changed meanwhile */
};

static void say_damaged(struct pass *pass, enum tree tree, struct bytes key)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    const char letter[] = { tree_letter(tree), '\0' };

    hex_encode(&hex, key);
    buffer_byte(&hex, 0);
    verify_fault(pass->v, N_("A stored value is damaged: tree %s, key %s."), letter,
                 (const char *)hex.data);
}

static void check_derived(enum tree tree, struct bytes key, int64_t delta, void *context)
{
    struct pass *pass = context;

    pass->derived[tree]++;
    pass->v->report.derived += !pass->again;
    if (tree == TREE_COUNTERS) {
        counters_add(&pass->counters, key, delta);
        return;
    }
    if (pass->again || txn_has(pass->txn, tree, key))
        return;
    verify_fault(pass->v,
                 tree == TREE_INDEXES
                     ? N_("%s: an entry that leads to it is missing among the indexes.")
                     : N_("%s: a word that leads to it is missing among the search terms."),
                 pass->name);
}

/* What the journal says of it; a record that was changed since then is passed over. */
static enum err check_origin(struct pass *pass, const uint8_t key[RECORD_KEY],
                             const struct envelope *envelope)
{
    struct verifier *v = pass->v;
    struct latest *latest = latest_find(&v->latest, key);
    struct bytes stored;
    struct body body;

    if (latest)
        latest->found = true;
    if (envelope->sequence >= v->size)
        return ERR_OK;
    if (!latest || latest->sequence != envelope->sequence ||
        latest->revision != envelope->revision) {
        verify_fault(
            v,
            N_("%s stands at revision %u of entry %llu; the journal's newest revision of it is "
               "another."),
            pass->name, (unsigned)envelope->revision, (unsigned long long)envelope->sequence);
        return ERR_OK;
    }
    enum err err = txn_body(pass->txn, latest->sequence, latest->n, pass->arena, &stored);

    if (err == ERR_OK)
        err = body_decode(&body, stored);
    if (err == ERR_MISSING || err == ERR_DAMAGED) /* dropped; or said already */
        return ERR_OK;
    TRY(err);
    if (body.payload.len != envelope->payload.len ||
        memcmp(body.payload.data, envelope->payload.data, body.payload.len) != 0)
        verify_fault(v, N_("%s is not what its newest entry (%llu) saved."), pass->name,
                     (unsigned long long)envelope->sequence);
    return ERR_OK;
}

/* A file that a record names must be there; what is in it, the files' own pass reads. */
static void check_kept(struct pass *pass, const struct record *record)
{
    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];
        const struct hash_value *value = field_value(field, record);
        struct hash256 hash;

        if (!(field->flags & KEPT) || value->bytes.len != sizeof hash.byte)
            continue;
        memcpy(hash.byte, value->bytes.data, sizeof hash.byte);
        if (!blob_kept(pass->v->store, &hash))
            verify_fault(pass->v, N_("The file of %s is not there. Restore it from a backup."),
                         pass->name);
    }
}

static enum err check_record(struct pass *pass, const struct entry *entry)
{
    struct verifier *v = pass->v;
    struct envelope envelope;

    if (entry->damaged || entry->key.len != RECORD_KEY) {
        if (!pass->again)
            say_damaged(pass, TREE_RECORDS, entry->key);
        return ERR_OK;
    }
    struct record_key key = record_key_decode(entry->key.data);
    const struct record_type *type = type_of_key(&key);
    struct record *record;
    enum err err = envelope_decode(&envelope, entry->value);

    pass->name = key_name(pass->arena, &key);
    v->report.records += !pass->again;
    if (err == ERR_OK && !pass->again)
        TRY(check_origin(pass, entry->key.data, &envelope));
    if (err == ERR_OK && type) {
        record = record_new(pass->arena, type);
        err = record_decode(record, envelope.payload, 0, pass->arena);
    }
    if (err != ERR_OK || !type) {
        if (!pass->again)
            verify_fault(v, N_("%s cannot be read: it is no record of its kind."), pass->name);
        return ERR_OK;
    }
    if (!pass->again)
        check_kept(pass, record);
    record->key = key;
    record->revision = envelope.revision;
    record->sequence = envelope.sequence;
    index_derive(record, pass->arena, check_derived, pass);
    return ERR_OK;
}

/* Calls each entry of a tree between two bounds in slices, with the snapshot that it stands in. */
static enum err each_entry(struct pass *pass, enum tree tree, struct bytes from,
                           struct bytes to, size_t at_once,
                           enum err (*each)(struct pass *pass, const struct entry *entry))
{
    AUTO_BUFFER struct buffer next = { 0 };
    bool more = true;

    buffer_put(&next, from.data, from.len);
    while (more) {
        AUTO_TXN struct txn *txn = NULL;
        int64_t until = monotonic_ms() + VERIFY_SLICE_MS;
        uint64_t steps = 0;

        TRY(store_begin(&txn, pass->v->store));
        pass->txn = txn;
        do {
            struct page page;

            arena_reset(pass->arena);
            TRY(txn_page(txn, tree, buffer_bytes(&next), to, FORWARD, at_once, pass->arena,
                         &page));
            more = page.more;
            if (page.count > 0) {
                buffer_clear(&next);
                buffer_put(&next, page.entries[page.count - 1].key.data,
                           page.entries[page.count - 1].key.len);
                buffer_byte(&next, 0);
            }
            for (size_t i = 0; i < page.count; i++)
                TRY(each(pass, &page.entries[i]));
            steps += page.count;
        } while (more && monotonic_ms() < until);
        verify_step(pass->v, tree == TREE_RECORDS ? steps : 0);
    }
    return ERR_OK;
}

/* ---- the totals ---- */

struct totals {
    uint64_t entries[TREE_COUNT];
};

static enum err count_tree(struct pass *pass, enum tree tree, uint64_t *count)
{
    AUTO_BUFFER struct buffer next = { 0 };
    bool more = true;

    *count = 0;
    while (more) {
        AUTO_TXN struct txn *txn = NULL;
        struct page page;

        arena_reset(pass->arena);
        TRY(store_begin(&txn, pass->v->store));
        TRY(txn_page(txn, tree, buffer_bytes(&next), (struct bytes){ 0 }, FORWARD, KEYS_AT_ONCE,
                     pass->arena, &page));
        *count += page.count;
        more = page.more;
        if (page.count == 0)
            break;
        for (size_t i = 0; i < page.count && !pass->again; i++)
            if (page.entries[i].damaged)
                say_damaged(pass, tree, page.entries[i].key);
        buffer_clear(&next);
        buffer_put(&next, page.entries[page.count - 1].key.data,
                   page.entries[page.count - 1].key.len);
        buffer_byte(&next, 0);
    }
    return ERR_OK;
}

static enum err check_counter(struct pass *pass, const struct entry *entry)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    const struct counter *counter;

    hex_encode(&hex, entry->key);
    buffer_byte(&hex, 0);
    pass->derived[TREE_COUNTERS]++;
    if (entry->damaged) {
        say_damaged(pass, TREE_COUNTERS, entry->key);
        return ERR_OK;
    }
    counter = pass->counters.capacity > 0 ? counter_place(&pass->counters, entry->key) : NULL;
    if (!pass->wrong.id && (!counter || counter_of(entry->value) != counter->number))
        message_set(&pass->wrong, N_("The counter %s says %lld, the records give %lld."),
                    (const char *)hex.data, (long long)counter_of(entry->value),
                    counter ? (long long)counter->number : 0);
    return ERR_OK;
}

static enum err count_all(struct pass *pass, struct totals *totals)
{
    TRY(count_tree(pass, TREE_INDEXES, &totals->entries[TREE_INDEXES]));
    return count_tree(pass, TREE_TERMS, &totals->entries[TREE_TERMS]);
}

static enum err check_counters(struct pass *pass)
{
    static const uint8_t from[] = { 'c' }, to[] = { 'c' + 1 };

    pass->derived[TREE_COUNTERS] = 0;
    TRY(each_entry(pass, TREE_COUNTERS, (struct bytes){ from, 1 }, (struct bytes){ to, 1 },
                   KEYS_AT_ONCE, check_counter));
    if (!pass->wrong.id && pass->derived[TREE_COUNTERS] != pass->counters.count)
        message_set(&pass->wrong, N_("The store holds %llu counters, the records give %llu."),
                    (unsigned long long)pass->derived[TREE_COUNTERS],
                    (unsigned long long)pass->counters.count);
    return ERR_OK;
}

/* Each entry that a record gives is there, so that more or fewer in all are entries which no record gives. */
static void check_totals(struct pass *pass, const struct totals *totals)
{
    static const enum tree trees[] = { TREE_INDEXES, TREE_TERMS };

    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
        if (totals->entries[trees[i]] != pass->derived[trees[i]])
            verify_fault(pass->v,
                         trees[i] == TREE_INDEXES
                             ? N_("The indexes hold %llu entries, the records give %llu.")
                             : N_("The search terms hold %llu entries, the records give %llu."),
                         (unsigned long long)totals->entries[trees[i]],
                         (unsigned long long)pass->derived[trees[i]]);
}

/* True: nothing was committed from before the pass until now, so all that it read is of one moment. */
static enum err is_quiet(struct pass *pass, uint64_t size, bool *quiet)
{
    uint64_t now;

    TRY(store_size(pass->v->store, &now));
    *quiet = now == size;
    return ERR_OK;
}

static enum err run_pass(struct pass *pass, bool *quiet)
{
    struct bytes all = { 0 };
    struct totals totals;
    uint64_t size;

    TRY(store_size(pass->v->store, &size));
    TRY(each_entry(pass, TREE_RECORDS, all, all, AT_ONCE, check_record));
    TRY(count_all(pass, &totals));
    TRY(is_quiet(pass, size, quiet));
    if (!*quiet)
        return ERR_OK;
    check_totals(pass, &totals);
    TRY(check_counters(pass));
    TRY(is_quiet(pass, size, quiet));
    if (*quiet && pass->wrong.id)
        verify_message(pass->v, &pass->wrong);
    return ERR_OK;
}

/* Nothing is ever deleted; only a record whose newest body was dropped may be gone. */
static enum err check_missing(struct pass *pass)
{
    struct verifier *v = pass->v;

    for (size_t i = 0; i < v->latest.capacity; i++) {
        AUTO_TXN struct txn *txn = NULL;
        const struct latest *latest = &v->latest.items[i];
        struct record_key key = record_key_decode(latest->key);
        struct bytes body;

        if (latest->revision == 0 || latest->found)
            continue;
        arena_reset(pass->arena);
        TRY(store_begin(&txn, v->store));
        if (txn_body(txn, latest->sequence, latest->n, pass->arena, &body) != ERR_MISSING)
            verify_fault(
                v, N_("%s is missing among the records; entry %llu of the journal holds it."),
                key_name(pass->arena, &key), (unsigned long long)latest->sequence);
    }
    return ERR_OK;
}

enum err verify_records(struct verifier *v)
{
    AUTO_ARENA struct arena *arena = arena_new();
    bool quiet = false;
    enum err err = ERR_OK;

    for (int i = 0; i < PASSES && err == ERR_OK && !quiet; i++) {
        struct pass pass = { .v = v, .arena = arena, .again = i > 0 };

        err = run_pass(&pass, &quiet);
        if (err == ERR_OK && i == 0)
            err = check_missing(&pass);
        counters_free(&pass.counters);
    }
    v->report.unsettled = !quiet;
    return verify_failure(v, err);
}
