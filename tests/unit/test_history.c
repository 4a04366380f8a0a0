#include "core/change/history.h"

#include <string.h>

#include "core/base/seams.h"
#include "core/model/seal.h"
#include "tests/bare_types.h"
#include "tests/check.h"
#include "tests/temporary_store.h"

/* Each save happens at a time of the test's own. */
static int64_t clock_ms;

static int64_t read_clock(void)
{
    return clock_ms;
}

enum { REVISIONS = 5 };
struct world {
    struct temporary_store t;
    struct record_key key;
    uint64_t sequences[REVISIONS + 1];
    uint64_t times[REVISIONS + 1];
};

/* One seal in five revisions, ten seconds apart, with others saved between. */
static int begin(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    static struct seams table;
    struct seal_record *s, *other;

    clock_ms = 1700000000000;
    table = *seams();
    table.now_ms = read_clock;
    seams_set(&table);
    temporary_make(&w->t);
    s = BARE_NEW(w->t.arena, seal);
    s->number = TEXT("SL-1");
    for (int i = 1; i <= REVISIONS; i++) {
        clock_ms += 10000;
        s->remark = arena_printf(w->t.arena, "version %d", i);
        temporary_keep(&w->t, s);
        w->sequences[i] = w->t.result.sequence;
        w->times[i] = w->t.result.time_ms;
        other = BARE_NEW(w->t.arena, seal);
        other->number = arena_printf(w->t.arena, "SL-1%d", i);
        temporary_keep(&w->t, other);
    }
    w->key = s->head.key;
    *state = w;
    return 0;
}

static int end(void **state)
{
    struct world *w = *state;

    temporary_remove(&w->t);
    seams_set(NULL);
    free(w);
    return 0;
}

static struct text remark_of(const struct record *record)
{
    return ((const struct seal_record *)record)->remark;
}

static void history_tells_newest_first_who_made_each_revision_and_when(void **state)
{
    struct world *w = *state;
    AUTO_TXN struct txn *txn = NULL;
    struct revision *revisions;
    size_t count;

    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    assert_int_equal(history_read(txn, &w->key, 0, 100, w->t.arena, &revisions, &count),
                     ERR_OK);
    assert_int_equal(count, REVISIONS);
    for (int i = 0; i < REVISIONS; i++) {
        int n = REVISIONS - i;

        assert_int_equal(revisions[i].revision, n);
        assert_int_equal(revisions[i].sequence, w->sequences[n]);
        assert_int_equal(revisions[i].time_ms, w->times[n]);
        assert_true(text_is(revisions[i].act, "record.save"));
        assert_true(text_is(revisions[i].reason, "a reason"));
        assert_false(revisions[i].damaged);
        assert_int_equal(revisions[i].record->revision, n);
        assert_int_equal(remark_of(revisions[i].record).data[8], '0' + n);
    }
}

static void history_comes_in_pages(void **state)
{
    struct world *w = *state;
    AUTO_TXN struct txn *txn = NULL;
    struct revision *revisions;
    size_t count;

    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    assert_int_equal(history_read(txn, &w->key, 0, 2, w->t.arena, &revisions, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(revisions[1].revision, 4);
    assert_int_equal(history_read(txn, &w->key, 3, 2, w->t.arena, &revisions, &count), ERR_OK);
    assert_int_equal(count, 2);
    assert_int_equal(revisions[0].revision, 3);
    assert_int_equal(history_read(txn, &w->key, 1, 2, w->t.arena, &revisions, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(revisions[0].revision, 1);
}

static void a_record_is_shown_as_it_stood_at_any_time(void **state)
{
    struct world *w = *state;
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    for (int n = 1; n <= REVISIONS; n++) {
        assert_int_equal(record_as_at(txn, &w->key, w->times[n], w->t.arena, &record), ERR_OK);
        assert_int_equal(record->revision, n);
        assert_int_equal(record_as_at(txn, &w->key, w->times[n] + 9999, w->t.arena, &record),
                         ERR_OK);
        assert_int_equal(record->revision, n);
        assert_int_equal(remark_of(record).data[8], '0' + n);
    }
    assert_int_equal(record_as_at(txn, &w->key, w->times[1] - 1, w->t.arena, &record),
                     ERR_MISSING);
}

struct body_place {
    uint64_t sequence;
    uint16_t n;
    struct bytes put;
};

static enum err change_body_of(struct txn *txn, void *context)
{
    const struct body_place *place = context;
    uint8_t key[10];

    write_u64(key, place->sequence);
    key[8] = (uint8_t)(place->n >> 8);
    key[9] = (uint8_t)place->n;
    struct bytes at = { key, sizeof key };

    return place->put.len > 0 ? txn_put(txn, TREE_BODIES, at, place->put)
                              : txn_delete(txn, TREE_BODIES, at);
}

static void a_body_that_was_lawfully_erased_leaves_its_place_in_history(void **state)
{
    struct world *w = *state;
    struct body_place place = { w->sequences[3], 1, { NULL, 0 } };
    AUTO_TXN struct txn *txn = NULL;
    struct revision *revisions;
    struct record *record;
    size_t count;

    assert_int_equal(store_write(w->t.store, change_body_of, &place), ERR_OK);
    place.n = 0;
    assert_int_equal(store_write(w->t.store, change_body_of, &place), ERR_OK);
    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    assert_int_equal(history_read(txn, &w->key, 0, 9, w->t.arena, &revisions, &count), ERR_OK);
    assert_int_equal(count, REVISIONS);
    assert_null(revisions[2].record);
    assert_false(revisions[2].damaged);
    assert_false(text_present(revisions[2].reason));
    assert_int_equal(revisions[2].time_ms, w->times[3]);
    assert_non_null(revisions[3].record);
    assert_int_equal(record_as_at(txn, &w->key, w->times[3], w->t.arena, &record), ERR_MISSING);
}

static void a_body_that_is_not_what_the_journal_is_committed_to_is_not_shown(void **state)
{
    struct world *w = *state;
    AUTO_BUFFER struct buffer forged = { 0 };
    struct body_place place = { w->sequences[4], 1, { NULL, 0 } };
    AUTO_TXN struct txn *txn = NULL;
    struct revision *revisions;
    struct record *record;
    struct bytes body;
    size_t count;

    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    assert_int_equal(txn_body(txn, w->sequences[4], 1, w->t.arena, &body), ERR_OK);
    txn_end(txn);
    buffer_put(&forged, body.data, body.len);
    forged.data[forged.len - 1] ^= 1;
    place.put = buffer_bytes(&forged);
    assert_int_equal(store_write(w->t.store, change_body_of, &place), ERR_OK);
    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    assert_int_equal(history_read(txn, &w->key, 0, 9, w->t.arena, &revisions, &count), ERR_OK);
    assert_null(revisions[1].record);
    assert_true(revisions[1].damaged);
    assert_false(revisions[0].damaged || revisions[2].damaged);
    assert_int_equal(record_as_at(txn, &w->key, w->times[4], w->t.arena, &record), ERR_DAMAGED);
    txn_end(txn);
    txn = NULL;
    assert_int_equal(change_undo(&w->t.session, w->sequences[5], &w->t.result), ERR_DAMAGED);
}

static void an_entry_that_is_not_there_is_said_to_be_missing(void **state)
{
    struct world *w = *state;
    const struct record_key nobody = { id_make(seal_type.number, 0, 999), 0, 0 };
    AUTO_TXN struct txn *txn = NULL;
    struct journal_entry entry;
    struct revision *revisions;
    size_t count;

    assert_int_equal(store_begin(&txn, w->t.store), ERR_OK);
    assert_int_equal(entry_read(txn, 1000, w->t.arena, &entry), ERR_MISSING);
    assert_int_equal(history_read(txn, &nobody, 0, 9, w->t.arena, &revisions, &count),
                     ERR_MISSING);
    assert_string_equal(last_failure()->arguments[0].text, "SL-999");
}

/* Noon of 2026-06-15 in Hong Kong. */
static const int64_t noon = INT64_C(1781496000000);

static bool meant(const char *typed, uint64_t *time_ms)
{
    struct moment moment;

    assert_true(moment_parse(&moment, text_of(typed), noon));
    return journal_time(moment, noon, time_ms);
}

static void a_moment_means_the_end_of_its_day_but_nothing_that_is_to_come(void **state)
{
    uint64_t at;

    (void)state;
    assert_true(meant("2026-06-14", &at));
    assert_int_equal(at, noon - 12 * 3600000 - 1);
    assert_true(meant("2026-06-14 12:00", &at));
    assert_int_equal(at, noon - 24 * 3600000);
    assert_true(meant("2026-06-15", &at)); /* today, as far as it has come */
    assert_int_equal(at, noon);
    assert_false(meant("2026-06-15 12:01", &at));
    assert_false(meant("2026-06-16", &at));
    assert_false(meant("2026-06", &at));
    assert_false(meant("1950-01-01", &at));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
static const struct CMUnitTest tests[] = {
    TEST(history_tells_newest_first_who_made_each_revision_and_when),
    TEST(history_comes_in_pages),
    TEST(a_record_is_shown_as_it_stood_at_any_time),
    TEST(a_body_that_was_lawfully_erased_leaves_its_place_in_history),
    TEST(a_body_that_is_not_what_the_journal_is_committed_to_is_not_shown),
    TEST(an_entry_that_is_not_there_is_said_to_be_missing),
    TEST(a_moment_means_the_end_of_its_day_but_nothing_that_is_to_come),
};

int main(void)
{
    bare_types_make();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
