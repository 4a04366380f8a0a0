#include "tests/check.h"

#include "core/change/mirror.h"
#include "tests/store_example.h"

#include <sys/wait.h>

static struct place place;
static struct store *store;

static int set_up(void **state)
{
    (void)state;
    place_make(&place);
    store = make_store(place.store, 5);
    assert_ok(mirror_catch_up(store));
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

static const char *journal_file(const char *name)
{
    static char path[160];

    snprintf(path, sizeof(path), "%s/journal/%s", place.store, name);
    return path;
}

static off_t length_of(const char *name)
{
    struct stat status;

    assert_int_equal(stat(journal_file(name), &status), 0);
    return status.st_size;
}

static void add_to_file(const char *name, const char *text)
{
    int file = open(journal_file(name), O_WRONLY | O_APPEND);

    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
}

struct walked {
    uint64_t entries;
    uint64_t dropped;
    struct txn *txn;
};

/* Each entry must be byte for byte what the database holds. */
static enum err compare_entry(const struct mirror_entry *entry, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct walked *walked = context;
    struct bytes leaf, body;

    assert_int_equal(entry->sequence, walked->entries++);
    assert_ok(txn_leaf(walked->txn, entry->sequence, arena, &leaf));
    assert_int_equal(leaf.len, entry->leaf.len);
    assert_memory_equal(leaf.data, entry->leaf.data, leaf.len);
    assert_int_equal(entry->body_count, 2);
    for (size_t i = 0; i < entry->body_count; i++) {
        enum err err = txn_body(walked->txn, entry->sequence, (uint16_t)i, arena, &body);

        assert_int_equal(entry->bodies[i].n, i);
        if (err == ERR_MISSING) {
            assert_int_equal(entry->bodies[i].body.len, 0);
            walked->dropped++;
            continue;
        }
        assert_ok(err);
        assert_int_equal(body.len, entry->bodies[i].body.len);
        assert_memory_equal(body.data, entry->bodies[i].body.data, body.len);
    }
    return ERR_OK;
}

static struct walked assert_mirror_is_whole(void)
{
    AUTO_TXN struct txn *txn = NULL;
    struct walked walked = { 0 };
    uint64_t size;

    assert_ok(store_begin(&txn, store));
    walked.txn = txn;
    assert_ok(mirror_walk(journal_file(""), compare_entry, &walked));
    assert_int_equal(walked.entries, txn_size(txn));
    assert_ok(mirror_size(store, &size));
    assert_int_equal(size, txn_size(txn));
    assert_ok(mirror_check(store));
    return walked;
}

/* ---- tests ---- */

static void a_mirror_that_is_behind_catches_up(void **state)
{
    uint64_t size;

    (void)state;
    assert_ok(append_to(store, 5, 3));
    assert_ok(mirror_size(store, &size));
    assert_int_equal(size, 5);
    assert_ok(mirror_check(store));
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
    assert_ok(append_to(store, 8, 900));
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
}

static void a_mirror_with_nothing_to_do_is_left_alone(void **state)
{
    struct stat before, after;

    (void)state;
    assert_int_equal(stat(journal_file("head"), &before), 0);
    assert_ok(mirror_catch_up(store));
    assert_int_equal(stat(journal_file("head"), &after), 0);
    assert_int_equal(before.st_ino, after.st_ino);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_torn_tail_is_cut_and_copied_again(void **state)
{
    (void)state;
    /* A crash in the middle of a copy: a part of a leaf, of a body, and no new head. */
    assert_ok(append_to(store, 5, 2));
    add_to_file("000000.leaf", "\0\0\1");
    add_to_file("000000.body", "torn");
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
    /* Files that are shorter than their head says: a power cut before they were written. */
    assert_int_equal(truncate(journal_file("000000.leaf"), length_of("000000.leaf") - 7), 0);
    assert_int_equal(truncate(journal_file("000000.body"), length_of("000000.body") / 2), 0);
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
    assert_int_equal(truncate(journal_file("000000.leaf"), 0), 0);
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
}

static void every_cut_of_the_files_is_mended(void **state)
{
    off_t leaves = length_of("000000.leaf"), bodies = length_of("000000.body");

    (void)state;
    for (off_t cut = 0; cut < leaves; cut += 13) {
        assert_int_equal(truncate(journal_file("000000.leaf"), cut), 0);
        assert_int_equal(truncate(journal_file("000000.body"), cut * bodies / leaves), 0);
        assert_ok(mirror_catch_up(store));
        assert_int_equal(length_of("000000.leaf"), leaves);
        assert_int_equal(length_of("000000.body"), bodies);
    }
    assert_mirror_is_whole();
}

static void a_mirror_that_was_lost_is_made_again(void **state)
{
    (void)state;
    assert_ok(file_remove(journal_file("head")));
    assert_ok(mirror_check(store));
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
    assert_ok(file_remove(journal_file("head")));
    assert_ok(file_remove(journal_file("lock")));
    assert_ok(file_remove(journal_file("000000.leaf")));
    assert_ok(file_remove(journal_file("000000.body")));
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
    /* A power cut may leave the newest name on an empty file. */
    assert_int_equal(truncate(journal_file("head"), 0), 0);
    assert_ok(mirror_check(store));
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
}

static void save_database(void)
{
    char from[128], to[128];

    snprintf(from, sizeof(from), "%s/data.mdb", place.store);
    snprintf(to, sizeof(to), "%s.old", place.copy);
    copy_folder(from, to);
}

static void put_old_database_back(void)
{
    char from[128], to[128];

    store_close(store);
    snprintf(from, sizeof(from), "%s.old", place.copy);
    snprintf(to, sizeof(to), "%s/data.mdb", place.store);
    assert_ok(file_remove(to));
    copy_folder(from, to);
    store = open_store(place.store, STORE_WRITABLE);
}

static void a_rolled_back_database_is_refused_and_both_heads_named(void **state)
{
    const struct message *said = last_failure();

    (void)state;
    save_database();
    assert_ok(append_to(store, 5, 3));
    assert_ok(mirror_catch_up(store));
    put_old_database_back();
    assert_int_equal(mirror_check(store), ERR_ROLLED_BACK);
    assert_int_equal(said->arguments[0].number, 8);
    assert_int_equal(said->arguments[2].number, 5);
    assert_int_equal(strlen(said->arguments[1].text), 16);
    assert_int_equal(strlen(said->arguments[3].text), 16);
    assert_string_not_equal(said->arguments[1].text, said->arguments[3].text);
    assert_int_equal(mirror_catch_up(store), ERR_ROLLED_BACK);
    assert_true(length_of("000000.leaf") > 0);
}

static void a_database_that_went_another_way_is_refused_too(void **state)
{
    (void)state;
    save_database();
    assert_ok(append_to(store, 5, 3));
    assert_ok(mirror_catch_up(store));
    put_old_database_back();
    assert_ok(append_to(store, 70, 6)); /* longer than the mirror */
    assert_int_equal(mirror_check(store), ERR_ROLLED_BACK);
}

static void files_ahead_of_their_head_show_a_roll_back_too(void **state)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes head;

    (void)state;
    save_database();
    assert_ok(file_read(arena, journal_file("head"), NOTE_LIMIT, &head));
    assert_ok(append_to(store, 5, 3));
    assert_ok(mirror_catch_up(store));
    assert_ok(file_replace(journal_file("head"), head, 0600));
    put_old_database_back();
    assert_ok(mirror_check(store));
    assert_int_equal(mirror_catch_up(store), ERR_ROLLED_BACK);
}

static void a_head_that_the_log_did_not_sign_is_damage(void **state)
{
    (void)state;
    add_to_file("head", "more\n");
    assert_int_equal(mirror_check(store), ERR_DAMAGED);
    assert_int_equal(truncate(journal_file("head"), 9), 0);
    assert_int_equal(mirror_check(store), ERR_DAMAGED);
    store_close(make_store(place.copy, 9));
    {
        char from[160], to[160];

        store_close(store);
        store = open_store(place.copy, STORE_WRITABLE);
        assert_ok(mirror_catch_up(store));
        store_close(store);
        store = open_store(place.store, STORE_WRITABLE);
        snprintf(from, sizeof(from), "%s/journal/head", place.copy);
        snprintf(to, sizeof(to), "%s", journal_file("head"));
        assert_ok(file_remove(to));
        copy_folder(from, to);
    }
    assert_int_equal(mirror_check(store), ERR_DAMAGED);
}

static enum err drop_body(struct txn *txn, void *context)
{
    uint8_t key[10] = { 0, 0, 0, 0, 0, 0, 0, 5, 0, 1 };

    (void)context;
    return txn_delete(txn, TREE_BODIES, (struct bytes){ key, sizeof(key) });
}

static void a_dropped_body_gets_an_empty_frame(void **state)
{
    (void)state;
    assert_ok(append_to(store, 5, 1));
    assert_ok(store_write(store, drop_body, NULL));
    assert_ok(mirror_catch_up(store));
    assert_int_equal(assert_mirror_is_whole().dropped, 1);
}

static enum err stop_at_three(const struct mirror_entry *entry, void *context)
{
    (void)context;
    return entry->sequence == 3 ? ERR_INTERRUPTED : ERR_OK;
}

static enum err any_entry(const struct mirror_entry *entry, void *context)
{
    uint64_t *count = context;

    (void)entry;
    ++*count;
    return ERR_OK;
}

static void a_walk_stops_where_it_is_told_and_names_damage(void **state)
{
    uint64_t count = 0;
    off_t len = length_of("000000.leaf");

    (void)state;
    assert_int_equal(mirror_walk(journal_file(""), stop_at_three, NULL), ERR_INTERRUPTED);
    assert_int_equal(mirror_walk(place.copy, any_entry, &count), ERR_MISSING);
    /* A torn last frame is no entry; one out of order is damage. */
    assert_int_equal(truncate(journal_file("000000.leaf"), len - 5), 0);
    assert_ok(mirror_walk(journal_file(""), any_entry, &count));
    assert_int_equal(count, 4);
    assert_int_equal(truncate(journal_file("000000.leaf"), 0), 0);
    add_to_file("000000.leaf", "x");
    assert_int_equal(truncate(journal_file("000000.leaf"), 4 + 64), 0);
    {
        int file = open(journal_file("000000.leaf"), O_WRONLY);

        assert_int_equal(pwrite(file, "\0\0\0\100TW\1\0", 8, 0), 8);
        assert_int_equal(pwrite(file, "\7", 1, 4 + 4 + 7), 1);
        close(file);
    }
    assert_int_equal(mirror_walk(journal_file(""), any_entry, &count), ERR_DAMAGED);
}

static void a_journal_goes_on_in_a_second_file(void **state)
{
    struct store_identity identity = { .origin = TEXT(STORE_ORIGIN) };

    (void)state;
    store_close(store);
    place_remove(&place);
    place_make(&place);
    assert_ok(store_create(&store, place.store, &identity));
    store_unsynced(store);
    for (uint64_t first = 0; first < MIRROR_ENTRIES - 3; first += 8191)
        assert_ok(append_to(store, first, 8191));
    assert_ok(store_finish(store));
    for (uint64_t first = 70000; first < 70012; first++) {
        assert_ok(append_to(store, first, 1));
        assert_ok(mirror_catch_up(store));
    }
    assert_mirror_is_whole();
    assert_true(length_of("000001.leaf") > 0);
    /* A crash just before the second file's bodies were there. */
    assert_int_equal(truncate(journal_file("000001.body"), 1), 0);
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
    /* And one while the first file was being completed. */
    assert_ok(file_remove(journal_file("000001.leaf")));
    assert_ok(file_remove(journal_file("000001.body")));
    assert_ok(file_remove(journal_file("head")));
    assert_int_equal(truncate(journal_file("000000.body"), length_of("000000.body") - 9), 0);
    assert_ok(mirror_catch_up(store));
    assert_mirror_is_whole();
}

/* Another process, which opens the store again and again while this one saves. */
static int opens_while(int until)
{
    char byte;

    while (read(until, &byte, 1) < 0) { /* nothing yet */
        struct store *mine;
        enum err err = store_open(&mine, place.store, STORE_READ_ONLY);

        if (err == ERR_OK)
            err = mirror_check(mine);
        if (err != ERR_OK)
            return 1;
        store_close(mine);
    }
    return 0;
}

static void who_opens_while_another_saves_never_reads_half_a_head(void **state)
{
    int until[2], done = -1;
    pid_t child;

    (void)state;
    store_close(store);
    store = NULL;
    assert_int_equal(pipe(until), 0);
    assert_int_equal(fcntl(until[0], F_SETFL, O_NONBLOCK), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(opens_while(until[0]));
    store = open_store(place.store, STORE_WRITABLE);
    for (uint64_t i = 5; i < 305; i++) {
        assert_ok(append_to(store, i, 1));
        assert_ok(mirror_catch_up(store));
    }
    assert_int_equal(write(until[1], "x", 1), 1);
    assert_int_equal(waitpid(child, &done, 0), child);
    assert_int_equal(done, 0);
    close(until[0]);
    close(until[1]);
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(a_mirror_that_is_behind_catches_up),
        IN_STORE(a_mirror_with_nothing_to_do_is_left_alone),
        IN_STORE(a_torn_tail_is_cut_and_copied_again),
        IN_STORE(every_cut_of_the_files_is_mended),
        IN_STORE(a_mirror_that_was_lost_is_made_again),
        IN_STORE(a_rolled_back_database_is_refused_and_both_heads_named),
        IN_STORE(a_database_that_went_another_way_is_refused_too),
        IN_STORE(files_ahead_of_their_head_show_a_roll_back_too),
        IN_STORE(a_head_that_the_log_did_not_sign_is_damage),
        IN_STORE(a_dropped_body_gets_an_empty_frame),
        IN_STORE(a_walk_stops_where_it_is_told_and_names_damage),
        IN_STORE(a_journal_goes_on_in_a_second_file),
        IN_STORE(who_opens_while_another_saves_never_reads_half_a_head),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
