/* Processes that are killed while they save, and a disk that fills up: what was called saved is there. */
#include "core/change/mirror.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mount.h>

#include "core/base/seams.h"
#include "core/change/rebuild.h"
#include "core/change/verify.h"
#include "tests/whole_store.h"

enum { WRITERS = 4, KILLS = 36, BETWEEN_MS = 200, REQUEST = 16 };

/* ---- what a writer told before it was killed ---- */

/* Each request id is written before the act and once more when it was called saved; the kernel keeps what a killed
 * process has written. */
struct told {
    uint8_t request[REQUEST];
    uint8_t saved;
};

static void tell(int notes, const uint8_t request[REQUEST], bool saved)
{
    struct told told = { .saved = saved };

    memcpy(told.request, request, REQUEST);
    if (write(notes, &told, sizeof told) != (ssize_t)sizeof told)
        _exit(2);
}

static void work(const char *folder, const char *notes_path, unsigned start)
{
    struct arena *arena = arena_new();
    struct store *store;
    struct session session;
    int notes = open(notes_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

    if (notes < 0 || store_open(&store, folder, STORE_WRITABLE) != ERR_OK ||
        mirror_check(store) != ERR_OK)
        _exit(3);
    session_start(&session, store, NULL);
    for (unsigned i = 0;; i++) {
        struct change_result result = { .arena = arena };
        uint8_t request[REQUEST];
        char code[24];

        snprintf(code, sizeof code, "K%u.%u", start, i);
        random_bytes(request, sizeof request);
        struct whole_save save = { whole_rank(arena, code), request, NULL };

        tell(notes, request, false);
        enum err err = whole_save(&session, &save, &result);

        if (err != ERR_OK && err != ERR_BUSY)
            _exit(4);
        if (err == ERR_OK)
            tell(notes, request, true);
        arena_reset(arena);
    }
}

static pid_t start_writer(const char *folder, const char *notes, unsigned start)
{
    pid_t process = fork();

    assert_true(process >= 0);
    if (process == 0)
        work(folder, notes, start);
    return process;
}

/* Dead by the kill, and by nothing else. */
static void kill_writer(pid_t process)
{
    int status;

    assert_int_equal(kill(process, SIGKILL), 0);
    assert_int_equal(waitpid(process, &status, 0), process);
    if (!WIFSIGNALED(status))
        print_error("a writer ended with %d\n", WEXITSTATUS(status));
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* Every request id that was called saved is in the journal. Returns how many there were. */
static size_t check_told(struct store *store, const char *notes_path)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    size_t saved = 0, step = sizeof(struct told);
    struct bytes file;

    assert_int_equal(file_read(arena, notes_path, (size_t)1 << 26, &file), ERR_OK);
    assert_int_equal(store_begin(&txn, store), ERR_OK);
    for (size_t at = 0; at + step <= file.len; at += step) {
        struct told told;
        uint64_t sequence;

        memcpy(&told, file.data + at, step);
        if (!told.saved)
            continue;
        saved++;
        if (txn_request(txn, told.request, &sequence) != ERR_OK)
            fail_here("what was called saved is not there");
    }
    return saved;
}

static void expect_whole(const char *folder)
{
    struct verify_options options = { .depth = VERIFY_ALL };
    struct verify_report report;

    if (verify_folder(folder, &options, &report) != ERR_OK)
        fail_here(last_failure()->id);
}

static void expect_mirror(struct temporary_store *t)
{
    uint64_t size, mirrored;
    char command[256], line[256];

    assert_int_equal(mirror_catch_up(t->store), ERR_OK);
    assert_int_equal(store_size(t->store, &size), ERR_OK);
    assert_int_equal(mirror_size(t->store, &mirrored), ERR_OK);
    assert_int_equal(size, mirrored);
    snprintf(command, sizeof command, "python3 %s/tests/verify_mirror.py %s/journal", SRCDIR,
             t->folder);
    if (whole_run(command, line, sizeof line) != 0)
        fail_here(line);
}

static void nothing_that_was_called_saved_is_lost_when_writers_are_killed(void **state)
{
    struct temporary_store t;
    char notes[WRITERS][128];
    pid_t writers[WRITERS];
    unsigned starts = 0;
    size_t saved = 0;

    (void)state;
    check_seed();
    whole_make_in(&t, "/tmp"); /* a disk, where there is one */
    temporary_close(&t);
    for (int i = 0; i < WRITERS; i++) {
        snprintf(notes[i], sizeof notes[i], "%s/notes%d", t.parent, i);
        writers[i] = start_writer(t.folder, notes[i], starts++);
    }
    for (int k = 0; k < KILLS; k++) {
        int victim = rand() % WRITERS;

        nanosleep(&(struct timespec){ .tv_nsec = rand() % (2 * BETWEEN_MS) * 1000000L }, NULL);
        kill_writer(writers[victim]);
        writers[victim] = start_writer(t.folder, notes[victim], starts++);
    }
    for (int i = 0; i < WRITERS; i++)
        kill_writer(writers[i]);
    temporary_open(&t);
    for (int i = 0; i < WRITERS; i++)
        saved += check_told(t.store, notes[i]);
    print_message("# %d kills, %zu saved\n", KILLS + WRITERS, saved);
    assert_true(saved > WRITERS);
    expect_mirror(&t);
    for (int i = 0; i < WRITERS; i++)
        check_told(t.store, notes[i]);
    temporary_close(&t);
    expect_whole(t.folder);
    temporary_remove(&t);
}

/* A reader that is killed with a snapshot open hinders nobody. */
static void a_killed_reader_leaves_the_store_to_the_others(void **state)
{
    struct temporary_store t;
    char line[8];
    int ends[2];

    (void)state;
    whole_make(&t);
    temporary_close(&t);
    for (int i = 0; i < 8; i++) {
        pid_t reader;

        assert_int_equal(pipe(ends), 0);
        reader = fork();
        if (reader == 0) {
            struct txn *txn;

            temporary_open(&t);
            if (store_begin(&txn, t.store) != ERR_OK || write(ends[1], "r", 1) != 1)
                _exit(1);
            pause();
        }
        close(ends[1]);
        assert_int_equal(read(ends[0], line, 1), 1);
        close(ends[0]);
        kill_writer(reader);
    }
    temporary_open(&t);
    whole_fill(&t, 20, NULL);
    temporary_close(&t);
    expect_whole(t.folder);
    temporary_remove(&t);
}

/* ---- a full disk ---- */

static void fill_disk(const char *path)
{
    char block[4096] = { 0 };
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    assert_true(file >= 0);
    while (write(file, block, sizeof block) > 0)
        continue;
    close(file);
}

static void a_full_disk_is_said_clearly_and_loses_nothing(void **state)
{
    struct temporary_store t;
    char place[] = "/tmp/tidewaiter-full-XXXXXX", ballast[64];
    struct record_key keys[64];
    size_t saved = 0;
    enum err err = ERR_OK;

    (void)state;
    assert_non_null(mkdtemp(place));
    if (geteuid() != 0 || mount("tmpfs", place, "tmpfs", 0, "size=2m") != 0) {
        rmdir(place);
        skip(); /* only root may make a disk of its own */
    }
    whole_make_in(&t, place);
    snprintf(ballast, sizeof ballast, "%s/ballast", place);
    fill_disk(ballast);
    for (unsigned i = 0; i < 64 && err == ERR_OK; i++) {
        char code[16];

        snprintf(code, sizeof code, "F%u", i);
        struct whole_save save = { whole_rank(t.arena, code), NULL, NULL };

        err = whole_save(&t.session, &save, &t.result);
        if (err == ERR_OK)
            keys[saved++] = save.record->key;
    }
    assert_int_equal(err, ERR_FULL);
    assert_non_null(strstr(last_failure()->id, "No space is left"));
    /* As soon as there is room, saving goes on in the same session. */
    assert_int_equal(unlink(ballast), 0);
    whole_fill(&t, 4, NULL);
    assert_int_equal(t.result.mirror, ERR_OK);
    for (size_t i = 0; i < saved; i++) {
        struct record *record;

        assert_int_equal(temporary_get(&t, &keys[i], &record), ERR_OK);
    }
    expect_mirror(&t);
    temporary_close(&t);
    expect_whole(t.folder);
    temporary_remove(&t);
    assert_int_equal(umount(place), 0);
    assert_int_equal(rmdir(place), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_that_was_called_saved_is_lost_when_writers_are_killed),
        cmocka_unit_test(a_killed_reader_leaves_the_store_to_the_others),
        cmocka_unit_test(a_full_disk_is_said_clearly_and_loses_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
