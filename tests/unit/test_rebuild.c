#include "core/change/rebuild.h"

#include <fcntl.h>

#include "core/base/checkdigit.h"
#include "core/base/seams.h"
#include "core/change/mirror.h"
#include "core/change/verify.h"
#include "core/model/operation.h"
#include "tests/whole_store.h"

enum { RANKS = 700 }; /* more than one commit's worth, of entries and of records */

static void add_line(struct text line, void *context)
{
    buffer_text(context, line);
    buffer_byte(context, '\n');
}

static void dump_into(struct buffer *out, const char *folder)
{
    struct store *store;

    assert_int_equal(store_open(&store, folder, STORE_READ_ONLY), ERR_OK);
    assert_int_equal(dump_store(store, add_line, out), ERR_OK);
    store_close(store);
}

static void expect_equal(const char *one, const char *other)
{
    AUTO_BUFFER struct buffer a = { 0 }, b = { 0 };

    dump_into(&a, one);
    dump_into(&b, other);
    assert_true(a.len > 1000);
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
}

static void expect_whole(const char *folder)
{
    struct verify_options options = { .depth = VERIFY_ALL };
    struct verify_report report;

    if (verify_folder(folder, &options, &report) != ERR_OK)
        fail_here(last_failure()->id);
}

static const char *beside(struct temporary_store *t, const char *name)
{
    return path_join(t->arena, t->parent, name);
}

static bool count_calls(uint64_t done, void *context)
{
    uint64_t *calls = context;

    (*calls)++;
    return done < 1000000;
}

static bool stop(uint64_t done, void *context)
{
    (void)done;
    (void)context;
    return false;
}

static void a_rebuilt_store_equals_the_lost_one(void **state)
{
    struct temporary_store t;
    struct signer signer;
    uint64_t entries, size, calls = 0;
    const char *again;

    (void)state;
    whole_make(&t);
    whole_signer(&t, &signer);
    whole_fill(&t, RANKS, &signer);
    assert_int_equal(store_size(t.store, &size), ERR_OK);
    temporary_close(&t);
    again = beside(&t, "again");
    if (rebuild_store(t.folder, again, count_calls, &calls, &entries) != ERR_OK)
        fail_here(last_failure()->id);
    assert_int_equal(entries, size);
    assert_true(calls > 2);
    expect_equal(t.folder, again);
    expect_whole(again);
    temporary_remove(&t);
}

static void the_database_may_be_gone_altogether(void **state)
{
    struct temporary_store t;
    uint64_t entries;
    AUTO_BUFFER struct buffer before = { 0 }, after = { 0 };

    (void)state;
    whole_make(&t);
    whole_fill(&t, 20, NULL);
    temporary_close(&t);
    dump_into(&before, t.folder);
    assert_int_equal(unlink(path_join(t.arena, t.folder, "data.mdb")), 0);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), NULL, NULL, &entries),
                     ERR_OK);
    dump_into(&after, beside(&t, "again"));
    assert_true(text_equal(buffer_as_text(&before), buffer_as_text(&after)));
    temporary_remove(&t);
}

static void a_rebuilt_store_goes_on_where_the_old_one_ended(void **state)
{
    struct temporary_store t, again;
    uint64_t entries;

    (void)state;
    whole_make(&t);
    whole_fill(&t, 20, NULL);
    temporary_close(&t);
    again = t;
    snprintf(again.folder, sizeof again.folder, "%s", beside(&t, "again"));
    assert_int_equal(rebuild_store(t.folder, again.folder, NULL, NULL, &entries), ERR_OK);
    temporary_open(&again);
    struct whole_save save = { whole_rank(t.arena, "NEXT"), NULL, NULL };

    assert_int_equal(whole_save(&again.session, &save, &again.result), ERR_OK);
    assert_int_equal(again.result.sequence, entries);
    assert_int_equal(id_number(save.record->key.id), 21);
    temporary_close(&again);
    expect_whole(again.folder);
    temporary_remove(&t);
}

static enum err drop(struct txn *txn, void *context)
{
    static const uint8_t key[] = { 0, 0, 0, 0, 0, 0, 0, 1, 0, 1 };

    (void)context;
    return txn_delete(txn, TREE_BODIES, (struct bytes){ key, sizeof key });
}

static void an_erased_earlier_body_stays_erased(void **state)
{
    struct temporary_store t;
    struct verify_report report;
    struct verify_options options = { .depth = VERIFY_ALL };
    uint64_t entries;
    const char *again;

    (void)state;
    whole_make(&t);
    whole_fill(&t, 20, NULL); /* entry 1 makes a record, entry 2 amends it */
    assert_int_equal(store_write(t.store, drop, NULL), ERR_OK);
    assert_int_equal(unlink(path_join(t.arena, t.folder, "journal/000000.leaf")), 0);
    assert_int_equal(unlink(path_join(t.arena, t.folder, "journal/000000.body")), 0);
    assert_int_equal(unlink(path_join(t.arena, t.folder, "journal/head")), 0);
    assert_int_equal(mirror_catch_up(t.store), ERR_OK);
    temporary_close(&t);
    again = beside(&t, "again");
    assert_int_equal(rebuild_store(t.folder, again, NULL, NULL, &entries), ERR_OK);
    expect_equal(t.folder, again);
    assert_int_equal(verify_folder(again, &options, &report), ERR_OK);
    assert_int_equal(report.dropped, 1);
    temporary_remove(&t);
}

static enum err next_operation(struct change *change, void *context)
{
    return change_series(change, "number/OP", context);
}

static void human_numbers_are_not_given_again(void **state)
{
    struct temporary_store t, again;
    struct record *record;
    struct text body = TEXT("OP-000012");
    uint64_t entries, serial = 0;

    (void)state;
    whole_make(&t);
    record = record_new(t.arena, &operation_type);
    struct operation_record *operation = (struct operation_record *)record;

    operation->number = arena_printf(t.arena, "%s-%c", body.data, check_own(body));
    operation->state = TEXT("planned");
    operation->operation_kind = TEXT("own");
    operation->from = 20230601;
    temporary_keep(&t, record);
    temporary_close(&t);
    again = t;
    snprintf(again.folder, sizeof again.folder, "%s", beside(&t, "again"));
    assert_int_equal(rebuild_store(t.folder, again.folder, NULL, NULL, &entries), ERR_OK);
    temporary_open(&again);
    assert_int_equal(change_run(&again.session, "try", next_operation, &serial, &again.result),
                     ERR_OK);
    assert_int_equal(serial, 13);
    temporary_close(&again);
    temporary_remove(&t);
}

static const uint8_t password_key[] = { 'p', 1 };

static enum err put_password(struct txn *txn, void *context)
{
    (void)context;
    return txn_put(txn, TREE_LOCAL, (struct bytes){ password_key, sizeof password_key },
                   (struct bytes){ (const uint8_t *)"hash", 4 });
}

static bool has_password(struct temporary_store *t, const char *folder)
{
    struct store *store;
    bool has;

    assert_int_equal(store_open(&store, folder, STORE_READ_ONLY), ERR_OK);
    {
        AUTO_TXN struct txn *txn = NULL;
        struct bytes value;

        assert_int_equal(store_begin(&txn, store), ERR_OK);
        has = txn_get(txn, TREE_LOCAL, (struct bytes){ password_key, sizeof password_key },
                      t->arena, &value) == ERR_OK;
    }
    store_close(store);
    return has;
}

/* Pages of nonsense in the middle of the database. */
static void wreck(struct temporary_store *t)
{
    const char *path = path_join(t->arena, t->folder, "data.mdb");
    uint8_t page[4096];
    struct stat status;
    int file = open(path, O_RDWR | O_CLOEXEC);

    assert_true(file >= 0 && fstat(file, &status) == 0);
    for (off_t at = 2 * 4096; at < status.st_size; at += 4096) {
        for (size_t i = 8; i < sizeof page; i++)
            page[i] = (uint8_t)rand();
        assert_int_equal(pwrite(file, page + 8, sizeof page - 8, at + 8), sizeof page - 8);
    }
    close(file);
}

static void passwords_come_over_and_a_wrecked_database_stops_nothing(void **state)
{
    struct temporary_store t;
    uint64_t entries;

    (void)state;
    check_seed();
    whole_make(&t);
    whole_fill(&t, 40, NULL);
    assert_int_equal(store_write(t.store, put_password, NULL), ERR_OK);
    temporary_close(&t);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), NULL, NULL, &entries),
                     ERR_OK);
    assert_true(has_password(&t, beside(&t, "again")));
    wreck(&t);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "third"), NULL, NULL, &entries),
                     ERR_OK);
    assert_false(has_password(&t, beside(&t, "third")));
    expect_equal(beside(&t, "again"), beside(&t, "third"));
    temporary_remove(&t);
}

static void a_changed_body_stops_it_and_nothing_is_made(void **state)
{
    struct temporary_store t;
    uint64_t entries;
    uint8_t byte = 'X';
    int file;

    (void)state;
    whole_make(&t);
    whole_fill(&t, 5, NULL);
    temporary_close(&t);
    file = open(path_join(t.arena, t.folder, "journal/000000.body"), O_RDWR | O_CLOEXEC);
    assert_int_equal(pwrite(file, &byte, 1, lseek(file, 0, SEEK_END) - 3), 1);
    close(file);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), NULL, NULL, &entries),
                     ERR_DAMAGED);
    assert_false(file_exists(beside(&t, "again")));
    temporary_remove(&t);
}

static void entries_that_are_missing_at_the_end_stop_it(void **state)
{
    struct temporary_store t;
    struct stat status;
    uint64_t entries;
    const char *path;

    (void)state;
    whole_make(&t);
    whole_fill(&t, 5, NULL);
    temporary_close(&t);
    path = path_join(t.arena, t.folder, "journal/000000.leaf");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(truncate(path, status.st_size - 100), 0);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), NULL, NULL, &entries),
                     ERR_DAMAGED);
    /* Whoever has nothing better moves the head away. */
    assert_int_equal(unlink(path_join(t.arena, t.folder, "journal/head")), 0);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), NULL, NULL, &entries),
                     ERR_OK);
    expect_whole(beside(&t, "again"));
    temporary_remove(&t);
}

static void without_the_old_key_a_new_one_signs_and_verify_says_so(void **state)
{
    struct temporary_store t;
    struct verify_options options = { .depth = VERIFY_ALL };
    struct verify_report report;
    uint64_t entries;

    (void)state;
    whole_make(&t);
    whole_fill(&t, 5, NULL);
    temporary_close(&t);
    assert_int_equal(unlink(path_join(t.arena, t.folder, "keys/log")), 0);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), NULL, NULL, &entries),
                     ERR_OK);
    expect_equal(t.folder, beside(&t, "again"));
    assert_int_equal(verify_folder(beside(&t, "again"), &options, &report), ERR_DAMAGED);
    assert_int_equal(report.faults, 1);
    temporary_remove(&t);
}

static void it_can_be_interrupted_and_leaves_nothing(void **state)
{
    struct temporary_store t;
    uint64_t entries;

    (void)state;
    whole_make(&t);
    temporary_close(&t);
    assert_int_equal(rebuild_store(t.folder, beside(&t, "again"), stop, NULL, &entries),
                     ERR_INTERRUPTED);
    assert_false(file_exists(beside(&t, "again")));
    assert_int_equal(rebuild_store(beside(&t, "nothing"), beside(&t, "again"), NULL, NULL,
                                   &entries),
                     ERR_MISSING);
    temporary_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rebuilt_store_equals_the_lost_one),
        cmocka_unit_test(the_database_may_be_gone_altogether),
        cmocka_unit_test(a_rebuilt_store_goes_on_where_the_old_one_ended),
        cmocka_unit_test(an_erased_earlier_body_stays_erased),
        cmocka_unit_test(human_numbers_are_not_given_again),
        cmocka_unit_test(passwords_come_over_and_a_wrecked_database_stops_nothing),
        cmocka_unit_test(a_changed_body_stops_it_and_nothing_is_made),
        cmocka_unit_test(entries_that_are_missing_at_the_end_stop_it),
        cmocka_unit_test(without_the_old_key_a_new_one_signs_and_verify_says_so),
        cmocka_unit_test(it_can_be_interrupted_and_leaves_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
