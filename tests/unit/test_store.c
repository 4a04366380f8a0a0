#include "tests/check.h"

#include "core/store/envelope.h"
#include "core/store/store.h"
#include "tests/store_example.h"

#include <sys/wait.h>

static struct place place;
static struct store *store;

static int set_up(void **state)
{
    (void)state;
    place_make(&place);
    store = make_store(place.store, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    store_close(store);
    store = NULL;
    place_remove(&place);
    return 0;
}

/* ---- closures ---- */

struct pair {
    enum tree tree;
    const char *key;
    const char *value; /* NULL: delete */
};

static enum err put_pair(struct txn *txn, void *context)
{
    const struct pair *pair = context;
    struct bytes key = bytes_of_string(pair->key);

    if (!pair->value)
        return txn_delete(txn, pair->tree, key);
    return txn_put(txn, pair->tree, key, bytes_of_string(pair->value));
}

static void put(enum tree tree, const char *key, const char *value)
{
    struct pair pair = { tree, key, value };

    assert_ok(store_write(store, put_pair, &pair));
}

static bool stands(struct txn *txn, enum tree tree, const char *key, const char *value)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes found;
    enum err err = txn_get(txn, tree, bytes_of_string(key), arena, &found);

    if (!value)
        return err == ERR_MISSING;
    return err == ERR_OK && bytes_are(found, value);
}

/* ---- tests ---- */

static void a_snapshot_stays_as_it_was(void **state)
{
    AUTO_TXN struct txn *before = NULL;
    AUTO_TXN struct txn *after = NULL;

    (void)state;
    put(TREE_RECORDS, "a", "one");
    assert_ok(store_begin(&before, store));
    put(TREE_RECORDS, "a", "two");
    assert_ok(append_to(store, 100, 1));
    assert_ok(store_begin(&after, store));
    assert_true(stands(before, TREE_RECORDS, "a", "one"));
    assert_true(stands(after, TREE_RECORDS, "a", "two"));
    assert_int_equal(txn_size(before), 1);
    assert_int_equal(txn_size(after), 2);
    assert_int_equal(txn_size(before), 1);
    assert_ptr_equal(txn_store(after), store);
}

static void what_was_saved_is_there_after_opening_again(void **state)
{
    AUTO_TXN struct txn *txn = NULL;

    (void)state;
    put(TREE_RECORDS, "kept", "value");
    put(TREE_LOCAL, "secret", "hash");
    put(TREE_RECORDS, "gone", "value");
    put(TREE_RECORDS, "gone", NULL);
    put(TREE_RECORDS, "never there", NULL);
    store_close(store);
    store = open_store(place.store, STORE_WRITABLE);
    assert_ok(store_begin(&txn, store));
    assert_true(stands(txn, TREE_RECORDS, "kept", "value"));
    assert_true(stands(txn, TREE_LOCAL, "secret", "hash"));
    assert_true(stands(txn, TREE_RECORDS, "gone", NULL));
    assert_true(txn_has(txn, TREE_RECORDS, bytes_of_string("kept")));
    assert_false(txn_has(txn, TREE_RECORDS, bytes_of_string("gone")));
}

static const char *const keys[] = { "a", "b", "ba", "bb", "bb\1", "c" };
enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

static enum err put_keys(struct txn *txn, void *context)
{
    (void)context;
    for (int i = 0; i < KEYS; i++)
        TRY(txn_put(txn, TREE_INDEXES, bytes_of_string(keys[i]), (struct bytes){ 0 }));
    return ERR_OK;
}

/* Reads a range in pages of `limit` with the resume keys that store.h states; "|" between pages. */
static void read_range(struct buffer *out, struct txn *txn, const char *from, const char *to,
                       enum direction direction, size_t limit)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes low = bytes_of_string(from), high = bytes_of_string(to);
    struct page page;

    buffer_clear(out);
    do {
        assert_ok(txn_page(txn, TREE_INDEXES, low, high, direction, limit, arena, &page));
        for (size_t i = 0; i < page.count; i++) {
            buffer_put(out, page.entries[i].key.data, page.entries[i].key.len);
            buffer_byte(out, ' ');
        }
        if (!page.more)
            break;
        struct bytes last = page.entries[page.count - 1].key;

        if (direction == FORWARD) {
            uint8_t *next = arena_alloc(arena, last.len + 1);

            memcpy(next, last.data, last.len);
            low = (struct bytes){ next, last.len + 1 };
        } else {
            high = last;
        }
        buffer_string(out, "| ");
    } while (true);
    buffer_byte(out, 0);
}

static void ranges_are_read_both_ways_and_resumed(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer out = { 0 };

    (void)state;
    assert_ok(store_write(store, put_keys, NULL));
    assert_ok(store_begin(&txn, store));
    read_range(&out, txn, "", "", FORWARD, 10);
    assert_string_equal((char *)out.data, "a b ba bb bb\1 c ");
    read_range(&out, txn, "", "", BACKWARD, 10);
    assert_string_equal((char *)out.data, "c bb\1 bb ba b a ");
    read_range(&out, txn, "b", "c", FORWARD, 2);
    assert_string_equal((char *)out.data, "b ba | bb bb\1 ");
    read_range(&out, txn, "b", "c", BACKWARD, 3);
    assert_string_equal((char *)out.data, "bb\1 bb ba | b ");
    read_range(&out, txn, "b0", "bb", BACKWARD, 1);
    assert_string_equal((char *)out.data, "ba ");
    read_range(&out, txn, "d", "", FORWARD, 1);
    assert_string_equal((char *)out.data, "");
    read_range(&out, txn, "", "a", BACKWARD, 1);
    assert_string_equal((char *)out.data, "");
}

static enum err put_longest(struct txn *txn, void *context)
{
    uint8_t key[KEY_LIMIT];

    (void)context;
    memset(key, 'k', sizeof(key));
    TRY(txn_put(txn, TREE_TERMS, (struct bytes){ key, KEY_LIMIT - 1 }, (struct bytes){ 0 }));
    TRY(txn_put(txn, TREE_TERMS, (struct bytes){ key, KEY_LIMIT }, (struct bytes){ 0 }));
    key[0] = 'l';
    return txn_put(txn, TREE_TERMS, (struct bytes){ key, 1 }, (struct bytes){ 0 });
}

static void a_range_resumes_behind_the_longest_key(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    uint8_t key[KEY_LIMIT + 1];
    struct bytes bound = { key, sizeof(key) }, none = { 0 };
    struct page page;

    (void)state;
    memset(key, 'k', sizeof(key));
    key[KEY_LIMIT] = 0;
    assert_ok(store_write(store, put_longest, NULL));
    assert_ok(store_begin(&txn, store));
    assert_ok(txn_page(txn, TREE_TERMS, bound, none, FORWARD, 9, arena, &page));
    assert_int_equal(page.count, 1);
    assert_int_equal(page.entries[0].key.len, 1);
    assert_ok(txn_page(txn, TREE_TERMS, none, bound, BACKWARD, 1, arena, &page));
    assert_int_equal(page.entries[0].key.len, KEY_LIMIT);
    assert_true(page.more);
}

static void the_end_of_a_prefix_is_the_next_key_without_it(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();

    (void)state;
    assert_true(bytes_are(key_after_prefix(arena, bytes_of_string("ab")), "ac"));
    assert_true(bytes_are(key_after_prefix(arena, bytes_of_string("a\xff\xff")), "b"));
    assert_int_equal(key_after_prefix(arena, bytes_of_string("\xff\xff")).len, 0);
    assert_int_equal(key_after_prefix(arena, (struct bytes){ 0 }).len, 0);
}

struct sums {
    int64_t delta;
    int64_t inside;
    uint64_t number;
};

static enum err count(struct txn *txn, void *context)
{
    struct sums *sums = context;

    TRY(txn_add(txn, bytes_of_string("c/held"), sums->delta));
    TRY(txn_counter(txn, bytes_of_string("c/held"), &sums->inside));
    return txn_next(txn, bytes_of_string("case/KCT/23"), &sums->number);
}

static enum err reach(struct txn *txn, void *context)
{
    (void)context;
    TRY(txn_series_reach(txn, bytes_of_string("case/KCT/23"), 40));
    return txn_series_reach(txn, bytes_of_string("case/KCT/23"), 12);
}

static void counters_add_up_and_numbers_are_never_given_twice(void **state)
{
    struct sums sums = { .delta = 5 };
    AUTO_TXN struct txn *txn = NULL;
    int64_t value;

    (void)state;
    assert_ok(store_write(store, count, &sums));
    assert_int_equal(sums.inside, 5);
    assert_int_equal(sums.number, 1);
    sums.delta = -7;
    assert_ok(store_write(store, count, &sums));
    assert_int_equal(sums.inside, -2);
    assert_int_equal(sums.number, 2);
    assert_ok(store_begin(&txn, store));
    assert_ok(txn_counter(txn, bytes_of_string("c/held"), &value));
    assert_int_equal(value, -2);
    assert_ok(txn_counter(txn, bytes_of_string("c/other"), &value));
    assert_int_equal(value, 0);
    sums.delta = 2;
    assert_ok(store_write(store, reach, NULL));
    assert_ok(store_write(store, count, &sums));
    assert_int_equal(sums.number, 41);
    txn_end(txn);
    assert_ok(store_begin(&txn, store));
    assert_false(txn_has(txn, TREE_COUNTERS, bytes_of_string("c/held")));
}

static enum err change_then_fail(struct txn *txn, void *context)
{
    struct entries entries = { 50, 2, 0 };
    int64_t seen;

    (void)context;
    TRY(txn_put(txn, TREE_RECORDS, bytes_of_string("half"), bytes_of_string("done")));
    TRY(txn_add(txn, bytes_of_string("n"), 1));
    TRY(append_entries(txn, &entries));
    assert_true(stands(txn, TREE_RECORDS, "half", "done"));
    assert_ok(txn_counter(txn, bytes_of_string("n"), &seen));
    assert_int_equal(seen, 1);
    assert_int_equal(txn_size(txn), 3);
    return fail(ERR_REFUSED, "no");
}

static void a_closure_that_fails_changes_nothing(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    int64_t value;

    (void)state;
    assert_int_equal(store_write(store, change_then_fail, NULL), ERR_REFUSED);
    assert_string_equal(last_failure()->id, "no");
    assert_ok(store_begin(&txn, store));
    assert_true(stands(txn, TREE_RECORDS, "half", NULL));
    assert_int_equal(txn_size(txn), 1);
    assert_ok(txn_counter(txn, bytes_of_string("n"), &value));
    assert_int_equal(value, 0);
}

static enum err put_too_much(struct txn *txn, void *context)
{
    int *limit = context;

    for (uint32_t i = 0; i < (uint32_t)*limit; i++) {
        uint8_t key[4];

        write_u32(key, i);
        if (txn_put(txn, TREE_RECORDS, (struct bytes){ key, 4 }, bytes_of_string("x")) !=
            ERR_OK)
            return ERR_OK; /* a closure that does not look at its failures saves nothing either */
    }
    return ERR_OK;
}

static enum err put_too_long(struct txn *txn, void *context)
{
    uint8_t *large = context;
    struct bytes key = { large, CHECKED_KEY_LIMIT + 1 }, value = { large, VALUE_LIMIT + 1 };

    assert_int_equal(txn_put(txn, TREE_RECORDS, key, value), ERR_INVALID);
    assert_int_equal(txn_put(txn, TREE_RECORDS, bytes_of_string("v"), value), ERR_INVALID);
    value.len--;
    key.len--;
    return txn_put(txn, TREE_RECORDS, key, value);
}

static void a_change_over_the_limits_is_refused_whole(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    uint8_t *large = memory_new(VALUE_LIMIT + 1);
    uint8_t zero[4] = { 0 };
    int many = TRANSACTION_CHANGES + 1;

    (void)state;
    assert_int_equal(store_write(store, put_too_much, &many), ERR_INVALID);
    assert_ok(store_begin(&txn, store));
    assert_false(txn_has(txn, TREE_RECORDS, (struct bytes){ zero, 4 }));
    assert_ok(store_write(store, put_too_long, large));
    free(large);
}

/* ---- damage ---- */

struct seen {
    int good;
    int damaged;
    char names[256];
};

static void see(const struct entry *entry, void *context)
{
    struct seen *seen = context;

    if (!entry->damaged) {
        seen->good++;
        return;
    }
    assert_null(entry->value.data);
    seen->damaged++;
    snprintf(seen->names + strlen(seen->names), sizeof(seen->names) - strlen(seen->names),
             "%.*s ", (int)entry->key.len, (const char *)entry->key.data);
}

static void spoil_store(const void *what, size_t len)
{
    char path[128];

    store_close(store);
    copy_folder(place.store, place.copy);
    snprintf(path, sizeof(path), "%s/data.mdb", place.copy);
    assert_true(spoil_file(path, what, len) > 0);
    store = open_store(place.copy, STORE_READ_ONLY);
}

static void a_damaged_value_is_named_and_never_shown(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct bytes value = { 0 }, none = { 0 };
    struct seen seen = { 0 };
    struct page page;

    (void)state;
    put(TREE_RECORDS, "E-1", "weighs 20 kg");
    put(TREE_RECORDS, "E-2", "weighs 31 kg");
    put(TREE_RECORDS, "E-3", "weighs 44 kg");
    spoil_store("weighs 31", 9);
    assert_ok(store_begin(&txn, store));
    assert_int_equal(txn_get(txn, TREE_RECORDS, bytes_of_string("E-2"), arena, &value),
                     ERR_DAMAGED);
    assert_null(value.data);
    assert_string_equal(last_failure()->arguments[0].text, "R");
    assert_string_equal(last_failure()->arguments[1].text, "452d32");
    assert_true(stands(txn, TREE_RECORDS, "E-3", "weighs 44 kg"));
    assert_ok(txn_page(txn, TREE_RECORDS, none, none, BACKWARD, 10, arena, &page));
    assert_int_equal(page.count, 3);
    assert_true(!page.entries[0].damaged && page.entries[1].damaged &&
                !page.entries[2].damaged);
    assert_null(page.entries[1].value.data);
    assert_true(bytes_are(page.entries[1].key, "E-2"));
    assert_ok(store_walk(store, TREE_RECORDS, see, &seen));
    assert_int_equal(seen.good, 2);
    assert_string_equal(seen.names, "E-2 ");
}

static void a_damaged_key_is_found_by_the_walk(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    put(TREE_INDEXES, "aaaa", "");
    put(TREE_INDEXES, "bbbb", "");
    put(TREE_INDEXES, "cccc", "");
    put(TREE_INDEXES, "dddx", "");
    put(TREE_INDEXES, "eeee", "");
    put(TREE_RECORDS, "good key", "one");
    put(TREE_RECORDS, "worn key", "two");
    put(TREE_RECORDS, "x key", "three");
    spoil_store("worn key", 8);
    assert_ok(store_walk(store, TREE_RECORDS, see, &seen));
    assert_int_equal(seen.good, 2);
    assert_string_equal(seen.names, "worn kex ");
    seen = (struct seen){ 0 };
    assert_ok(store_walk(store, TREE_INDEXES, see, &seen));
    assert_int_equal(seen.good, 5);
    assert_int_equal(seen.damaged, 0);
}

static enum err put_many(struct txn *txn, void *context)
{
    uint32_t *from = context;

    for (uint32_t i = *from; i < *from + 5000; i++) {
        uint8_t key[4];

        write_u32(key, i);
        TRY(txn_put(txn, TREE_RECORDS, (struct bytes){ key, 4 },
                    bytes_of_string("some value")));
    }
    return ERR_OK;
}

static void a_walk_in_slices_sees_every_entry_once(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    for (uint32_t from = 0; from < 15000; from += 5000)
        assert_ok(store_write(store, put_many, &from));
    assert_ok(store_walk(store, TREE_RECORDS, see, &seen));
    assert_int_equal(seen.good, 15000);
    assert_int_equal(seen.damaged, 0);
}

static void a_zeroed_page_is_damage_and_not_the_end_of_the_program(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    char path[128];
    uint8_t zero[4096] = { 0 };
    struct stat status;
    int file, failures = 0;

    (void)state;
    for (uint32_t from = 0; from < 10000; from += 5000)
        assert_ok(store_write(store, put_many, &from));
    store_close(store);
    snprintf(path, sizeof(path), "%s/data.mdb", place.store);
    file = open(path, O_WRONLY);
    assert_int_equal(fstat(file, &status), 0);
    /* All pages but the two heads and the newest ones, where the branches stand. */
    for (off_t at = 8192; at < status.st_size - 16 * 4096; at += 4096)
        assert_int_equal(pwrite(file, zero, sizeof(zero), at), sizeof(zero));
    close(file);
    if (store_open(&store, place.store, STORE_READ_ONLY) == ERR_OK) {
        AUTO_TXN struct txn *txn = NULL;

        if (store_begin(&txn, store) == ERR_OK)
            for (uint32_t i = 0; i < 10000; i++) {
                uint8_t key[4];
                struct bytes value;

                write_u32(key, i);
                failures += txn_get(txn, TREE_RECORDS, (struct bytes){ key, 4 }, arena,
                                    &value) == ERR_DAMAGED;
            }
    } else {
        store = NULL;
        failures = last_failure_code() == ERR_DAMAGED;
    }
    assert_true(failures > 0);
}

static void a_truncated_store_is_refused_as_damaged(void **state)
{
    char path[128];
    struct stat status;

    (void)state;
    assert_ok(append_to(store, 10, 500));
    store_close(store);
    snprintf(path, sizeof(path), "%s/data.mdb", place.store);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(truncate(path, status.st_size / 2), 0);
    assert_int_equal(store_open(&store, place.store, STORE_READ_ONLY), ERR_DAMAGED);
    assert_int_equal(store_open(&store, place.store, STORE_WRITABLE), ERR_DAMAGED);
    store = NULL;
}

static enum err delete_many(struct txn *txn, void *context)
{
    uint32_t *from = context;

    for (uint32_t i = *from; i < *from + 5000; i++) {
        uint8_t key[4];

        write_u32(key, i);
        TRY(txn_delete(txn, TREE_RECORDS, (struct bytes){ key, 4 }));
    }
    return ERR_OK;
}

/* Free pages at the end need not be in the file: a commit may give back pages that it never wrote. */
static void a_file_that_lacks_only_free_pages_is_whole(void **state)
{
    char path[128];
    struct stat status;
    uint32_t from = 0;
    off_t len;

    (void)state;
    assert_ok(store_write(store, put_many, &from));
    assert_ok(store_write(store, delete_many, &from));
    put(TREE_RECORDS, "kept", "value");
    put(TREE_RECORDS, "kept", "value2");
    put(TREE_RECORDS, "kept", "value3");
    store_close(store);
    snprintf(path, sizeof(path), "%s/data.mdb", place.store);
    assert_int_equal(stat(path, &status), 0);
    for (len = status.st_size - 4096; len > 0; len -= 4096) {
        assert_int_equal(truncate(path, len), 0);
        if (store_open(&store, place.store, STORE_READ_ONLY) != ERR_OK)
            break;
        AUTO_TXN struct txn *txn = NULL;

        assert_ok(store_begin(&txn, store));
        assert_true(stands(txn, TREE_RECORDS, "kept", "value3"));
        txn_end(txn);
        txn = NULL;
        store_close(store);
    }
    assert_int_equal(last_failure_code(), ERR_DAMAGED);
    assert_true(len < status.st_size - 4096);
    store = NULL;
}

static void ignore_fault(const struct message *message, void *context)
{
    (void)message;
    ++*(int *)context;
}

static void a_store_made_in_bulk_is_left_without_free_pages_and_goes_on(void **state)
{
    struct store_identity identity = { .origin = TEXT(STORE_ORIGIN), .site = 3, .demo = true };
    struct store *bulk;
    char path[128];
    struct stat before, after;
    uint32_t from = 0;
    uint64_t pages;
    int faults = 0;

    (void)state;
    snprintf(path, sizeof(path), "%s/data.mdb", place.copy);
    assert_ok(store_create(&bulk, place.copy, &identity));
    store_unsynced(bulk);
    assert_ok(append_to(bulk, 0, 10));
    for (from = 0; from < 20000; from += 5000)
        assert_ok(store_write(bulk, put_many, &from));
    for (from = 0; from < 15000; from += 5000)
        assert_ok(store_write(bulk, delete_many, &from));
    assert_ok(store_check_pages(bulk, ignore_fault, &faults, &pages));
    snprintf(path, sizeof(path), "%s/data.mdb", store_folder(bulk));
    assert_int_equal(stat(path, &before), 0);
    assert_ok(store_finish(bulk));
    snprintf(path, sizeof(path), "%s/data.mdb", place.copy);
    assert_int_equal(stat(path, &after), 0);
    assert_true(after.st_size < before.st_size / 2);
    assert_int_equal(after.st_mode & 0777, 0600);
    assert_ok(append_to(bulk, 10, 5));
    store_close(bulk);
    bulk = open_store(place.copy, STORE_WRITABLE);

    AUTO_TXN struct txn *txn = NULL;
    uint8_t key[4];

    assert_ok(append_to(bulk, 15, 5));
    assert_ok(store_begin(&txn, bulk));
    assert_int_equal(txn_size(txn), 20);
    write_u32(key, 19999);
    assert_true(txn_has(txn, TREE_RECORDS, (struct bytes){ key, 4 }));
    write_u32(key, 14999);
    assert_false(txn_has(txn, TREE_RECORDS, (struct bytes){ key, 4 }));
    txn_end(txn);
    txn = NULL;
    assert_ok(store_check_pages(bulk, ignore_fault, &faults, &pages));
    assert_int_equal(faults, 0);
    store_close(bulk);
}

/* ---- places ---- */

static void a_folder_without_a_store_says_so(void **state)
{
    struct store *none;
    char path[160];

    (void)state;
    assert_int_equal(store_open(&none, place.copy, STORE_WRITABLE), ERR_MISSING);
    assert_int_equal(store_open(&none, place.folder, STORE_READ_ONLY), ERR_MISSING);
    snprintf(path, sizeof(path), "%s/data.mdb", place.folder);
    close(open(path, O_CREAT | O_WRONLY, 0600));
    assert_int_equal(store_open(&none, place.folder, STORE_READ_ONLY), ERR_MISSING);
    snprintf(path, sizeof(path), "%s/lock.mdb", place.folder);
    assert_false(file_exists(path));
}

static void a_store_without_its_signing_key_is_read_only(void **state)
{
    char path[128];
    struct store *reader;

    (void)state;
    put(TREE_RECORDS, "a", "one");
    store_close(store);
    store = NULL;
    snprintf(path, sizeof(path), "%s/keys/log", place.store);
    assert_ok(file_remove(path));
    assert_int_equal(store_open(&reader, place.store, STORE_WRITABLE), ERR_READ_ONLY);
    reader = open_store(place.store, STORE_READ_ONLY);
    assert_false(store_writable(reader));
    assert_int_equal(append_to(reader, 5, 1), ERR_READ_ONLY);
    store_close(reader);
}

static void another_stores_key_does_not_sign_this_one(void **state)
{
    char from[128], to[128], command[300];
    struct store *other = make_store(place.copy, 1);

    (void)state;
    store_close(other);
    store_close(store);
    store = NULL;
    snprintf(from, sizeof(from), "%s/keys/log", place.copy);
    snprintf(to, sizeof(to), "%s/keys/log", place.store);
    snprintf(command, sizeof(command), "cp '%s' '%s'", from, to);
    assert_int_equal(system(command), 0);
    assert_int_equal(store_open(&other, place.store, STORE_WRITABLE), ERR_READ_ONLY);
}

static void only_its_owner_can_read_a_store(void **state)
{
    static const char *const names[] = { "data.mdb", "lock.mdb", "lock", "keys/log" };
    char path[128];
    struct stat status;

    (void)state;
    assert_int_equal(stat(place.store, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        snprintf(path, sizeof(path), "%s/%s", place.store, names[i]);
        assert_int_equal(stat(path, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0600);
    }
}

static void an_attachment_is_kept_by_its_hash(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct hash256 hash, again, other;
    struct bytes data;
    char command[200];

    (void)state;
    assert_ok(blob_put(store, bytes_of_string("a photograph"), &hash));
    assert_ok(blob_put(store, bytes_of_string("a photograph"), &again));
    assert_true(hash_equal(&hash, &again));
    assert_ok(blob_get(store, &hash, arena, &data));
    assert_true(bytes_are(data, "a photograph"));
    other = hash;
    other.byte[31] ^= 1;
    assert_int_equal(blob_get(store, &other, arena, &data), ERR_MISSING);
    snprintf(command, sizeof(command), "for f in '%s'/files/*/*; do printf x >>$f; done",
             place.store);
    assert_int_equal(system(command), 0);
    assert_int_equal(blob_get(store, &hash, arena, &data), ERR_DAMAGED);
    assert_ok(blob_put(store, bytes_of_string("a photograph"), &hash));
    assert_ok(blob_get(store, &hash, arena, &data));
}

static void an_envelope_says_which_revision_it_holds(void **state)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct envelope in = { .revision = 3, .sequence = 77, .payload = bytes_of_string("\xa0") };
    struct envelope read;

    (void)state;
    envelope_encode(&out, &in);
    assert_int_equal(out.len, ENVELOPE_SIZE + 1);
    assert_ok(envelope_decode(&read, buffer_bytes(&out)));
    assert_int_equal(read.revision, 3);
    assert_int_equal(read.sequence, 77);
    assert_true(bytes_are(read.payload, "\xa0"));
    assert_int_equal(envelope_decode(&read, (struct bytes){ out.data, 13 }), ERR_DAMAGED);
    out.data[0] = 2;
    assert_int_equal(envelope_decode(&read, buffer_bytes(&out)), ERR_NEWER);
    out.data[0] = 1;
    memset(out.data + 2, 0, 4);
    assert_int_equal(envelope_decode(&read, buffer_bytes(&out)), ERR_DAMAGED);
}

static void the_size_is_known_without_reading_when_nothing_changed(void **state)
{
    uint64_t size;

    (void)state;
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 1);
    assert_ok(append_to(store, 9, 3));
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 4);
}

static void another_process_sees_what_is_saved(void **state)
{
    int ready[2], done;
    char byte;
    uint64_t size;
    pid_t child;

    (void)state;
    store_close(store);
    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        struct store *mine;
        bool good = store_open(&mine, place.store, STORE_WRITABLE) == ERR_OK;

        good = good && append_to(mine, 20, 2) == ERR_OK;
        if (good)
            store_close(mine);
        good = write(ready[1], "x", 1) == 1 && good;
        _exit(good ? 0 : 1);
    }
    store = open_store(place.store, STORE_WRITABLE);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(waitpid(child, &done, 0), child);
    assert_int_equal(done, 0);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 3);
    close(ready[0]);
    close(ready[1]);
}

/* Pages are what a durable commit costs: the disk's share of it grows with each. */
static void an_entry_with_two_bodies_costs_six_pages_at_most(void **state)
{
    enum { COMMITS = 100 };
    uint64_t before = store_pages_written(store), pages;

    (void)state;
    for (uint64_t i = 0; i < COMMITS; i++)
        assert_ok(append_to(store, 100 + i, 1));
    pages = store_pages_written(store) - before;
    print_message("# %.1f pages each\n", (double)pages / COMMITS);
    assert_true(pages <= COMMITS * 6);
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(a_snapshot_stays_as_it_was),
        IN_STORE(what_was_saved_is_there_after_opening_again),
        IN_STORE(ranges_are_read_both_ways_and_resumed),
        IN_STORE(a_range_resumes_behind_the_longest_key),
        cmocka_unit_test(the_end_of_a_prefix_is_the_next_key_without_it),
        IN_STORE(counters_add_up_and_numbers_are_never_given_twice),
        IN_STORE(a_closure_that_fails_changes_nothing),
        IN_STORE(a_change_over_the_limits_is_refused_whole),
        IN_STORE(a_damaged_value_is_named_and_never_shown),
        IN_STORE(a_damaged_key_is_found_by_the_walk),
        IN_STORE(a_walk_in_slices_sees_every_entry_once),
        IN_STORE(a_zeroed_page_is_damage_and_not_the_end_of_the_program),
        IN_STORE(a_truncated_store_is_refused_as_damaged),
        IN_STORE(a_file_that_lacks_only_free_pages_is_whole),
        IN_STORE(a_store_made_in_bulk_is_left_without_free_pages_and_goes_on),
        IN_STORE(a_folder_without_a_store_says_so),
        IN_STORE(a_store_without_its_signing_key_is_read_only),
        IN_STORE(another_stores_key_does_not_sign_this_one),
        IN_STORE(only_its_owner_can_read_a_store),
        IN_STORE(an_attachment_is_kept_by_its_hash),
        cmocka_unit_test(an_envelope_says_which_revision_it_holds),
        IN_STORE(the_size_is_known_without_reading_when_nothing_changed),
        IN_STORE(an_entry_with_two_bodies_costs_six_pages_at_most),
        IN_STORE(another_process_sees_what_is_saved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
