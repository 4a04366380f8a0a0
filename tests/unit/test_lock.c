#include "tests/check.h"

#include "core/store/inside.h"
#include "tests/store_example.h"

#include <signal.h>
#include <sys/wait.h>

/* A wait that is long enough for a machine under load to free a lock in, where one is freed. */
enum { SHORT_WAIT_MS = 300 };

static struct place place;

static int set_up(void **state)
{
    (void)state;
    place_make(&place);
    store_close(make_store(place.store, 1));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    place_remove(&place);
    return 0;
}

static enum err say_and_stop(struct txn *txn, void *context)
{
    int *ready = context;
    struct entries entries = { 500, 1, 0 };

    TRY(append_entries(txn, &entries));
    if (write(*ready, "x", 1) != 1)
        return fail(ERR_IO, "pipe");
    raise(SIGSTOP);
    return ERR_OK;
}

/* A session that is stopped in the middle of a save, as "D-1204 pts/3". */
static pid_t stopped_writer(void)
{
    int ready[2], status;
    char byte;
    pid_t child;

    assert_int_equal(pipe(ready), 0);
    child = fork();
    if (child == 0) {
        struct store *store = open_store(place.store, STORE_WRITABLE);

        store_set_holder(store, "D-1204 pts/3");
        (void)store_write(store, say_and_stop, &ready[1]);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void kill_and_reap(pid_t child)
{
    int status;

    kill(child, SIGKILL);
    waitpid(child, &status, 0);
}

static void a_stopped_writer_is_named_to_those_who_wait(void **state)
{
    pid_t child = stopped_writer();
    struct store *store = open_store(place.store, STORE_WRITABLE);
    const struct message *said;
    uint64_t size;

    (void)state;
    store->lock_wait_ms = SHORT_WAIT_MS;
    assert_int_equal(append_to(store, 10, 1), ERR_BUSY);
    said = last_failure();
    assert_string_equal(said->arguments[0].text, "D-1204 pts/3");
    assert_int_equal(said->arguments[1].number, child);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 1);
    kill_and_reap(child);
    store_close(store);
}

static void a_killed_writer_frees_the_store_at_once(void **state)
{
    pid_t child = stopped_writer();
    struct store *store = open_store(place.store, STORE_WRITABLE);
    uint64_t size;

    (void)state;
    kill_and_reap(child);
    store->lock_wait_ms = SHORT_WAIT_MS;
    assert_ok(append_to(store, 10, 1));
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 2); /* nothing of the killed one */
    store_close(store);
}

static void a_stopped_writer_that_goes_on_saves_and_frees(void **state)
{
    pid_t child = stopped_writer();
    struct store *store = open_store(place.store, STORE_WRITABLE);
    uint64_t size;
    int status;

    (void)state;
    kill(child, SIGCONT);
    assert_ok(append_to(store, 10, 1));
    waitpid(child, &status, 0);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 3);
    store_close(store);
}

/* After a power cut the file may say that a process of an earlier start holds it. */
static void a_lock_that_nobody_alive_holds_is_made_anew(void **state)
{
    char path[128];
    struct lock *lock;

    (void)state;
    snprintf(path, sizeof(path), "%s/lock", place.store);
    assert_ok(lock_open(&lock, path));
    assert_ok(lock_take(lock, "nobody", SHORT_WAIT_MS));
    copy_folder(path, place.copy);
    lock_give(lock);
    lock_close(lock);
    assert_ok(lock_open(&lock, place.copy));
    assert_ok(lock_take(lock, "somebody", SHORT_WAIT_MS));
    lock_give(lock);
    lock_close(lock);
}

static void a_long_holder_is_cut_between_characters(void **state)
{
    struct store *store = open_store(place.store, STORE_WRITABLE);

    (void)state;
    store_set_holder(store, "陳大文陳大文陳大文陳大文陳大文陳大文陳大文陳大文陳大文陳大文");
    assert_int_equal(strlen(store->who), 63);
    store_set_holder(store, "x陳大文陳大文陳大文陳大文陳大文陳大文陳大文陳大文陳大文陳大文");
    assert_int_equal(strlen(store->who), 61);
    store_close(store);
}

static void many_writers_lose_nothing(void **state)
{
    enum { WRITERS = 4, EACH = 25 };
    struct store *store;
    uint64_t size;

    (void)state;
    for (int i = 0; i < WRITERS; i++) {
        if (fork() != 0)
            continue;
        bool good = store_open(&store, place.store, STORE_WRITABLE) == ERR_OK;

        for (uint64_t n = 0; good && n < EACH; n++)
            good = append_to(store, 1000 * (uint64_t)(i + 1) + n, 1) == ERR_OK &&
                   (mirror_catch_up(store) == ERR_OK || last_failure_code() == ERR_BUSY);
        _exit(good ? 0 : 1);
    }
    for (int i = 0; i < WRITERS; i++) {
        int status;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    store = open_store(place.store, STORE_WRITABLE);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, 1 + WRITERS * EACH);
    assert_ok(mirror_catch_up(store));
    assert_ok(mirror_check(store));
    store_close(store);
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(a_stopped_writer_is_named_to_those_who_wait),
        IN_STORE(a_killed_writer_frees_the_store_at_once),
        IN_STORE(a_stopped_writer_that_goes_on_saves_and_frees),
        IN_STORE(a_lock_that_nobody_alive_holds_is_made_anew),
        IN_STORE(a_long_holder_is_cut_between_characters),
        IN_STORE(many_writers_lose_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
