/* A scanner at the program itself, in a terminal: bursts, pastes, dropped lines, kills, a full disk, two clerks at once. No code
 * is lost, and every exhibit has either moved, signed, or not moved. TIDEWAITER names the program. */
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/mount.h>

#include "core/exchange/demo.h"
#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/location.h"
#include "core/model/seizure.h"
#include "i18n/text.h"
#include "tests/one_department.h"
#include "tests/screen/pty.h"

enum { GOODS = 160, CODES = 200, BIG_DEADLINE_MS = 60000 };

#define CTRL_R "\x12"
#define F12 "\x1b[24~"

static char place[64], folder[80];
static char *program;
static char numbers[GOODS][24];
static struct record_key goods[GOODS];
static bool mounted;

/* ---- the store, beside the program ---- */

static void open_beside(enum store_mode mode)
{
    assert_int_equal(store_open(&d.t.store, folder, mode), ERR_OK);
    session_start(&d.t.session, d.t.store, NULL);
    d.codes = codes_new(d.t.store);
    d.t.session.lookup = codes_lookup(d.codes);
}

static void close_beside(void)
{
    session_end(&d.t.session);
    codes_free(d.codes);
    store_close(d.t.store);
    d.t.store = NULL;
}

static uint64_t id_of(const struct record_type *type, const char *number)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, type, text_of(number), 0, d.arena, &record), ERR_OK);
    return record->key.id;
}

static int64_t stored_at(const char *shelf)
{
    AUTO_TXN struct txn *txn = NULL;
    struct reference here = { .id = id_of(&location_type, shelf) };
    const void *values[] = { &here };
    int64_t count;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(count_get(txn, &exhibit_type, "by_location", values, 1, &count), ERR_OK);
    return count;
}

/* True: so many stood there before the deadline. */
static bool wait_stored(const char *shelf, int64_t wanted)
{
    int64_t until = monotonic_ms() + BIG_DEADLINE_MS;

    while (monotonic_ms() < until) {
        arena_reset(d.arena);
        if (stored_at(shelf) >= wanted)
            return true;
        nanosleep(&(struct timespec){ .tv_nsec = 1000000L }, NULL);
    }
    return false;
}

static void add_shelf(const char *number)
{
    done(&d,
         does(&d, &d.t.session, "location-add", NULL,
              TYPED("number", number, "name", "x", "location_kind", "rack", "state", "open")));
}

/* Telephones of one seizure, all in one tray. */
static void add_goods(void)
{
    AUTO_BUFFER struct buffer list = { 0 };
    struct record_key of = { .id = id_make(seizure_type.number, 0, 1) };
    const char *seizure = number_of(&d, of);

    add_shelf("TRAY");
    for (int i = 0; i < GOODS; i++) {
        goods[i] =
            done(&d,
                 does(&d, &d.t.session, "exhibit-add", NULL,
                      TYPED("seizure", seizure, "commodity", "DIG.PHO", "quantity", "1 pc")));
        snprintf(numbers[i], sizeof numbers[i], "%s", number_of(&d, goods[i]));
        buffer_string(&list, i > 0 ? "; " : "");
        buffer_string(&list, numbers[i]);
    }
    buffer_byte(&list, 0);
    done(&d, does(&d, &d.t.session, "exhibit-shelve", NULL,
                  TYPED("exhibits", (const char *)list.data, "location", "TRAY")));
}

static int make_store(void **state)
{
    struct demo_report report;

    (void)state;
    text_locale();
    program = getenv("TIDEWAITER");
    if (!program || access(program, X_OK) != 0) {
        print_message("# TIDEWAITER does not name the program\n");
        return -1;
    }
    snprintf(place, sizeof place, "%s/tidewaiter-scanning-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(place));
    mounted = geteuid() == 0 && mount("tmpfs", place, "tmpfs", 0, "size=64m") == 0;
    snprintf(folder, sizeof folder, "%s/store", place);
    assert_int_equal(crypto_start(), ERR_OK);
    if (demo_make(folder, &report) != ERR_OK)
        return -1;
    d.arena = arena_new();
    d.t.arena = arena_new();
    open_beside(STORE_WRITABLE);
    add_goods();
    return 0;
}

static int run(char *const argv[])
{
    pid_t child = fork();
    int status = -1;

    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(126);
        execvp(argv[0], argv);
        _exit(127);
    }
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

static int remove_store(void **state)
{
    (void)state;
    close_beside();
    arena_free(d.arena);
    arena_free(d.t.arena);
    if (mounted)
        umount2(place, MNT_DETACH);
    return run((char *[]){ "rm", "-rf", place, NULL });
}

static void assert_store_is_whole(void)
{
    assert_int_equal(run((char *[]){ program, "verify", "--store", folder, NULL }), 0);
}

/* ---- the program ---- */

static struct pty *start_scanning(char *officer, const char *shelf)
{
    struct pty *pty = pty_spawn((char *[]){ program, "--store", folder, "--as", officer,
                                            "--lang", "en", NULL },
                                24, 80, NULL);

    assert_true(pty_wait_text(pty, "F1"));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    pty_type(pty, CTRL_R);
    assert_true(pty_wait_text(pty, "Scan"));
    pty_type(pty, "*SHELVE\r");
    pty_type(pty, shelf);
    pty_type(pty, "\r");
    assert_true(pty_wait_text(pty, shelf));
    assert_true(pty_settle(pty, PTY_QUIET_MS));
    return pty;
}

static void end(struct pty *pty)
{
    pty_signal(pty, SIGTERM);
    pty_wait_end(pty);
    pty_free(pty);
}

/* The goods in order, some twice, and numbers that nobody bears. */
static void codes_of(struct buffer *out, const char *stop)
{
    for (int i = 0; i < GOODS; i++) {
        buffer_string(out, numbers[i]);
        buffer_string(out, stop);
        if (i % 8 == 0) {
            buffer_string(out, numbers[i]); /* the scanner was slow to move on */
            buffer_string(out, stop);
        }
        if (i % 8 == 4) {
            buffer_string(out, "9-999-999");
            buffer_string(out, stop);
        }
    }
}

/* ---- what came of it ---- */

static struct handover_record *newest_hand_over(void)
{
    AUTO_TXN struct txn *txn = NULL;
    uint64_t newest = id_make(handover_type.number, 0, 1);
    struct record *record;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    while (record_get(txn, &(struct record_key){ .id = newest + 1 }, 0, d.arena, &record) ==
           ERR_OK)
        newest++;
    return fetch(&d, (struct record_key){ .id = newest });
}

static uint32_t lines_of(const struct handover_record *handover)
{
    AUTO_TXN struct txn *txn = NULL;
    uint32_t n;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(family_last(txn, handover->head.key.id, handover_line_type.family, &n),
                     ERR_OK);
    return n;
}

/* Each exhibit stands in the tray or where it was scanned to, with an event that says so. Returns how many have moved. */
static int moved_whole(const char *from, const char *to)
{
    uint64_t here = id_of(&location_type, from), there = id_of(&location_type, to);
    int moved = 0;

    for (int i = 0; i < GOODS; i++) {
        const struct exhibit_record *exhibit = fetch(&d, goods[i]);
        const struct custody_event_record *last =
            fetch(&d, (struct record_key){ goods[i].id, custody_event_type.family,
                                           (uint32_t)exhibit->events.value });

        assert_true(exhibit->located.id == here || exhibit->located.id == there);
        assert_int_equal(last->located.id, exhibit->located.id);
        assert_int_equal(last->holder.id, exhibit->located.id);
        moved += exhibit->located.id == there;
    }
    return moved;
}

static void a_burst_of_200_codes_in_one_write_loses_none(void **state)
{
    AUTO_BUFFER struct buffer burst = { 0 };
    struct pty *pty;

    (void)state;
    add_shelf("SCAN-1");
    pty = start_scanning("clerk", "SCAN-1");
    codes_of(&burst, "\r");
    pty_send(pty, burst.data, burst.len);
    assert_true(wait_stored("SCAN-1", GOODS));
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    assert_non_null(strstr(pty_text(pty), "Elsewhere 160"));
    assert_non_null(strstr(pty_text(pty), "Twice 20"));
    assert_non_null(strstr(pty_text(pty), "Unknown 20"));
    pty_type(pty, "*DONE\r");
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    assert_int_equal(newest_hand_over()->item_count.value, GOODS);
    says("done", newest_hand_over()->state);
    end(pty);
    assert_int_equal(moved_whole("TRAY", "SCAN-1"), GOODS);
    assert_store_is_whole();
}

static void the_same_as_one_paste_loses_none(void **state)
{
    AUTO_BUFFER struct buffer burst = { 0 };
    struct pty *pty;

    (void)state;
    add_shelf("SCAN-2");
    pty = start_scanning("clerk", "SCAN-2");
    buffer_string(&burst, "\x1b[200~");
    codes_of(&burst, "\r");
    buffer_string(&burst, "\x1b[201~");
    pty_send(pty, burst.data, burst.len);
    assert_true(wait_stored("SCAN-2", GOODS));
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    assert_non_null(strstr(pty_text(pty), "Twice 20"));
    assert_non_null(strstr(pty_text(pty), "Unknown 20"));
    end(pty);
    assert_int_equal(moved_whole("SCAN-1", "SCAN-2"), GOODS);
    assert_store_is_whole();
}

/* The rest is scanned into the hand-over that stayed open. */
static void scan_the_rest(const char *shelf)
{
    AUTO_BUFFER struct buffer burst = { 0 };
    struct pty *pty = start_scanning("clerk", shelf);

    codes_of(&burst, "\r");
    pty_send(pty, burst.data, burst.len);
    assert_true(wait_stored(shelf, GOODS));
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    end(pty);
}

static void cut_in_the_middle(const char *from, const char *to, bool hang_up)
{
    AUTO_BUFFER struct buffer burst = { 0 };
    struct pty *pty;
    int moved;

    add_shelf(to);
    pty = start_scanning("clerk", to);
    codes_of(&burst, "\r");
    pty_send(pty, burst.data, burst.len);
    assert_true(wait_stored(to, 5));
    if (hang_up)
        pty_hang_up(pty);
    else
        pty_signal(pty, SIGKILL);
    assert_true(pty_wait_end(pty) != 0 || hang_up);
    pty_free(pty);
    moved = moved_whole(from, to);
    assert_true(moved >= 5);
    print_message("# %d of %d had moved\n", moved, GOODS);
    assert_int_equal(lines_of(newest_hand_over()), moved);
    says("open", newest_hand_over()->state);
    assert_store_is_whole();
    scan_the_rest(to);
    assert_int_equal(moved_whole(from, to), GOODS);
    assert_store_is_whole();
}

static void a_killed_program_leaves_each_item_moved_or_not(void **state)
{
    (void)state;
    cut_in_the_middle("SCAN-2", "SCAN-3", false);
}

static void a_dropped_line_leaves_each_item_moved_or_not(void **state)
{
    (void)state;
    cut_in_the_middle("SCAN-3", "SCAN-4", true);
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

static void a_disk_that_fills_up_in_the_middle_loses_nothing(void **state)
{
    AUTO_BUFFER struct buffer burst = { 0 };
    struct txn *snapshot = NULL;
    char ballast[96];
    struct pty *pty;

    (void)state;
    if (!mounted)
        skip(); /* only root may make a disk of its own */
    add_shelf("SCAN-5");
    pty = start_scanning("clerk", "SCAN-5");
    for (int i = 0; i < 5; i++) {
        pty_type(pty, numbers[i]);
        pty_type(pty, "\r");
    }
    assert_true(wait_stored("SCAN-5", 5));
    /* What somebody reads is not written over: the store must grow, however much of it is free. */
    assert_int_equal(store_begin(&snapshot, d.t.store), ERR_OK);
    snprintf(ballast, sizeof ballast, "%s/ballast", place);
    fill_disk(ballast);
    codes_of(&burst, "\r");
    pty_send(pty, burst.data, burst.len);
    assert_true(pty_wait_text(pty, "No space is left"));
    txn_end(snapshot);
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    assert_true(moved_whole("SCAN-4", "SCAN-5") < GOODS);
    assert_int_equal(lines_of(newest_hand_over()), moved_whole("SCAN-4", "SCAN-5"));
    assert_int_equal(unlink(ballast), 0);
    pty_send(pty, burst.data, burst.len); /* the same screen goes on */
    assert_true(wait_stored("SCAN-5", GOODS));
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    pty_type(pty, "*DONE\r");
    assert_true(pty_settle(pty, 4 * PTY_QUIET_MS));
    says("done", newest_hand_over()->state);
    assert_int_equal(newest_hand_over()->item_count.value, GOODS);
    end(pty);
    assert_store_is_whole();
}

/* ---- two at once ---- */

struct outcome {
    enum err err;
    char id[160]; /* of the sentence */
};

/* A clerk at another terminal scans all goods into a hand-over. */
static void scan_all(struct text clerk, struct record_key handover,
                     struct outcome outcomes[GOODS])
{
    d.t.store = NULL; /* the parent's */
    open_beside(STORE_WRITABLE);
    session_start(&d.clerk, d.t.store, codes_lookup(d.codes));
    if (account_sign_in(&d.clerk, clerk, TEXT("demo")) != ERR_OK)
        _exit(2);
    for (int i = 0; i < GOODS; i++) {
        outcomes[i].err =
            does(&d, &d.clerk, "hand-over-item", &handover, TYPED("exhibit", numbers[i]));
        if (outcomes[i].err != ERR_OK)
            snprintf(outcomes[i].id, sizeof outcomes[i].id, "%s", last_failure()->id);
    }
    _exit(0);
}

/* Both scan all goods at once: as these clerks, into these hand-overs. */
static void scan_at_once(const struct text clerks[2], const struct record_key handovers[2],
                         struct outcome outcomes[2][GOODS])
{
    pid_t children[2];
    int status;

    close_beside();
    for (int i = 0; i < 2; i++) {
        children[i] = fork();
        if (children[i] == 0)
            scan_all(clerks[i], handovers[i], outcomes[i]);
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    open_beside(STORE_WRITABLE);
}

static struct outcome (*shared_outcomes(void))[GOODS]
{
    void *shared = mmap(NULL, 2 * GOODS * sizeof(struct outcome), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    assert_true(shared != MAP_FAILED);
    return shared;
}

static struct record_key open_to(struct text clerk, const char *shelf)
{
    struct record_key handover;

    add_shelf(shelf);
    session_start(&d.clerk, d.t.store, codes_lookup(d.codes));
    assert_int_equal(account_sign_in(&d.clerk, clerk, TEXT("demo")), ERR_OK);
    handover = made(&d,
                    does(&d, &d.clerk, "hand-over-open", NULL,
                         TYPED("action", "shelved", "location", shelf)),
                    &handover_type);
    session_end(&d.clerk);
    return handover;
}

static void of_two_who_scan_the_same_item_exactly_one_moves_it(void **state)
{
    struct outcome(*outcomes)[GOODS] = shared_outcomes();
    struct record_key handover = open_to(TEXT("C-0311"), "SCAN-6");
    int first = 0;

    (void)state;
    scan_at_once((const struct text[]){ TEXT("C-0311"), TEXT("C-0311") },
                 (const struct record_key[]){ handover, handover }, outcomes);
    for (int i = 0; i < GOODS; i++) {
        int winner = outcomes[0][i].err == ERR_OK ? 0 : 1;

        first += winner == 0;
        assert_int_equal(outcomes[winner][i].err, ERR_OK);
        assert_int_equal(outcomes[1 - winner][i].err, ERR_CONFLICT);
        assert_non_null(strstr(outcomes[1 - winner][i].id, "already"));
    }
    print_message("# %d to %d\n", first, GOODS - first);
    munmap(outcomes, 2 * sizeof *outcomes);
    for (int i = 0; i < GOODS; i++)
        assert_int_equal(((struct exhibit_record *)fetch(&d, goods[i]))->located.id,
                         id_of(&location_type, "SCAN-6"));
    assert_int_equal(lines_of(fetch(&d, handover)), GOODS);
    assert_store_is_whole();
}

/* Whoever scans last has it; the chain says through whose hands it went. */
static void two_clerks_at_two_shelves_leave_each_item_on_one_of_them(void **state)
{
    struct outcome(*outcomes)[GOODS] = shared_outcomes();
    struct record_key a = open_to(TEXT("C-0311"), "SCAN-7"),
                      b = open_to(TEXT("C-0297"), "SCAN-8");
    int moved;

    (void)state;
    scan_at_once((const struct text[]){ TEXT("C-0311"), TEXT("C-0297") },
                 (const struct record_key[]){ a, b }, outcomes);
    for (int i = 0; i < GOODS; i++)
        assert_true(outcomes[0][i].err == ERR_OK && outcomes[1][i].err == ERR_OK);
    munmap(outcomes, 2 * sizeof *outcomes);
    moved = moved_whole("SCAN-7", "SCAN-8");
    print_message("# %d to %d\n", GOODS - moved, moved);
    assert_int_equal(stored_at("SCAN-7") + stored_at("SCAN-8"), GOODS);
    assert_store_is_whole();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_of_200_codes_in_one_write_loses_none),
        cmocka_unit_test(the_same_as_one_paste_loses_none),
        cmocka_unit_test(a_killed_program_leaves_each_item_moved_or_not),
        cmocka_unit_test(a_dropped_line_leaves_each_item_moved_or_not),
        cmocka_unit_test(a_disk_that_fills_up_in_the_middle_loses_nothing),
        cmocka_unit_test(of_two_who_scan_the_same_item_exactly_one_moves_it),
        cmocka_unit_test(two_clerks_at_two_shelves_leave_each_item_on_one_of_them),
    };

    return cmocka_run_group_tests(tests, make_store, remove_store);
}
