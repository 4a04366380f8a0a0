#include "tests/check.h"

#include "core/store/store.h"
#include "tests/store_example.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

static struct place place;

static int set_up(void **state)
{
    (void)state;
    assert_ok(crypto_start());
    place_make(&place);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    place_remove(&place);
    return 0;
}

static const struct store_identity identity = {
    .origin = { STORE_ORIGIN, sizeof(STORE_ORIGIN) - 1 }, .site = 3, .demo = true
};

/* The name of the only thing in the test's folder; empty where there is nothing. */
static void only_name(char out[160])
{
    DIR *folder = opendir(place.folder);
    struct dirent *entry;

    out[0] = '\0';
    while ((entry = readdir(folder)))
        if (entry->d_name[0] != '.')
            snprintf(out, 160, "%.70s/%.80s", place.folder, entry->d_name);
    closedir(folder);
}

static void a_new_store_is_what_it_was_made_as(void **state)
{
    struct store *store = make_store(place.store, 1);
    struct note_key log = store_identity(store)->log;

    (void)state;
    assert_string_equal(store_folder(store), place.store);
    assert_ok(append_to(store, 1, 1)); /* it stays open */
    store_close(store);
    store = open_store(place.store, STORE_READ_ONLY);
    assert_true(text_is(store_identity(store)->origin, STORE_ORIGIN));
    assert_int_equal(store_identity(store)->site, 3);
    assert_int_equal(store_identity(store)->format, STORE_FORMAT);
    assert_true(store_identity(store)->demo);
    assert_memory_equal(store_identity(store)->log.key.byte, log.key.byte, 32);
    store_close(store);
}

static void a_store_killed_before_it_was_finished_is_no_store(void **state)
{
    char left[160];
    struct store *store;
    int status;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        if (store_create(&store, place.store, &identity) != ERR_OK ||
            append_to(store, 0, 1) != ERR_OK)
            _exit(1);
        kill(getpid(), SIGKILL);
    }
    waitpid(child, &status, 0);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(store_open(&store, place.store, STORE_WRITABLE), ERR_MISSING);
    only_name(left);
    assert_string_not_equal(left, "");
    assert_int_equal(store_open(&store, left, STORE_READ_ONLY), ERR_MISSING);
    /* Nor does its name make it one. */
    assert_int_equal(rename(left, place.store), 0);
    assert_int_equal(store_open(&store, place.store, STORE_WRITABLE), ERR_MISSING);
}

static void a_folder_that_is_there_is_left_as_it_is(void **state)
{
    struct store *store;
    char path[160];

    (void)state;
    assert_ok(folder_make(place.store, 0700));
    snprintf(path, sizeof(path), "%s/", place.store);
    assert_int_equal(store_create(&store, place.store, &identity), ERR_CONFLICT);
    assert_int_equal(store_create(&store, path, &identity), ERR_CONFLICT);
    only_name(path);
    assert_string_equal(path, place.store);
}

static void a_folder_that_came_in_between_is_not_replaced(void **state)
{
    struct store *store;

    (void)state;
    assert_ok(store_create(&store, place.store, &identity));
    assert_ok(folder_make(place.store, 0700));
    assert_int_equal(store_finish(store), ERR_CONFLICT);
    store_abandon(store);
    assert_int_equal(rmdir(place.store), 0);
}

static void an_abandoned_store_leaves_nothing(void **state)
{
    char left[160];
    struct store *store;

    (void)state;
    assert_ok(store_create(&store, place.store, &identity));
    assert_ok(append_to(store, 0, 3));
    store_abandon(store);
    only_name(left);
    assert_string_equal(left, "");
}

static void a_name_that_no_log_can_have_makes_no_store(void **state)
{
    struct store_identity bad = identity;
    struct store *store;
    char left[160];

    (void)state;
    bad.origin = TEXT("customs example");
    assert_int_equal(store_create(&store, place.store, &bad), ERR_INVALID);
    assert_int_equal(store_create(&store, "/proc/nothing/here", &identity), ERR_MISSING);
    only_name(left);
    assert_string_equal(left, "");
}

static void a_store_made_in_bulk_is_whole(void **state)
{
    struct store *store;
    uint64_t size;

    (void)state;
    assert_ok(store_create(&store, place.store, &identity));
    store_unsynced(store);
    assert_ok(append_to(store, 0, 12000)); /* over what one change may hold later */
    assert_ok(store_finish(store));
    assert_int_equal(append_to(store, 20000, 12000), ERR_INVALID);
    store_close(store);
    store = open_store(place.store, STORE_WRITABLE);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 12000);
    store_close(store);
}

static bool fails_at(const char *operation, const char *path)
{
    (void)path;
    return strcmp(operation, "sync") == 0;
}

static void a_disk_that_cannot_be_synced_makes_no_store(void **state)
{
    struct seams table = *seams();
    struct store *store;
    char left[160];

    (void)state;
    table.fail_file = fails_at;
    seams_set(&table);
    assert_int_equal(store_create(&store, place.store, &identity), ERR_IO);
    seams_set(NULL);
    only_name(left);
    assert_string_equal(left, "");
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(a_new_store_is_what_it_was_made_as),
        IN_PLACE(a_store_killed_before_it_was_finished_is_no_store),
        IN_PLACE(a_folder_that_is_there_is_left_as_it_is),
        IN_PLACE(a_folder_that_came_in_between_is_not_replaced),
        IN_PLACE(an_abandoned_store_leaves_nothing),
        IN_PLACE(a_name_that_no_log_can_have_makes_no_store),
        IN_PLACE(a_store_made_in_bulk_is_whole),
        IN_PLACE(a_disk_that_cannot_be_synced_makes_no_store),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
