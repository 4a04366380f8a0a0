/* What stands beside records and journal: the mirror, attachments, values of the store's own (declared in
 * verify_parts.h). */
#include "core/change/verify_parts.h"

#include <dirent.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/change/mirror.h"

/* ---- the mirror ---- */

struct mirror_check {
    struct verifier *v;
    struct arena *arena;
    struct txn *txn; /* a new one for each slice */
    int64_t until_ms;
    uint64_t entries, steps;
};

static enum err renew(struct mirror_check *check)
{
    if (check->txn && monotonic_ms() < check->until_ms)
        return ERR_OK;
    txn_end(check->txn);
    check->txn = NULL;
    verify_step(check->v, check->steps);
    check->steps = 0;
    check->until_ms = monotonic_ms() + VERIFY_SLICE_MS;
    return store_begin(&check->txn, check->v->store);
}

static bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* The bodies that the statement has, each with a frame, in the same order. */
static enum err bodies_equal(struct mirror_check *check, const struct mirror_entry *entry,
                             struct bytes statement_bytes, bool *equal)
{
    struct statement statement;
    size_t first;

    *equal = statement_decode(&statement, check->arena, statement_bytes) == ERR_OK;
    if (!*equal)
        return ERR_OK;
    first = statement.has_body ? 0 : 1;
    *equal = entry->body_count == statement.item_count + (size_t)statement.has_body;
    for (size_t i = 0; i < entry->body_count && *equal; i++) {
        struct bytes stored = { NULL, 0 };
        enum err err =
            txn_body(check->txn, entry->sequence, entry->bodies[i].n, check->arena, &stored);

        if (err == ERR_DAMAGED) /* said already */
            continue;
        if (err != ERR_OK && err != ERR_MISSING)
            return err;
        *equal = entry->bodies[i].n == first + i && bytes_equal(stored, entry->bodies[i].body);
    }
    return ERR_OK;
}

static enum err check_mirrored(const struct mirror_entry *entry, void *context)
{
    struct mirror_check *check = context;
    struct bytes stored;
    struct leaf leaf;
    bool equal;

    check->entries++;
    if (entry->sequence >= check->v->size)
        return ERR_OK;
    TRY(renew(check));
    check->steps++;
    arena_reset(check->arena);
    enum err err = txn_leaf(check->txn, entry->sequence, check->arena, &stored);

    if (err == ERR_DAMAGED)
        return ERR_OK;
    TRY(err);
    equal = bytes_equal(stored, entry->leaf);
    if (equal && leaf_decode(&leaf, stored) == ERR_OK)
        TRY(bodies_equal(check, entry, leaf.statement, &equal));
    if (!equal)
        verify_fault(check->v,
                     N_("Entry %llu is another one in the journal files than in the database."),
                     (unsigned long long)entry->sequence);
    return ERR_OK;
}

/* Entries that the newest head of the files counts and the files lack were cut off. Those that the files do not
 * have yet are copied with the next commit. */
static enum err check_mirror(struct verifier *v, struct arena *arena)
{
    AUTO_ARENA struct arena *own = arena_new();
    struct mirror_check check = { .v = v, .arena = own };
    uint64_t size = 0;
    enum err err;

    TRY(verify_failure(v, mirror_check(v->store)));
    TRY(verify_failure(v, mirror_size(v->store, &size)));
    err = mirror_walk(path_join(arena, store_folder(v->store), "journal"), check_mirrored,
                      &check);
    txn_end(check.txn);
    TRY(verify_failure(v, err));
    if (err == ERR_OK && check.entries < size)
        verify_fault(v, N_("The journal files hold %llu entries, their head counts %llu."),
                     (unsigned long long)check.entries, (unsigned long long)size);
    return ERR_OK;
}

/* ---- attachments ---- */

static enum err check_file(struct verifier *v, const char *folder, const char *name)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer bytes = { 0 };
    struct text hex = arena_printf(arena, "%s%s", folder, name);
    struct hash256 hash;
    struct bytes data;

    /* A file that is being written, or that somebody put there, is no attachment. */
    if (!hex_decode(&bytes, hex) || bytes.len != sizeof hash.byte)
        return ERR_OK;
    memcpy(hash.byte, bytes.data, bytes.len);
    v->report.files++;
    return verify_failure(v, blob_get(v->store, &hash, arena, &data));
}

static enum err check_folder(struct verifier *v, const char *path, const char *above)
{
    AUTO_ARENA struct arena *arena = arena_new();
    DIR *folder = opendir(path);
    const struct dirent *entry;
    enum err err = ERR_OK;

    while (folder && err == ERR_OK && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        err = above ? check_file(v, above, entry->d_name)
                    : check_folder(v, path_join(arena, path, entry->d_name), entry->d_name);
    }
    if (folder)
        closedir(folder);
    return err;
}

/* ---- values that belong to no record ---- */

struct value_check {
    struct verifier *v;
    enum tree tree;
};

static void check_value(const struct entry *entry, void *context)
{
    struct value_check *check = context;
    AUTO_BUFFER struct buffer hex = { 0 };
    const char letter[] = { tree_letter(check->tree), '\0' };

    if (!entry->damaged ||
        (check->tree == TREE_COUNTERS && entry->key.len > 0 && entry->key.data[0] == 'c'))
        return;
    hex_encode(&hex, entry->key);
    buffer_byte(&hex, 0);
    verify_fault(check->v, N_("A stored value is damaged: tree %s, key %s."), letter,
                 (const char *)hex.data);
}

static enum err check_values(struct verifier *v, enum tree tree)
{
    struct value_check check = { v, tree };

    return verify_failure(v, store_walk(v->store, tree, check_value, &check));
}

enum err verify_outside(struct verifier *v)
{
    AUTO_ARENA struct arena *arena = arena_new();

    TRY(check_values(v, TREE_COUNTERS));
    TRY(check_values(v, TREE_LOCAL));
    TRY(check_mirror(v, arena));
    return check_folder(v, path_join(arena, store_folder(v->store), "files"), NULL);
}
