#include "core/change/verify.h"

#include <fcntl.h>
#include <signal.h>

#include "core/base/seams.h"
#include "tests/whole_store.h"

enum { RANKS = 40, FLIPS = 300, PAGE = 4096 };

struct seen {
    size_t faults;
    char last[512];
    uint64_t steps;
};

static void see(const struct message *message, void *context)
{
    struct seen *seen = context;

    seen->faults++;
    snprintf(seen->last, sizeof seen->last, "%s", message->id);
}

static bool stop_at_once(uint64_t done, uint64_t total, void *context)
{
    (void)done;
    (void)total;
    (void)context;
    return false;
}

static bool count_steps(uint64_t done, uint64_t total, void *context)
{
    struct seen *seen = context;

    assert_true(done <= total);
    seen->steps++;
    return true;
}

static enum err look(const char *folder, enum verify_depth depth, struct verify_report *report,
                     struct seen *seen)
{
    struct verify_options options = {
        .depth = depth, .fault = see, .progress = count_steps, .context = seen
    };

    *seen = (struct seen){ 0 };
    return verify_folder(folder, &options, report);
}

static void expect_whole(struct temporary_store *t)
{
    struct verify_report report;
    struct seen seen;
    enum err err = look(t->folder, VERIFY_ALL, &report, &seen);

    if (seen.faults > 0)
        print_error("%s\n", seen.last);
    assert_int_equal(err, ERR_OK);
}

/* Something is wrong, and the fault's sentence begins as it should (NULL: any). */
static void expect_fault(struct temporary_store *t, const char *sentence)
{
    struct verify_report report;
    struct seen seen;

    assert_int_equal(look(t->folder, VERIFY_ALL, &report, &seen), ERR_DAMAGED);
    assert_true(seen.faults > 0 && seen.faults == report.faults);
    if (sentence && !strstr(seen.last, sentence))
        fail_here(seen.last);
}

static int python(struct temporary_store *t, char *line, size_t room)
{
    char command[256];

    snprintf(command, sizeof command, "python3 %s/tests/verify_mirror.py %s/journal", SRCDIR,
             t->folder);
    return whole_run(command, line, room);
}

/* ---- a whole store ---- */

static void both_verifiers_say_the_same_of_a_whole_store(void **state)
{
    struct temporary_store t;
    struct signer signer;
    struct verify_report report;
    struct seen seen;
    AUTO_BUFFER struct buffer root = { 0 };
    char line[256], expected[256];

    (void)state;
    whole_make(&t);
    whole_signer(&t, &signer);
    whole_fill(&t, RANKS, &signer);
    if (look(t.folder, VERIFY_ALL, &report, &seen) != ERR_OK)
        fail_here(seen.faults > 0 ? seen.last : last_failure()->id);
    assert_int_equal(report.entries, 3 + RANKS + RANKS / 4);
    assert_int_equal(report.records, 2 + RANKS);
    assert_int_equal(report.signatures, RANKS / 8 * 2);
    assert_false(report.unsettled);
    assert_true(report.pages > 5 && seen.steps > 0);
    base64_encode(&root, (struct bytes){ report.root.byte, sizeof report.root.byte });
    buffer_byte(&root, 0);
    snprintf(expected, sizeof expected,
             "ok: %d entries, %d bodies, 0 dropped, %d signatures, root %s\n",
             (int)report.entries, (int)report.bodies, (int)report.signatures,
             (char *)root.data);
    assert_int_equal(python(&t, line, sizeof line), 0);
    assert_string_equal(line, expected);
    temporary_remove(&t);
}

static void it_can_be_interrupted(void **state)
{
    struct temporary_store t;
    struct verify_report report;
    struct verify_options options = { .depth = VERIFY_ALL, .progress = stop_at_once };

    (void)state;
    whole_make(&t);
    assert_int_equal(verify_store(t.store, &options, &report), ERR_INTERRUPTED);
    temporary_remove(&t);
}

static void a_folder_without_a_store_is_said_to_be_so(void **state)
{
    struct verify_report report;
    struct seen seen;

    (void)state;
    assert_int_equal(look("/nowhere/at/all", VERIFY_TREE, &report, &seen), ERR_MISSING);
}

static void others_may_write_meanwhile(void **state)
{
    struct temporary_store t;
    pid_t writer;
    int status;

    (void)state;
    whole_make(&t);
    whole_fill(&t, RANKS, NULL);
    temporary_close(&t);
    writer = fork();
    if (writer == 0) {
        temporary_open(&t);
        for (int i = 1000;; i++) {
            char code[16];

            snprintf(code, sizeof code, "R%d", i);
            struct whole_save save = { whole_rank(t.arena, code), NULL, NULL };

            if (whole_save(&t.session, &save, &t.result) != ERR_OK)
                _exit(1);
        }
    }
    for (int i = 0; i < 20; i++)
        expect_whole(&t);
    kill(writer, SIGKILL);
    assert_int_equal(waitpid(writer, &status, 0), writer);
    assert_true(WIFSIGNALED(status));
    expect_whole(&t);
    temporary_remove(&t);
}

/* ---- changes behind the acts' back, with every check in order ---- */

struct forgery {
    enum tree tree;
    struct bytes key, value;
    bool remove;
    int64_t add;
};

static enum err forge_closure(struct txn *txn, void *context)
{
    const struct forgery *forgery = context;

    if (forgery->add != 0)
        return txn_add(txn, forgery->key, forgery->add);
    return forgery->remove ? txn_delete(txn, forgery->tree, forgery->key)
                           : txn_put(txn, forgery->tree, forgery->key, forgery->value);
}

/* The tree's first entry above `from`. */
static struct entry first_of(struct temporary_store *t, enum tree tree, const char *from)
{
    AUTO_TXN struct txn *txn = NULL;
    struct page page;

    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(txn_page(txn, tree, (struct bytes){ (const uint8_t *)from, strlen(from) },
                              (struct bytes){ 0 }, FORWARD, 1, t->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 1);
    return page.entries[0];
}

static void forge(struct temporary_store *t, struct forgery forgery)
{
    assert_int_equal(store_write(t->store, forge_closure, &forgery), ERR_OK);
}

static void make_small(struct temporary_store *t)
{
    whole_make(t);
    whole_fill(t, 8, NULL);
}

static void a_record_that_its_entry_did_not_save_is_found(void **state)
{
    struct temporary_store t;

    (void)state;
    make_small(&t);
    struct entry entry = first_of(&t, TREE_RECORDS, "");
    uint8_t *value = arena_copy(t.arena, entry.value.data, entry.value.len);

    value[entry.value.len - 1] ^= 1;
    forge(&t,
          (struct forgery){ TREE_RECORDS, entry.key, { value, entry.value.len }, false, 0 });
    expect_fault(&t, NULL);
    temporary_remove(&t);
}

static void a_record_that_is_gone_is_found(void **state)
{
    struct temporary_store t;

    (void)state;
    make_small(&t);
    struct entry entry = first_of(&t, TREE_RECORDS, "");

    forge(&t, (struct forgery){ TREE_RECORDS, entry.key, { 0 }, true, 0 });
    expect_fault(&t, NULL);
    temporary_remove(&t);
}

static void an_index_entry_too_few_or_too_many_is_found(void **state)
{
    static const enum tree trees[] = { TREE_INDEXES, TREE_TERMS };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct temporary_store t;

        make_small(&t);
        struct entry entry = first_of(&t, trees[i], "");
        uint8_t *other = arena_copy(t.arena, entry.key.data, entry.key.len);

        other[entry.key.len - 1] ^= 1;
        forge(&t, (struct forgery){ trees[i], { other, entry.key.len }, { 0 }, false, 0 });
        expect_fault(&t, "hold %llu entries");
        forge(&t, (struct forgery){ trees[i], { other, entry.key.len }, { 0 }, true, 0 });
        expect_whole(&t);
        forge(&t, (struct forgery){ trees[i], entry.key, { 0 }, true, 0 });
        expect_fault(&t, NULL);
        temporary_remove(&t);
    }
}

static void a_counter_that_is_not_the_number_of_records_is_found(void **state)
{
    struct temporary_store t;

    (void)state;
    make_small(&t);
    struct entry entry = first_of(&t, TREE_COUNTERS, "c");

    forge(&t, (struct forgery){ TREE_COUNTERS, entry.key, { 0 }, false, 1 });
    expect_fault(&t, "The counter %s");
    temporary_remove(&t);
}

static void a_dropped_body_is_counted_and_no_fault(void **state)
{
    static const uint8_t key[] = { 0, 0, 0, 0, 0, 0, 0, 1, 0, 1 };
    struct temporary_store t;
    struct verify_report report;
    struct seen seen;

    (void)state;
    make_small(&t); /* entry 1 makes R0, which entry 2 amends */
    forge(&t, (struct forgery){ TREE_BODIES, { key, sizeof key }, { 0 }, true, 0 });
    assert_int_equal(look(t.folder, VERIFY_BODIES, &report, &seen), ERR_OK);
    assert_int_equal(report.dropped, 1);
    /* The mirror still has it. */
    expect_fault(&t, "another one in the journal files");
    temporary_remove(&t);
}

static void a_body_that_was_written_anew_is_found(void **state)
{
    static const uint8_t key[] = { 0, 0, 0, 0, 0, 0, 0, 1, 0, 1 };
    struct temporary_store t;
    struct verify_report report;
    struct seen seen;

    (void)state;
    make_small(&t);
    struct entry other = first_of(&t, TREE_BODIES, "");

    forge(&t, (struct forgery){ TREE_BODIES, { key, sizeof key }, other.value, false, 0 });
    assert_int_equal(look(t.folder, VERIFY_BODIES, &report, &seen), ERR_DAMAGED);
    temporary_remove(&t);
}

/* ---- signatures ---- */

static void a_signature_with_a_key_that_nobody_stated_is_found_by_both(void **state)
{
    struct temporary_store t;
    struct signer stranger = { .unlocked = true };
    struct public_key public_key;
    char line[256];

    (void)state;
    whole_make(&t);
    whole_officer(&t);
    stranger.officer = t.session.officer;
    key_pair(&public_key, &stranger.key);
    signing_key_id(stranger.key_id, &public_key);
    whole_fill(&t, 1, &stranger);
    expect_fault(&t, "was not theirs");
    assert_int_not_equal(python(&t, line, sizeof line), 0);
    temporary_remove(&t);
}

/* ---- the mirror ---- */

static void flip_file(const char *path, off_t at, int bit)
{
    int file = open(path, O_RDWR | O_CLOEXEC);
    uint8_t byte;

    assert_true(file >= 0);
    assert_int_equal(pread(file, &byte, 1, at), 1);
    byte ^= (uint8_t)(1 << bit);
    assert_int_equal(pwrite(file, &byte, 1, at), 1);
    close(file);
}

static off_t length_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_size;
}

static void every_flip_in_the_journal_files_is_found_by_both(void **state)
{
    static const char *const names[] = { "000000.leaf", "000000.body", "head" };
    struct temporary_store t;

    (void)state;
    check_seed();
    make_small(&t);
    for (int i = 0; i < 30; i++) {
        char path[160], line[256];

        snprintf(path, sizeof path, "%s/journal/%s", t.folder, names[i % 3]);
        off_t at = rand() % length_of(path);
        int bit = rand() % 8;

        flip_file(path, at, bit);
        expect_fault(&t, NULL);
        if (i < 12)
            assert_int_not_equal(python(&t, line, sizeof line), 0);
        flip_file(path, at, bit);
    }
    expect_whole(&t);
    temporary_remove(&t);
}

static void journal_files_that_were_cut_are_found(void **state)
{
    struct temporary_store t;
    char path[160];

    (void)state;
    make_small(&t);
    snprintf(path, sizeof path, "%s/journal/000000.leaf", t.folder);
    assert_int_equal(truncate(path, length_of(path) - 40), 0);
    expect_fault(&t, "their head counts");
    temporary_remove(&t);
}

/* ---- flipped bits in the database ---- */

enum { UNUSED, MEANS, SEPARATOR };

static uint16_t at16(const uint8_t *p)
{
    uint16_t number;

    memcpy(&number, p, sizeof number);
    return number;
}

/* Which bytes of a page say something. What stands between places and nodes says nothing, nor does the byte that makes a
 * node even; another key in a branch may part its neighbours just as well. */
static void mark_page(const uint8_t *page, size_t size, uint8_t *marks)
{
    bool leaf = at16(page + 10) == 2;
    size_t end = at16(page + 12);

    memset(marks, MEANS, 8);
    memset(marks + 10, MEANS, end - 10);
    for (size_t i = 16; i < end; i += 2) {
        size_t node = at16(page + i), key = at16(page + node + 6), value = 0;

        if (leaf)
            value = at16(page + node + 4) & 1
                        ? 8
                        : (size_t)at16(page + node) | (size_t)at16(page + node + 2) << 16;
        assert_true(node + 8 + key + value <= size);
        memset(marks + node, MEANS, 8 + key + value);
        if (!leaf)
            memset(marks + node + 6, SEPARATOR, 2 + key);
    }
}

/* All pages of a compact copy but the first two are in use. */
static uint8_t *mark_file(struct arena *arena, struct bytes file, size_t size)
{
    uint8_t *marks = arena_alloc(arena, file.len);

    for (size_t at = 2 * size; at < file.len;) {
        const uint8_t *page = file.data + at;

        if (at16(page + 10) != 4) {
            mark_page(page, size, marks + at);
            at += size;
            continue;
        }
        memset(marks + at, MEANS, 8);
        memset(marks + at + 10, MEANS,
               6); /* how much of the pages is used stands in the node */
        at += size * read_u32((const uint8_t[]){ page[15], page[14], page[13], page[12] });
    }
    return marks;
}

/* A compact copy of a store, beside it: in such a one each page but the first two is in use. False: mdb_copy is not
 * installed. */
static bool make_copy(struct temporary_store *t, struct temporary_store *copy)
{
    struct signer signer;
    char command[256], line[256];

    whole_make(t);
    if (whole_run("mdb_copy -V 2>/dev/null", line, sizeof line) != 0) {
        temporary_remove(t);
        print_message("# mdb_copy (lmdb-utils) is not installed\n");
        return false;
    }
    whole_signer(t, &signer);
    whole_fill(t, RANKS * 4, &signer);
    *copy = *t;
    snprintf(copy->folder, sizeof copy->folder, "%s/copy", t->parent);
    snprintf(command, sizeof command,
             "cd %s && mkdir copy && mdb_copy -c store copy && cd store && "
             "cp -r keys journal desk files ../copy 2>&1",
             t->parent);
    assert_int_equal(whole_run(command, line, sizeof line), 0);
    expect_whole(copy);
    return true;
}

static struct bytes read_data(struct temporary_store *copy, char path[160])
{
    struct bytes file;

    snprintf(path, 160, "%s/data.mdb", copy->folder);
    assert_int_equal(file_read(copy->arena, path, (size_t)1 << 26, &file), ERR_OK);
    return file;
}

/* True: it was found. */
static bool flip_is_found(const char *folder, const char *path, size_t at, int bit)
{
    struct verify_report report;
    struct seen seen;
    bool found;

    flip_file(path, (off_t)at, bit);
    found = look(folder, VERIFY_ALL, &report, &seen) != ERR_OK;
    flip_file(path, (off_t)at, bit);
    return found;
}

static void every_flip_in_a_page_in_use_is_found(void **state)
{
    struct temporary_store t, copy;
    char path[160];
    int missed = 0;

    (void)state;
    check_seed();
    if (!make_copy(&t, &copy))
        skip();
    struct bytes file = read_data(&copy, path);
    const uint8_t *marks = mark_file(copy.arena, file, PAGE);

    for (int done = 0; done < FLIPS;) {
        size_t at = (size_t)rand() % file.len;
        int bit = rand() % 8;

        if (marks[at] == UNUSED)
            continue;
        done++;
        if (flip_is_found(copy.folder, path, at, bit) || marks[at] == SEPARATOR)
            continue;
        missed++;
        print_error("page %zu byte %zu bit %d was not found\n", at / PAGE, at % PAGE, bit);
    }
    assert_int_equal(missed, 0);
    expect_whole(&copy);
    temporary_remove(&t);
}

static void nonsense_in_any_page_is_found_and_ends_nothing(void **state)
{
    struct temporary_store t, copy;
    char path[160];
    uint8_t page[PAGE];
    int data;

    (void)state;
    check_seed();
    if (!make_copy(&t, &copy))
        skip();
    struct bytes file = read_data(&copy, path);

    data = open(path, O_RDWR | O_CLOEXEC);
    assert_true(data >= 0);
    for (size_t at = 2 * PAGE; at < file.len; at += PAGE) {
        struct verify_report report;
        struct seen seen;

        /* All of it, or what follows a head that looks well. */
        size_t from = at / PAGE % 2 == 0 ? 0 : 16;

        for (size_t i = 0; i < PAGE; i++)
            page[i] = (uint8_t)rand();
        assert_int_equal(pwrite(data, page, PAGE - from, (off_t)(at + from)), PAGE - from);
        assert_int_not_equal(look(copy.folder, VERIFY_ALL, &report, &seen), ERR_OK);
        assert_int_equal(pwrite(data, file.data + at, PAGE, (off_t)at), PAGE);
    }
    close(data);
    expect_whole(&copy);
    temporary_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_verifiers_say_the_same_of_a_whole_store),
        cmocka_unit_test(it_can_be_interrupted),
        cmocka_unit_test(a_folder_without_a_store_is_said_to_be_so),
        cmocka_unit_test(others_may_write_meanwhile),
        cmocka_unit_test(a_record_that_its_entry_did_not_save_is_found),
        cmocka_unit_test(a_record_that_is_gone_is_found),
        cmocka_unit_test(an_index_entry_too_few_or_too_many_is_found),
        cmocka_unit_test(a_counter_that_is_not_the_number_of_records_is_found),
        cmocka_unit_test(a_dropped_body_is_counted_and_no_fault),
        cmocka_unit_test(a_body_that_was_written_anew_is_found),
        cmocka_unit_test(a_signature_with_a_key_that_nobody_stated_is_found_by_both),
        cmocka_unit_test(every_flip_in_the_journal_files_is_found_by_both),
        cmocka_unit_test(journal_files_that_were_cut_are_found),
        cmocka_unit_test(every_flip_in_a_page_in_use_is_found),
        cmocka_unit_test(nonsense_in_any_page_is_found_and_ends_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
