#include "core/store/inside.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/seams.h"

enum { CHECK = sizeof(struct checksum), NUMBER = 8, PAGE_LIMIT = 1 << 16 };

char tree_letter(enum tree tree)
{
    static const char letters[TREE_COUNT + 1] = "RILBTCP";

    assert(tree < TREE_COUNT);
    return letters[tree];
}

static bool under_check(enum tree tree)
{
    return tree != TREE_INDEXES && tree != TREE_TERMS;
}

/* ---- opening ---- */

struct store *store_new(const char *folder)
{
    struct store *store = memory_new(sizeof(*store));

    store->folder = memory_string(text_of(folder));
    store->lock_wait_ms = LOCK_WAIT_MS;
    store->writer.store = store;
    return store;
}

static enum err not_writable(const char *folder)
{
    return fail(ERR_READ_ONLY,
                N_("The store in %s cannot be written from here, because its folder or "
                   "a file in it is read-only. It can be opened for reading."),
                folder);
}

/* An unfinished store was never called one; but where journal files stand, something was lost. */
static enum err not_finished(const char *folder)
{
    AUTO_ARENA struct arena *arena = arena_new();

    if (file_exists(path_join(arena, folder, "journal/000000.leaf")))
        return fail(
            ERR_DAMAGED,
            N_("The database in %s is empty, but its journal files are there. Keep them: "
               "rebuild the store from them with: tidewaiter rebuild %s NEW-FOLDER"),
            folder, folder);
    return fail(ERR_MISSING,
                N_("The store in %s was never finished, so there is nothing in it that "
                   "was called saved. Remove the folder and make the store again."),
                folder);
}

static enum err check_place(const char *folder, enum store_mode mode)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct stat status;

    if (!file_exists(folder))
        return fail(ERR_MISSING,
                    N_("There is no store in %s. Check the folder, or make a new store "
                       "there with: tidewaiter init"),
                    folder);
    if (stat(path_join(arena, folder, "data.mdb"), &status) != 0)
        return fail(ERR_MISSING,
                    N_("%s is not a store: its file data.mdb is not there. Check the "
                       "folder, or restore the store from a backup."),
                    folder);
    /* The database would begin an empty file anew in silence. */
    if (status.st_size == 0)
        return not_finished(folder);
    if (mode == STORE_READ_ONLY)
        return ERR_OK;
    if (access(folder, W_OK) != 0)
        return not_writable(folder);
    if (!file_exists(path_join(arena, folder, "keys/log")))
        return fail(ERR_READ_ONLY,
                    N_("The store in %s cannot be written here, because its signing "
                       "key keys/log is not there. It can be opened for reading."),
                    folder);
    return ERR_OK;
}

static enum err read_identity(struct store *store)
{
    struct engine_txn *txn;
    enum err err;

    TRY(engine_read_begin(&txn, store->engine));
    err = head_read(txn, &store->head, &store->identity, store->origin);
    engine_read_end(txn);
    if (err == ERR_MISSING || (err == ERR_OK && !store->head.finished))
        return not_finished(store->folder);
    return err;
}

static enum err open_parts(struct store *store, enum store_mode mode)
{
    AUTO_ARENA struct arena *arena = arena_new();
    bool writes = mode == STORE_WRITABLE;
    enum err err;

    TRY(check_place(store->folder, mode));
    err = engine_open(&store->engine, store->folder, writes ? ENGINE_WRITE : ENGINE_READ);
    if (err == ERR_MISSING)
        return not_finished(store->folder);
    if (err != ERR_OK)
        return err;
    TRY(read_identity(store));
    if (!writes)
        return ERR_OK;
    if (store->identity.format > STORE_FORMAT)
        return fail(ERR_NEWER,
                    N_("The store in %s was made by a newer version of this program (format "
                       "%d; this program writes %d). Open it for reading, or install that "
                       "version."),
                    store->folder, store->identity.format, STORE_FORMAT);
    TRY(log_key_read(store, path_join(arena, store->folder, "keys/log")));
    return lock_open(&store->lock, path_join(arena, store->folder, "lock"));
}

enum err store_open(struct store **out, const char *folder, enum store_mode mode)
{
    struct store *store = store_new(folder);
    enum err err = open_parts(store, mode);

    if (err == ERR_OK) {
        *out = store;
        return ERR_OK;
    }
    store_close(store);
    if (mode == STORE_WRITABLE && err == ERR_REFUSED)
        return not_writable(folder);
    return err;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    assert(!store->in_write);
    engine_close(store->engine);
    lock_close(store->lock);
    secret_clear(&store->key, sizeof(store->key));
    free(store->folder);
    free(store->final_folder);
    free(store);
}

const struct store_identity *store_identity(const struct store *store)
{
    return &store->identity;
}

const char *store_folder(const struct store *store)
{
    return store->folder;
}

bool store_writable(const struct store *store)
{
    return store->lock && engine_writable(store->engine);
}

void store_set_holder(struct store *store, const char *who)
{
    size_t len = strnlen(who, sizeof(store->who) - 1);

    /* Cut between characters. */
    while (len > 0 && !text_is_utf8((struct text){ who, len }))
        len--;
    memcpy(store->who, who, len);
    store->who[len] = '\0';
}

void store_unsynced(struct store *store)
{
    assert(store->final_folder);
    store->unsynced = true;
    engine_unsynced(store->engine, true);
}

void store_tidy(struct store *store)
{
    engine_tidy(store->engine);
}

uint64_t store_pages_written(const struct store *store)
{
    return engine_pages_written(store->engine);
}

/* ---- snapshots ---- */

void store_read_as(struct store *store, struct record_reader *reader)
{
    store->reader = reader;
}

struct record_reader *txn_reader(const struct txn *txn)
{
    return txn->reader;
}

enum err store_begin(struct txn **out, struct store *store)
{
    struct txn *txn = memory_new(sizeof(*txn));
    enum err err = engine_read_begin(&txn->engine, store->engine);

    txn->store = store;
    txn->reader = store->reader;
    if (err == ERR_OK && !head_of(txn)) {
        err = last_failure_code();
        engine_read_end(txn->engine);
    }
    if (err != ERR_OK) {
        free(txn);
        return err;
    }
    *out = txn;
    return ERR_OK;
}

void txn_end(struct txn *txn)
{
    if (!txn)
        return;
    assert(!txn->writing);
    engine_read_end(txn->engine);
    free(txn);
}

struct store *txn_store(struct txn *txn)
{
    return txn->store;
}

enum err store_size(struct store *store, uint64_t *size)
{
    AUTO_TXN struct txn *txn = NULL;

    if (store->head.id == 0 || store->head.id != engine_newest(store->engine))
        TRY(store_begin(&txn, store));
    *size = store->head.frontier.size;
    return ERR_OK;
}

/* ---- values under a check ---- */

bool value_good(enum tree tree, struct bytes key, struct bytes raw, struct bytes *value)
{
    struct checksum found;

    if (!under_check(tree)) {
        *value = (struct bytes){ (const uint8_t *)"", 0 };
        return raw.len == 0;
    }
    if (raw.len < CHECK || key.len > CHECKED_KEY_LIMIT)
        return false;
    *value = (struct bytes){ raw.data + CHECK, raw.len - CHECK };
    found = checksum_of_value(tree_letter(tree), key, *value);
    return memcmp(found.byte, raw.data, CHECK) == 0;
}

enum err value_damaged(enum tree tree, struct bytes key)
{
    AUTO_BUFFER struct buffer hex = { 0 };
    char letter[2] = { tree_letter(tree), '\0' };

    hex_encode(&hex, key);
    buffer_byte(&hex, '\0');
    return fail(ERR_DAMAGED,
                N_("A stored value is damaged and is not shown: tree %s, key %s. Tell the "
                   "system administrator; it can be rebuilt from the journal."),
                letter, (const char *)hex.data);
}

enum err value_get(struct txn *txn, enum tree tree, struct bytes key, struct bytes *value)
{
    struct bytes raw = { 0 }, found = { 0 };

    if (key.len == 0 || key.len > KEY_LIMIT)
        return ERR_MISSING;
    TRY(engine_get(txn->engine, tree, key, &raw));
    if (!value_good(tree, key, raw, &found))
        return value_damaged(tree, key);
    *value = found;
    return ERR_OK;
}

enum err txn_get(struct txn *txn, enum tree tree, struct bytes key, struct arena *arena,
                 struct bytes *value)
{
    struct bytes found = { 0 };

    TRY(value_get(txn, tree, key, &found));
    *value = (struct bytes){ arena_copy(arena, found.data, found.len), found.len };
    return ERR_OK;
}

bool txn_has(struct txn *txn, enum tree tree, struct bytes key)
{
    struct bytes raw;

    return key.len > 0 && key.len <= KEY_LIMIT &&
           engine_get(txn->engine, tree, key, &raw) == ERR_OK;
}

struct collect {
    enum tree tree;
    size_t limit;
    struct arena *arena;
    struct page page;
};

static bool collect_entry(struct bytes key, struct bytes raw, void *context)
{
    struct collect *collect = context;
    struct page *page = &collect->page;
    struct entry *entry;
    struct bytes value;

    if (page->count == collect->limit) {
        page->more = true;
        return false;
    }
    entry = &page->entries[page->count++];
    entry->key = (struct bytes){ arena_copy(collect->arena, key.data, key.len), key.len };
    entry->damaged = !value_good(collect->tree, key, raw, &value);
    if (!entry->damaged)
        entry->value =
            (struct bytes){ arena_copy(collect->arena, value.data, value.len), value.len };
    return true;
}

enum err txn_page(struct txn *txn, enum tree tree, struct bytes from, struct bytes to,
                  enum direction direction, size_t limit, struct arena *arena,
                  struct page *page)
{
    struct collect collect = { .tree = tree, .limit = limit, .arena = arena };

    assert(limit > 0 && limit <= PAGE_LIMIT);
    collect.page.entries = arena_array(arena, limit, sizeof(struct entry));
    TRY(engine_scan(txn->engine, tree, from, to, direction, collect_entry, &collect));
    *page = collect.page;
    return ERR_OK;
}

struct bytes key_after_prefix(struct arena *arena, struct bytes prefix)
{
    uint8_t *after;

    while (prefix.len > 0 && prefix.data[prefix.len - 1] == UINT8_MAX)
        prefix.len--;
    if (prefix.len == 0)
        return (struct bytes){ 0 };
    after = arena_copy(arena, prefix.data, prefix.len);
    after[prefix.len - 1]++;
    return (struct bytes){ after, prefix.len };
}

/* ---- changes ---- */

static enum err too_long(enum tree tree, struct bytes key, struct bytes value)
{
    char letter[2] = { tree_letter(tree), '\0' };

    return fail(ERR_INVALID,
                N_("This is too long to be stored: a key of %zu and a value of %zu bytes "
                   "in tree %s. Shorten its longest text."),
                key.len, value.len, letter);
}

/* Keeps a closure within what every store behind this seam can do at once. */
static enum err count_change(struct txn *txn, size_t bytes)
{
    txn->changes++;
    txn->bytes += bytes;
    if (txn->store->unsynced ||
        (txn->changes <= TRANSACTION_CHANGES && txn->bytes <= TRANSACTION_BYTES))
        return ERR_OK;
    return fail(ERR_INVALID,
                N_("This change is too large to be saved at once. Nothing was saved. "
                   "Divide it into smaller ones."));
}

static enum err keep_failure(struct txn *txn, enum err err)
{
    if (err != ERR_OK)
        txn->failed = err;
    return err;
}

enum err value_put(struct txn *txn, enum tree tree, struct bytes key, struct bytes value,
                   bool is_new)
{
    struct checksum check;

    TRY(keep_failure(txn, count_change(txn, key.len + value.len)));
    if (under_check(tree))
        check = checksum_of_value(tree_letter(tree), key, value);
    return keep_failure(txn, engine_put(txn->engine, tree, key,
                                        under_check(tree) ? &check : NULL, value, is_new));
}

/* The log's own trees and keys are changed by txn_append alone; bodies may be dropped. */
static bool reserved(enum tree tree, struct bytes key)
{
    return tree == TREE_LEAVES ||
           (tree == TREE_COUNTERS && key.len > 0 && (key.data[0] == 0 || key.data[0] == 0xFF));
}

enum err txn_put(struct txn *txn, enum tree tree, struct bytes key, struct bytes value)
{
    size_t longest = under_check(tree) ? CHECKED_KEY_LIMIT : KEY_LIMIT;

    assert(txn->writing && key.len > 0 && !reserved(tree, key));
    assert(under_check(tree) || value.len == 0);
    if (key.len > longest || value.len > VALUE_LIMIT)
        return too_long(tree, key, value);
    return value_put(txn, tree, key, value, false);
}

enum err txn_delete(struct txn *txn, enum tree tree, struct bytes key)
{
    assert(txn->writing && key.len > 0 && !reserved(tree, key));
    if (key.len > KEY_LIMIT)
        return ERR_OK;
    TRY(keep_failure(txn, count_change(txn, key.len)));
    return keep_failure(txn, engine_delete(txn->engine, tree, key));
}

/* A number under a key in tree C; 0 where it is absent. */
static enum err number_get(struct txn *txn, struct bytes key, uint64_t *number)
{
    struct bytes value = { 0 };
    enum err err = value_get(txn, TREE_COUNTERS, key, &value);

    *number = 0;
    if (err == ERR_MISSING)
        return ERR_OK;
    if (err != ERR_OK)
        return err;
    if (value.len != NUMBER)
        return value_damaged(TREE_COUNTERS, key);
    *number = read_u64(value.data);
    return ERR_OK;
}

static enum err number_put(struct txn *txn, struct bytes key, uint64_t number)
{
    uint8_t value[NUMBER];

    write_u64(value, number);
    return value_put(txn, TREE_COUNTERS, key, (struct bytes){ value, sizeof(value) }, false);
}

enum err txn_counter(struct txn *txn, struct bytes key, int64_t *value)
{
    uint64_t number;

    TRY(number_get(txn, key, &number));
    *value = (int64_t)number;
    return ERR_OK;
}

enum err txn_add(struct txn *txn, struct bytes key, int64_t delta)
{
    uint64_t number;
    int64_t sum;

    assert(txn->writing && key.len > 0 && !reserved(TREE_COUNTERS, key));
    if (key.len > CHECKED_KEY_LIMIT)
        return too_long(TREE_COUNTERS, key, (struct bytes){ 0 });
    TRY(keep_failure(txn, number_get(txn, key, &number)));
    if (__builtin_add_overflow((int64_t)number, delta, &sum))
        return keep_failure(txn, value_damaged(TREE_COUNTERS, key));
    if (sum == 0)
        return txn_delete(txn, TREE_COUNTERS, key);
    return number_put(txn, key, (uint64_t)sum);
}

static struct bytes series_key(uint8_t room[CHECKED_KEY_LIMIT], struct bytes series)
{
    assert(series.len + 2 <= CHECKED_KEY_LIMIT);
    room[0] = 0;
    room[1] = 's';
    memcpy(room + 2, series.data, series.len);
    return (struct bytes){ room, 2 + series.len };
}

enum err txn_next(struct txn *txn, struct bytes series, uint64_t *number)
{
    uint8_t room[CHECKED_KEY_LIMIT];
    struct bytes key = series_key(room, series);
    uint64_t last;

    assert(txn->writing);
    TRY(keep_failure(txn, number_get(txn, key, &last)));
    TRY(number_put(txn, key, last + 1));
    *number = last + 1;
    return ERR_OK;
}

enum err txn_series_reach(struct txn *txn, struct bytes series, uint64_t number)
{
    uint8_t room[CHECKED_KEY_LIMIT];
    struct bytes key = series_key(room, series);
    uint64_t last;

    assert(txn->writing);
    TRY(keep_failure(txn, number_get(txn, key, &last)));
    return number > last ? number_put(txn, key, number) : ERR_OK;
}

/* ---- the write ---- */

static enum err run(struct store *store, write_closure *closure, void *context)
{
    struct txn *txn = &store->writer;
    enum err err = head_read(txn->engine, &store->draft, NULL, NULL);

    if (err == ERR_OK)
        err = closure(txn, context);
    if (err == ERR_OK)
        err = txn->failed;
    if (err == ERR_OK && txn->appended)
        err = head_write(txn);
    return err;
}

static enum err write_locked(struct store *store, write_closure *closure, void *context)
{
    struct txn *txn = &store->writer;
    enum err err;

    *txn = (struct txn){ .store = store };
    TRY(engine_write_begin(&txn->engine, store->engine));
    txn->writing = true;
    store->in_write = true;
    err = run(store, closure, context);
    store->in_write = false;
    txn->writing = false;
    if (err != ERR_OK) {
        engine_abort(txn->engine);
        return err;
    }
    store->draft.id = txn->appended ? engine_id(txn->engine) : 0;
    TRY(engine_commit(txn->engine));
    if (txn->appended)
        store->head = store->draft;
    return ERR_OK;
}

enum err store_write(struct store *store, write_closure *closure, void *context)
{
    enum err err;

    assert(!store->in_write);
    if (!store_writable(store))
        return not_writable(store->folder);
    TRY(lock_take(store->lock, store->who, store->lock_wait_ms));
    err = write_locked(store, closure, context);
    lock_give(store->lock);
    return err;
}
