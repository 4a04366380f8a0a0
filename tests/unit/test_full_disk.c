/* A disk that is full, one that fails, and one that may only be read. As root a small file system of
 * its own is filled; otherwise the limit on the size of files stands for it. */
#include "tests/check.h"

#include "core/store/store.h"
#include "tests/store_example.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static struct place place;
static struct store *store;
static bool mounted;

/* The database's calls come through here, because the program's own names go before the C library's. */
enum breakage { WHOLE, SYNC_FAILS, HEAD_WRITE_FAILS };
static enum breakage breakage;

int fdatasync(int file)
{
    if (breakage == SYNC_FAILS) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fdatasync, file);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    enum { LARGEST_HEAD_WRITE = 256 };

    if (breakage == HEAD_WRITE_FAILS && at < 8192 && size < LARGEST_HEAD_WRITE) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_pwrite64, file, data, size, at);
}

static int set_up(void **state)
{
    (void)state;
    breakage = WHOLE;
    signal(SIGXFSZ, SIG_IGN);
    place_make(&place);
    mounted = mount("tmpfs", place.folder, "tmpfs", 0, "size=4m") == 0;
    store = make_store(place.store, 1);
    return 0;
}

static int tear_down(void **state)
{
    struct rlimit none;

    (void)state;
    breakage = WHOLE;
    getrlimit(RLIMIT_FSIZE, &none);
    none.rlim_cur = none.rlim_max;
    setrlimit(RLIMIT_FSIZE, &none);
    store_close(store);
    store = NULL;
    if (mounted)
        umount2(place.folder, MNT_DETACH);
    place_remove(&place);
    return 0;
}

/* Leaves `pages` of room. */
static void fill(long pages)
{
    char path[128];
    struct stat status;

    if (!mounted) {
        struct rlimit limit;

        snprintf(path, sizeof(path), "%s/data.mdb", place.store);
        assert_int_equal(stat(path, &status), 0);
        getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = (rlim_t)status.st_size + (rlim_t)pages * 4096;
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        return;
    }
    static const char zero[4096];
    int file;
    off_t len = 0;

    snprintf(path, sizeof(path), "%s/ballast", place.folder);
    file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    while (write(file, zero, sizeof(zero)) == (ssize_t)sizeof(zero))
        len += (off_t)sizeof(zero);
    assert_int_equal(ftruncate(file, len - pages * 4096), 0);
    close(file);
}

static void free_room(void)
{
    char path[128];
    struct rlimit limit;

    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
    snprintf(path, sizeof(path), "%s/ballast", place.folder);
    assert_ok(file_remove(path));
}

static void nothing_is_lost_on_a_full_disk_and_saving_goes_on_when_there_is_room(void **state)
{
    uint64_t saved = 1, size;

    (void)state;
    /* With each number of free pages the write is cut short at another place. */
    for (long pages = 0; pages < 12; pages++) {
        enum err err;

        fill(pages);
        while ((err = append_to(store, 1000 + saved, 40)) == ERR_OK)
            saved += 40;
        assert_int_equal(err, ERR_FULL);
        assert_true(store_writable(store));
        assert_ok(store_size(store, &size));
        assert_int_equal(size, saved);
        free_room();
        assert_ok(append_to(store, 1000 + saved, 1));
        saved++;
    }
    store_close(store);
    store = open_store(place.store, STORE_WRITABLE);
    assert_ok(store_size(store, &size));
    assert_int_equal(size, saved);
}

static void a_full_disk_leaves_the_mirror_behind_and_no_more(void **state)
{
    uint64_t size;

    (void)state;
    if (!mounted)
        skip(); /* a limit on the size of files would not stop the mirror's, which is smaller */
    assert_ok(mirror_catch_up(store));
    fill(0);
    {
        char path[128];

        /* The database has free pages to write to; the mirror has nowhere to grow. */
        snprintf(path, sizeof(path), "%s/data.mdb", place.store);
        if (append_to(store, 600, 1) == ERR_OK) {
            enum err err = mirror_catch_up(store);

            assert_true(err == ERR_OK || err == ERR_FULL);
        }
    }
    free_room();
    assert_ok(append_to(store, 700, 30));
    assert_ok(mirror_catch_up(store));
    assert_ok(mirror_check(store));
    assert_ok(mirror_size(store, &size));
    assert_true(size >= 31);
}

static void a_disk_that_fails_to_sync_ends_writing_and_the_entry_is_not_there(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    uint8_t request[16];
    uint64_t sequence;

    (void)state;
    breakage = SYNC_FAILS;
    assert_int_equal(append_to(store, 5, 1), ERR_UNKNOWN);
    breakage = WHOLE;
    assert_false(store_writable(store));
    assert_int_equal(append_to(store, 6, 1), ERR_READ_ONLY);
    assert_ok(store_begin(&txn, store));
    request_of(request, 5);
    assert_int_equal(txn_request(txn, request, &sequence), ERR_MISSING);
    txn_end(txn);
    txn = NULL;
    store_close(store);
    store = open_store(place.store, STORE_WRITABLE);
    assert_ok(append_to(store, 6, 1));
}

static void after_an_unknown_outcome_the_request_id_can_still_be_looked_up(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    uint8_t request[16];
    uint64_t sequence;

    (void)state;
    breakage = HEAD_WRITE_FAILS;
    assert_int_equal(append_to(store, 5, 1), ERR_UNKNOWN);
    breakage = WHOLE;
    assert_false(store_writable(store));
    assert_ok(store_begin(&txn, store));
    request_of(request, 0);
    assert_ok(txn_request(txn, request, &sequence));
    assert_int_equal(sequence, 0);
    request_of(request, 5);
    assert_int_equal(txn_request(txn, request, &sequence), ERR_MISSING);
    txn_end(txn);
    txn = NULL;
    store_close(store);
    store = open_store(place.store, STORE_WRITABLE);
    assert_ok(append_to(store, 6, 1));
}

static void a_store_on_a_read_only_disk_opens_for_reading(void **state)
{
    struct store *reader;
    uint64_t size;

    (void)state;
    if (!mounted)
        skip();
    store_close(store);
    store = NULL;
    if (mount("tmpfs", place.folder, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL) != 0)
        skip();
    assert_int_equal(store_open(&reader, place.store, STORE_WRITABLE), ERR_READ_ONLY);
    reader = open_store(place.store, STORE_READ_ONLY);
    assert_ok(store_size(reader, &size));
    assert_int_equal(size, 1);
    store_close(reader);
}

#define IN_STORE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_STORE(nothing_is_lost_on_a_full_disk_and_saving_goes_on_when_there_is_room),
        IN_STORE(a_full_disk_leaves_the_mirror_behind_and_no_more),
        IN_STORE(a_disk_that_fails_to_sync_ends_writing_and_the_entry_is_not_there),
        IN_STORE(after_an_unknown_outcome_the_request_id_can_still_be_looked_up),
        IN_STORE(a_store_on_a_read_only_disk_opens_for_reading),
    };

    /* Mounts of this test are seen by nobody else. */
    if (unshare(CLONE_NEWNS) == 0)
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
