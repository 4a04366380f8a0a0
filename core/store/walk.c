/* Every entry of a tree, in slices (declared in store.h). */
#include "core/store/inside.h"

#include <string.h>

#include "core/base/seams.h"

enum { SLICE = 4096, SLICE_MS = 100 };

struct walk {
    struct txn *txn;
    enum tree tree;
    void (*each)(const struct entry *entry, void *context);
    void *context;
    uint8_t last[KEY_LIMIT]; /* good one, where the next slice begins */
    size_t last_len;         /* 0: none yet */
    size_t count;
    int64_t until_ms;
    bool was_good;
    bool more;
};

static bool after_last(const struct walk *walk, struct bytes key)
{
    size_t len = key.len < walk->last_len ? key.len : walk->last_len;
    int order = len > 0 ? memcmp(walk->last, key.data, len) : 0;

    return walk->last_len == 0 || order < 0 || (order == 0 && walk->last_len < key.len);
}

/* A value that its own key does not lead to lies behind a damaged key or branch. */
static bool found_by_key(const struct walk *walk, struct bytes key, struct bytes raw)
{
    struct bytes found;

    return engine_get(walk->txn->engine, walk->tree, key, &found) == ERR_OK &&
           found.data == raw.data;
}

static bool walk_entry(struct bytes key, struct bytes raw, void *context)
{
    struct walk *walk = context;
    struct entry entry = { .key = key };

    /* A slice ends behind a good key only: a damaged one would lead the next slice astray. */
    if (walk->was_good &&
        (walk->count >= SLICE || (walk->count % 64 == 63 && monotonic_ms() > walk->until_ms))) {
        walk->more = true;
        return false;
    }
    walk->count++;
    entry.damaged = key.len > KEY_LIMIT || !value_good(walk->tree, key, raw, &entry.value) ||
                    !found_by_key(walk, key, raw);
    if (entry.damaged)
        entry.value = (struct bytes){ 0 };
    walk->was_good = !entry.damaged && after_last(walk, key);
    if (walk->was_good) {
        memcpy(walk->last, key.data, key.len);
        walk->last_len = key.len;
    }
    walk->each(&entry, walk->context);
    return true;
}

enum err store_walk(struct store *store, enum tree tree,
                    void (*each)(const struct entry *entry, void *context), void *context)
{
    struct walk walk = { .tree = tree, .each = each, .context = context };

    do {
        AUTO_TXN struct txn *txn = NULL;
        uint8_t from[KEY_LIMIT + 1];
        size_t len = walk.last_len;

        memcpy(from, walk.last, len);
        from[len] = 0; /* the first key after the last one */
        TRY(store_begin(&txn, store));
        walk.txn = txn;
        walk.more = walk.was_good = false;
        walk.count = 0;
        walk.until_ms = monotonic_ms() + SLICE_MS;
        TRY(engine_scan(txn->engine, tree, (struct bytes){ from, len > 0 ? len + 1 : 0 },
                        (struct bytes){ 0 }, FORWARD, walk_entry, &walk));
    } while (walk.more);
    return ERR_OK;
}
