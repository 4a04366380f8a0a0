/* Queues, links between records, and records as at a moment, over the demo store: what a number says is what its list
 * shows, and what the past shows is what was written then. */
#include "core/query/queue.h"

#include "core/base/seams.h"
#include "core/change/history.h"
#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/officer.h"
#include "core/model/seizure.h"
#include "core/query/links.h"
#include "tests/demo_lists.h"

static struct txn *begin(void)
{
    struct txn *txn = NULL;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    return txn;
}

/* ---- queues ---- */

/* As the list of the queue shows them. */
static size_t listed(const struct queue *queue)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = begin();
    struct query query = { .type = queue->type,
                           .filter = typed_filter(queue->type, queue->filter) };
    struct listing listing = { .arena = NULL };
    struct query_slice slice = { .more = true };
    size_t count = 0;
    bool changed;

    if (queue->order)
        query.index = index_named(queue->type, queue->order);
    query.direction = queue->backward ? BACKWARD : FORWARD;
    assert_int_equal(listing_open(&listing, txn, &query, NULL, codes_lookup(codes)), ERR_OK);
    while (listing_sorting(&listing))
        assert_int_equal(listing_step(&listing, txn, 0, codes_lookup(codes), &changed), ERR_OK);
    while (slice.more) {
        assert_int_equal(listing_slice(&listing, txn, slice.resume, true, 50, 0,
                                       codes_lookup(codes), arena, &slice),
                         ERR_OK);
        count += slice.count;
    }
    listing_close(&listing);
    return count;
}

static void a_number_at_home_is_what_its_list_shows_for_every_officer(void **state)
{
    static struct record *officers[ROOM];
    size_t people = all_records(&officer_type, officers), some = 0;

    (void)state;
    for (size_t who = 0; who < people; who++) {
        codes_officer(codes, officers[who]->key.id);
        for (const struct queue *queue = queues; queue->name; queue++) {
            AUTO_TXN struct txn *txn = begin();
            static struct rows plain;
            struct query_number number;

            assert_int_equal(queue_count(txn, queue, codes_lookup(codes), 0, &number), ERR_OK);
            txn_end(txn);
            txn = NULL;
            assert_true(number.whole);
            if (number.count != found(queue->type, queue->filter, &plain) ||
                number.count != listed(queue))
                fail_here(queue->name);
            some += number.count > 0;
        }
    }
    assert_true(some > 100);
}

static void the_latest_of_what_is_late_is_told_in_days(void **state)
{
    struct queue queue = { .name = "x", .type = &exhibit_type, .filter = "due:<2023-07-01" };
    static struct record *exhibits[ROOM];
    AUTO_TXN struct txn *txn = NULL;
    int64_t days;

    (void)state;
    all_records(&exhibit_type, exhibits);
    for (int i = 0; i < 3; i++) {
        ((struct exhibit_record *)exhibits[i])->due = date_make(2023, 6, 10 + i);
        temporary_keep(&demo, exhibits[i]);
    }
    txn = begin();
    assert_int_equal(queue_longest(txn, &queue, codes_lookup(codes), date_make(2023, 6, 20),
                                   &days),
                     ERR_OK);
    assert_int_equal(days, 10);
    queue.filter = "due:<2023-06-01";
    assert_int_equal(queue_longest(txn, &queue, codes_lookup(codes), date_make(2023, 6, 20),
                                   &days),
                     ERR_OK);
    assert_int_equal(days, 0);
}

static void every_role_has_a_home(void **state)
{
    static const char *const roles[] = { "desk",       "supervisor", "clerk",
                                         "prosecutor", "auditor",    "administrator" };

    (void)state;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        size_t count = 0;

        for (const struct queue *queue = queues; queue->name; queue++)
            count += queue_of_role(queue, text_of(roles[i]));
        assert_true(count >= 2);
    }
}

static uint64_t officer_numbered(const char *number)
{
    AUTO_TXN struct txn *txn = begin();
    struct record *officer;

    assert_int_equal(record_by_number(txn, &officer_type, text_of(number), 1, demo.arena,
                                      &officer),
                     ERR_OK);
    return officer->key.id;
}

static void the_load_of_a_team_is_its_officers_open_cases(void **state)
{
    AUTO_TXN struct txn *txn = begin();
    struct load team[20];
    static struct rows rows;
    size_t count;

    (void)state;
    assert_int_equal(team_load(txn, officer_numbered("S-0102"), team, 20, &count), ERR_OK);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        char filter[120];

        snprintf(filter, sizeof filter, "officer:O-%llu %s",
                 (unsigned long long)id_number(team[i].officer), queue_open_cases);
        assert_int_equal(team[i].open, (int64_t)found(&case_type, filter, &rows));
        assert_true(i == 0 || team[i].open <= team[i - 1].open);
    }
}

static void every_open_case_has_one_age(void **state)
{
    AUTO_TXN struct txn *txn = begin();
    static struct rows rows;
    struct age ages[AGES];
    int64_t sum = 0;

    (void)state;
    assert_int_equal(case_ages(txn, date_make(2023, 7, 1), ages), ERR_OK);
    for (int i = 0; i < AGES; i++)
        sum += ages[i].open;
    assert_int_equal(sum, (int64_t)found(&case_type, queue_open_cases, &rows));
}

/* ---- links ---- */

static void a_list_of_what_names_a_record_holds_all_that_do_and_no_other(void **state)
{
    static struct record *cases[ROOM], *exhibits[ROOM];
    size_t count = all_records(&case_type, cases), all = all_records(&exhibit_type, exhibits);
    struct link links[40];
    size_t ways = links_to(&case_type, links, 40), some = 0;

    (void)state;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < ways; k++) {
            AUTO_TXN struct txn *txn = begin();
            size_t linked, plain = 0;
            bool more;

            if (links[k].type != &exhibit_type)
                continue;
            for (size_t e = 0; e < all; e++)
                plain += ((struct exhibit_record *)exhibits[e])->of_case.id == cases[i]->key.id;
            assert_int_equal(link_count(txn, &links[k], reference_of(cases[i]), 99, &linked,
                                        &more),
                             ERR_OK);
            assert_int_equal(linked, plain);
            some += plain > 0;
        }
    assert_true(some > 5);
}

static void a_count_of_what_names_a_record_stops_where_it_is_told(void **state)
{
    AUTO_TXN struct txn *txn = begin();
    struct reference officer = { .id = officer_numbered("D-1187") };
    struct link link = { &case_type, field_named(&case_type, TEXT("officer")),
                         index_named(&case_type, "by_officer") };
    size_t count;
    bool more;

    (void)state;
    assert_int_equal(link_count(txn, &link, officer, 3, &count, &more), ERR_OK);
    assert_int_equal(count, 3);
    assert_true(more);
}

static void a_field_leads_to_every_record_that_it_names(void **state)
{
    static struct record *cases[ROOM];
    size_t count = all_records(&case_type, cases), some = 0;
    AUTO_TXN struct txn *txn = begin();

    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct case_record *file = (const struct case_record *)cases[i];
        const struct field *officer = field_named(&case_type, TEXT("officer")),
                           *ordinances = field_named(&case_type, TEXT("ordinances")),
                           *title = field_named(&case_type, TEXT("title"));
        struct named named[20];
        struct record *record;

        assert_int_equal(named_by(txn, officer, &file->officer, named, 20), 1);
        assert_int_equal(named[0].key.id, file->officer.id);
        assert_int_equal(named_by(txn, ordinances, &file->ordinances, named, 20),
                         file->ordinances.count);
        for (size_t k = 0; k < file->ordinances.count; k++) {
            assert_int_equal(record_get(txn, &named[k].key, 0, demo.arena, &record), ERR_OK);
            assert_string_equal(record->type->name, "ordinance");
            some++;
        }
        assert_false(field_names(title, &file->title));
    }
    assert_true(some > 30);
}

/* Two cases with a seizure each in one container. */
static void cases_that_share_a_container_are_shown_with_the_reason(void **state)
{
    static struct record *seizures[ROOM];
    size_t count = all_records(&seizure_type, seizures), related_count;
    struct seizure_record *a = (struct seizure_record *)seizures[0], *b = NULL;
    struct related_case *related;
    struct record *file;
    bool more;

    (void)state;
    for (size_t i = 1; i < count && !b; i++)
        if (((struct seizure_record *)seizures[i])->of_case.id != a->of_case.id)
            b = (struct seizure_record *)seizures[i];
    assert_non_null(b);
    for (int i = 0; i < 2; i++) {
        struct seizure_record *seizure = i == 0 ? a : b;

        seizure->container = (struct checked_number){ .value = TEXT("CSQU3054383") };
        temporary_keep(&demo, seizure);
    }
    AUTO_TXN struct txn *txn = begin();
    struct record_key key = key_of_reference(a->of_case);

    assert_int_equal(record_get(txn, &key, 0, demo.arena, &file), ERR_OK);
    assert_int_equal(related_cases(txn, file, 60, demo.arena, &related, &related_count, &more),
                     ERR_OK);
    for (size_t i = 0; i < related_count; i++) {
        assert_int_not_equal(related[i].key.id, file->key.id);
        if (related[i].key.id == b->of_case.id && text_is(related[i].number, "CSQU3054383"))
            return;
    }
    fail_here("the other case was not found");
}

/* ---- as at a moment ---- */

/* Every revision of every case, seizure and exhibit, asked for by the entry that made it and by the one before the next. */
static void a_record_is_rebuilt_as_it_was_at_each_of_its_entries(void **state)
{
    const struct record_type *const types[] = { &case_type, &seizure_type, &exhibit_type };
    static struct record *records[ROOM];
    size_t some = 0;

    (void)state;
    for (size_t t = 0; t < 3; t++) {
        size_t count = all_records(types[t], records);

        for (size_t i = 0; i < count; i++) {
            AUTO_ARENA struct arena *arena = arena_new();
            AUTO_TXN struct txn *txn = begin();
            struct revision *revisions;
            struct record *then;
            size_t made;

            assert_int_equal(history_read(txn, &records[i]->key, 0, 100, arena, &revisions,
                                          &made),
                             ERR_OK);
            for (size_t k = 0; k < made; k++) {
                uint64_t next = k > 0 ? revisions[k - 1].sequence : txn_size(txn);

                assert_int_equal(record_at(txn, &records[i]->key, revisions[k].sequence + 1,
                                           arena, &then),
                                 ERR_OK);
                assert_true(record_equal(then, revisions[k].record));
                assert_int_equal(record_at(txn, &records[i]->key, next, arena, &then), ERR_OK);
                assert_true(record_equal(then, revisions[k].record));
                some++;
            }
            assert_int_equal(record_at(txn, &records[i]->key, revisions[made - 1].sequence,
                                       arena, &then),
                             ERR_MISSING);
        }
    }
    assert_true(some > 150);
}

/* The exhibits of a case grow one by one as they were entered. */
static void a_case_has_then_what_it_had_then(void **state)
{
    static struct record *exhibits[ROOM];
    size_t all = all_records(&exhibit_type, exhibits);
    struct link link = { &exhibit_type, field_named(&exhibit_type, TEXT("of_case")),
                         index_named(&exhibit_type, "by_case") };
    AUTO_TXN struct txn *txn = begin();

    (void)state;
    for (size_t i = 0; i < all; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct reference file = ((struct exhibit_record *)exhibits[i])->of_case;
        struct revision *revisions;
        struct query_slice slice;
        size_t made, before = 0;

        assert_int_equal(history_read(txn, &exhibits[i]->key, 0, 100, arena, &revisions, &made),
                         ERR_OK);
        for (size_t k = 0; k <= i; k++) /* ids rise in the order of making */
            before += ((struct exhibit_record *)exhibits[k])->of_case.id == file.id;
        assert_int_equal(link_rows_at(txn, &link, file, revisions[made - 1].sequence + 1, 200,
                                      arena, &slice),
                         ERR_OK);
        assert_int_equal(slice.count, before);
        assert_int_equal(link_rows_at(txn, &link, file, revisions[made - 1].sequence, 200,
                                      arena, &slice),
                         ERR_OK);
        assert_int_equal(slice.count, before - 1);
    }
}

/* Of each case: the entries that made it and its exhibits are there, the newest first, none twice. */
static void what_happened_to_a_case_is_told_in_order(void **state)
{
    static struct record *exhibits[ROOM];
    size_t all = all_records(&exhibit_type, exhibits);
    AUTO_TXN struct txn *txn = begin();

    (void)state;
    for (size_t i = 0; i < all; i += 5) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct record_key key =
            key_of_reference(((struct exhibit_record *)exhibits[i])->of_case);
        struct revision *revisions;
        struct happening *told;
        struct record *file;
        size_t count, made;
        bool there = false, own = false;

        assert_int_equal(record_get(txn, &key, 0, arena, &file), ERR_OK);
        assert_int_equal(happenings(txn, file, 1000, arena, &told, &count), ERR_OK);
        assert_int_equal(history_read(txn, &exhibits[i]->key, 0, 100, arena, &revisions, &made),
                         ERR_OK);
        for (size_t k = 0; k < count; k++) {
            assert_true(k == 0 || told[k].revision.sequence < told[k - 1].revision.sequence);
            there |= told[k].revision.sequence == revisions[made - 1].sequence;
            own |= record_key_compare(&told[k].key, &key) == 0;
        }
        assert_true(there && own);
    }
}

static void a_time_is_a_place_in_the_journal(void **state)
{
    AUTO_TXN struct txn *txn = begin();
    uint64_t entries = txn_size(txn), size;

    (void)state;
    assert_int_equal(journal_size_at(txn, 0, &size), ERR_OK);
    assert_int_equal(size, 0);
    assert_int_equal(journal_size_at(txn, UINT64_MAX, &size), ERR_OK);
    assert_int_equal(size, entries);
    for (uint64_t i = 0; i < entries; i += entries / 40 + 1) {
        struct journal_entry entry, next;

        assert_int_equal(entry_read(txn, i, demo.arena, &entry), ERR_OK);
        assert_int_equal(journal_size_at(txn, entry.time_ms, &size), ERR_OK);
        assert_true(size > i);
        if (size < entries) {
            assert_int_equal(entry_read(txn, size, demo.arena, &next), ERR_OK);
            assert_true(next.time_ms > entry.time_ms);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_at_home_is_what_its_list_shows_for_every_officer),
        cmocka_unit_test(every_role_has_a_home),
        cmocka_unit_test(the_load_of_a_team_is_its_officers_open_cases),
        cmocka_unit_test(every_open_case_has_one_age),
        cmocka_unit_test(a_list_of_what_names_a_record_holds_all_that_do_and_no_other),
        cmocka_unit_test(a_count_of_what_names_a_record_stops_where_it_is_told),
        cmocka_unit_test(a_field_leads_to_every_record_that_it_names),
        cmocka_unit_test(a_record_is_rebuilt_as_it_was_at_each_of_its_entries),
        cmocka_unit_test(a_case_has_then_what_it_had_then),
        cmocka_unit_test(what_happened_to_a_case_is_told_in_order),
        cmocka_unit_test(a_time_is_a_place_in_the_journal),
        cmocka_unit_test(cases_that_share_a_container_are_shown_with_the_reason),
        cmocka_unit_test(the_latest_of_what_is_late_is_told_in_days),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
