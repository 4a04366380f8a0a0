/* Lists by any filter in any order: whatever plan is chosen, the rows are those that a plain reading of all records finds, in
 * that order. */
#include "core/query/listing.h"

#include <stdlib.h>

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "tests/demo_lists.h"

static uint32_t seed;

static uint32_t draw_below(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static const char *const case_parts[] = { "state:C01",
                                          "state:C03,C04",
                                          "-state:C02",
                                          "officer:D-1204",
                                          "ordinance:586",
                                          "ordinance:60",
                                          "value:>1000000",
                                          "opened:2023-04..",
                                          "opened:<2024",
                                          "opened:2023-10",
                                          "value:*",
                                          "value:",
                                          "魚翅",
                                          "可卡因",
                                          "-葵涌",
                                          "priority:normal",
                                          "title:內河",
                                          "ordinance:586,109",
                                          "香煙",
                                          "opened:2022-06..2023-06",
                                          "\"Dried sea\"",
                                          "operation:*",
                                          "value:1000..90000000",
                                          "officer:D" };
static const char *const exhibit_parts[] = { "commodity:DRG",
                                             "commodity:DRG.MET",
                                             "state:E03",
                                             "quantity:>5kg",
                                             "holder:*",
                                             "located:",
                                             "bag:K",
                                             "-commodity:END",
                                             "魚翅",
                                             "value:>100000",
                                             "seal:*",
                                             "due:<today",
                                             "due:*",
                                             "due:",
                                             "-due:<today",
                                             "discrepancies:>0",
                                             "discrepancies:0",
                                             "discrepancies:>=0",
                                             "discrepancies:<1",
                                             "discrepancies:1",
                                             "discrepancies:*",
                                             "-discrepancies:1",
                                             "discrepancies:0..1",
                                             "discrepancies:0,1",
                                             "count_due:*",
                                             "review:",
                                             "state:E04",
                                             "commodity:DRG,DRG.MET",
                                             "commodity:DRG.MET,DRG,DUT",
                                             "holder:D-1204,",
                                             "last_event:2023..",
                                             "last_event:",
                                             "holder:D-1204" };

struct drawn {
    const struct record_type *type;
    struct query query;
    const struct field *by;
    char typed[200];
    size_t few, room;
};

static void draw_list(struct drawn *d)
{
    bool cases = draw_below(2) == 0;
    const char *const *parts = cases ? case_parts : exhibit_parts;
    uint32_t count = cases ? sizeof case_parts / sizeof *case_parts
                           : sizeof exhibit_parts / sizeof *exhibit_parts;

    *d = (struct drawn){ .type = cases ? &case_type : &exhibit_type };
    for (uint32_t n = draw_below(4); n > 0; n--) {
        strcat(d->typed, parts[draw_below(count)]);
        strcat(d->typed, " ");
    }
    d->query = (struct query){ .type = d->type,
                               .direction = draw_below(2) ? FORWARD : BACKWARD,
                               .filter = typed_filter(d->type, d->typed) };
    if (draw_below(4) > 0)
        d->query.index = &d->type->indexes[draw_below((uint32_t)d->type->index_count)];
    if (draw_below(2) > 0)
        do
            d->by = &d->type->fields[draw_below((uint32_t)d->type->count)];
        while (d->by->tag > TAG_LIST_LAST);
    d->few = (size_t[]){ 0, 3, 2000 }[draw_below(3)];
    d->room = (size_t[]){ 4, 9, 2000 }[draw_below(3)];
}

/* ---- reading as a grid does ---- */

static struct txn *begin(void)
{
    struct txn *txn = NULL;

    assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
    return txn;
}

static void open_list(struct listing *listing, const struct drawn *d)
{
    AUTO_TXN struct txn *txn = begin();
    const struct plan *plan = &listing->plan;

    *listing = (struct listing){ .arena = arena_new() };
    assert_int_equal(plan_make(&listing->plan, txn, &d->query, d->by, d->few, listing->arena),
                     ERR_OK);
    if (!plan->sorts)
        return;
    listing->sorted = sorted_new(&plan->source, plan->fields, plan->direction, d->room);
    assert_int_equal(sorted_likely(listing->sorted, txn, plan->likely, plan->likely_count,
                                   codes_lookup(codes)),
                     ERR_OK);
}

static void finish_sorting(struct listing *listing)
{
    bool changed;

    while (listing_sorting(listing)) {
        AUTO_TXN struct txn *txn = begin();

        assert_int_equal(listing_step(listing, txn, 10, codes_lookup(codes), &changed), ERR_OK);
    }
}

static void read_all(struct listing *listing, bool forward, size_t at_once, struct rows *out)
{
    AUTO_BUFFER struct buffer resume = { 0 };
    struct query_slice slice = { .more = true };

    out->count = 0;
    while (slice.more) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_TXN struct txn *txn = NULL;

        finish_sorting(listing);
        txn = begin();
        assert_int_equal(listing_slice(listing, txn, buffer_bytes(&resume), forward, at_once, 0,
                                       codes_lookup(codes), arena, &slice),
                         ERR_OK);
        for (size_t i = 0; i < slice.count; i++) {
            assert_true(out->count < ROOM);
            out->keys[out->count++] = slice.rows[i].key;
        }
        buffer_clear(&resume);
        buffer_put(&resume, slice.resume.data, slice.resume.len);
    }
}

/* ---- what is expected ---- */

static bool is_among(const struct rows *rows, const struct record_key *key)
{
    for (size_t i = 0; i < rows->count; i++)
        if (record_key_compare(&rows->keys[i], key) == 0)
            return true;
    return false;
}

static void holds_what_fits(const struct drawn *d, const struct rows *rows)
{
    static struct record *records[ROOM];
    size_t count = all_records(d->type, records), fit = 0;

    for (size_t i = 0; i < count; i++) {
        bool fits = filter_match(d->query.filter, records[i], codes_lookup(codes));

        fit += fits;
        if (fits != is_among(rows, &records[i]->key))
            print_message("\"%s\": record %llu\n", d->typed,
                          (unsigned long long)id_number(records[i]->key.id));
        assert_true(fits == is_among(rows, &records[i]->key));
    }
    assert_int_equal(rows->count, fit); /* and none twice */
}

static void stands_in_order(const struct drawn *d, const struct rows *rows)
{
    uint16_t tag = d->by ? d->by->tag : d->query.index ? d->query.index->fields[0] : 0;
    const struct field *field = tag ? field_find(d->type, tag) : NULL;
    struct text before = { 0 };

    for (size_t i = 0; i < rows->count; i++) {
        struct record *record;
        struct text value;
        int order;

        assert_int_equal(temporary_get(&demo, &rows->keys[i], &record), ERR_OK);
        if (field) {
            value = order_value(field, record, d->query.direction, demo.arena);
            order = i == 0 ? 0 : text_compare(before, value);
            before = value;
        } else {
            order = i == 0 ? 0 : record_key_compare(&rows->keys[i - 1], &rows->keys[i]);
        }
        assert_true(d->query.direction == FORWARD ? order <= 0 : order >= 0);
    }
}

static void a_plan_gives_the_rows_that_a_walk_over_everything_gives(void **state)
{
    static struct rows forward, backward;

    (void)state;
    seed = (uint32_t)now_ms();
    print_message("seed %u\n", seed);
    for (int round = 0; round < 250; round++) {
        struct drawn d;
        struct listing listing;

        draw_list(&d);
        open_list(&listing, &d);
        read_all(&listing, true, 1 + draw_below(20), &forward);
        holds_what_fits(&d, &forward);
        stands_in_order(&d, &forward);
        if (draw_below(2) == 0) {
            listing_close(&listing);
            open_list(&listing, &d);
        }
        read_all(&listing, false, 1 + draw_below(20), &backward);
        assert_int_equal(backward.count, forward.count);
        for (size_t i = 0; i < forward.count; i++)
            assert_int_equal(record_key_compare(&forward.keys[i],
                                                &backward.keys[forward.count - 1 - i]),
                             0);
        listing_close(&listing);
    }
}

/* ---- plans ---- */

static void planned(struct plan *plan, const char *typed, const char *order)
{
    AUTO_TXN struct txn *txn = begin();
    struct query query = { .type = &case_type,
                           .index = index_named(&case_type, order),
                           .direction = BACKWARD,
                           .filter = typed_filter(&case_type, typed) };

    assert_int_equal(plan_make(plan, txn, &query, NULL, PLAN_FEW, demo.arena), ERR_OK);
}

static void one_value_of_an_indexed_field_is_read_from_its_index(void **state)
{
    static const struct {
        const char *typed, *order, *index;
        bool sorts;
    } cases[] = {
        { "state:C02", "by_opened", "by_state", false },
        { "ordinance:586 魚翅", "by_opened", "by_ordinance", false },
        { "officer:D-1204", "by_value", "by_officer", true },
        { "opened:2023-01..", "by_opened", "by_opened", false },
        { "number:KCT state:C02", "by_number", "by_state", true },
        { "state:C03,C02", "by_opened", "by_state", true },
        { "-state:C02", "by_opened", "by_opened", false },
        { "priority:normal", "by_value", "by_value", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct plan plan;

        planned(&plan, cases[i].typed, cases[i].order);
        assert_string_equal(plan.source.index->name, cases[i].index);
        assert_true(plan.sorts == cases[i].sorts);
    }
}

static void type_read_from(const struct record_type *type, const char *typed, const char *index,
                           const char *instead_of)
{
    AUTO_TXN struct txn *txn = begin();
    struct query query = { .type = type,
                           .index = instead_of ? index_named(type, instead_of) : NULL,
                           .filter = typed_filter(type, typed) };
    struct plan plan;

    assert_int_equal(plan_make(&plan, txn, &query, NULL, PLAN_FEW, demo.arena), ERR_OK);
    assert_string_equal(plan.source.index ? plan.source.index->name : "-", index);
}

static void read_from(const char *typed, const char *index, const char *instead_of)
{
    type_read_from(&exhibit_type, typed, index, instead_of);
}

static void an_index_of_some_codes_is_read_only_where_the_filter_wants_no_other(void **state)
{
    (void)state;
    type_read_from(&handover_type, "state:released", "by_waiting", NULL);
    type_read_from(&handover_type, "state:released,open", "by_waiting", "by_number");
    type_read_from(&handover_type, "released_by:D-1204 state:released", "by_waiting",
                   "by_time");
    type_read_from(&handover_type, "state:released,done", "by_number", "by_number");
    type_read_from(&handover_type, "state:done", "by_number", "by_number");
    type_read_from(&handover_type, "-state:released", "by_number", "by_number");
    type_read_from(&handover_type, "state:*", "by_number", "by_number");
    type_read_from(&handover_type, "", "by_number", "by_waiting");
}

static void a_sparse_index_is_read_only_where_the_filter_fits_nothing_else(void **state)
{
    (void)state;
    read_from("discrepancies:>0", "by_discrepancies", NULL);
    read_from("discrepancies:2..3", "by_discrepancies", "by_number");
    read_from("discrepancies:1", "by_discrepancies", "by_number");
    read_from("discrepancies:>=0", "by_number", "by_number");
    read_from("discrepancies:<5", "by_number", "by_number");
    read_from("discrepancies:0", "by_number", "by_number");
    read_from("discrepancies:*", "by_number", "by_number");
    read_from("-discrepancies:1", "by_number", "by_number");
    read_from("due:*", "by_due", "by_number");
    read_from("due:..2099", "by_due", "by_due");
    read_from("due:", "by_number", "by_number");
    read_from("", "by_number", "by_due"); /* sorted by what it has not */
}

static size_t looked_at(const char *typed)
{
    AUTO_TXN struct txn *txn = begin();
    AUTO_ARENA struct arena *arena = arena_new();
    struct query query = { .type = &case_type, .filter = typed_filter(&case_type, typed) };
    struct query_slice slice;
    struct plan plan;

    assert_int_equal(plan_make(&plan, txn, &query, NULL, PLAN_FEW, arena), ERR_OK);
    assert_int_equal(query_slice(txn, &plan.source, (struct bytes){ 0 }, ROOM, 0,
                                 codes_lookup(codes), arena, &slice),
                     ERR_OK);
    assert_int_equal(slice.count, slice.looked_at);
    return slice.count;
}

static void an_index_is_narrowed_by_all_of_its_fields_that_the_filter_names(void **state)
{
    size_t all, some;

    (void)state;
    all = looked_at("state:C01");
    some = looked_at("state:C01 opened:2023-06..");
    assert_true(some > 0 && some < all);
    assert_int_equal(looked_at("state:C01 opened:..2023-05") + some, all);
    assert_int_equal(looked_at("state:C01 opened:"), 0);
}

static void records_with_a_rare_word_are_shown_before_the_walk_has_come_to_them(void **state)
{
    struct query query = { .type = &case_type,
                           .index = index_named(&case_type, "by_opened"),
                           .direction = BACKWARD,
                           .filter = typed_filter(&case_type, "魚翅") };
    AUTO_TXN struct txn *txn = begin();
    AUTO_ARENA struct arena *arena = arena_new();
    struct listing listing = { 0 };
    struct query_slice slice;
    static struct rows all;

    (void)state;
    found(&case_type, "title:魚翅", &all);
    assert_true(all.count > 0);
    assert_int_equal(listing_open(&listing, txn, &query, NULL, codes_lookup(codes)), ERR_OK);
    assert_true(listing_sorting(&listing));
    assert_int_equal(listing_slice(&listing, txn, (struct bytes){ 0 }, true, 50, 0,
                                   codes_lookup(codes), arena, &slice),
                     ERR_OK);
    for (size_t i = 0; i < all.count; i++) {
        bool there = false;

        for (size_t k = 0; k < slice.count; k++)
            there |= record_key_compare(&slice.rows[k].key, &all.keys[i]) == 0;
        assert_true(there);
    }
    listing_close(&listing);
}

/* ---- what others do meanwhile ---- */

static void title_set(struct record *record, const char *title)
{
    ((struct case_record *)record)->title = (struct bitext){ text_of(title), { 0 } };
    temporary_keep(&demo, record);
}

static struct record *first_row(struct listing *listing)
{
    AUTO_TXN struct txn *txn = begin();
    struct query_slice slice;

    assert_int_equal(listing_slice(listing, txn, (struct bytes){ 0 }, true, 1, 0,
                                   codes_lookup(codes), demo.arena, &slice),
                     ERR_OK);
    assert_int_equal(slice.count, 1);
    return slice.rows[0].record;
}

static void a_record_that_others_change_moves_to_where_it_belongs(void **state)
{
    struct query query = { .type = &case_type, .direction = BACKWARD };
    struct listing listing = { 0 };
    struct record *last, *record;
    static struct rows rows;
    AUTO_TXN struct txn *txn = begin();
    bool changed;

    (void)state;
    assert_int_equal(listing_open(&listing, txn, &query, field_find(&case_type, tag_case_title),
                                  codes_lookup(codes)),
                     ERR_OK);
    txn_end(txn);
    txn = NULL;
    read_all(&listing, true, 50, &rows);
    assert_int_equal(temporary_get(&demo, &rows.keys[rows.count - 1], &last), ERR_OK);
    title_set(last, "龜龜龜");
    txn = begin();
    assert_int_equal(listing_step(&listing, txn, 10, codes_lookup(codes), &changed), ERR_OK);
    assert_true(changed);
    record = first_row(&listing);
    assert_int_equal(record_key_compare(&record->key, &last->key), 0);
    listing_close(&listing);
}

static void a_record_that_no_longer_fits_goes(void **state)
{
    struct query query = { .type = &case_type, .filter = typed_filter(&case_type, "title:龜") };
    struct listing listing = { 0 };
    static struct rows rows;
    struct record *record;
    AUTO_TXN struct txn *txn = begin();
    bool changed;

    (void)state;
    assert_int_equal(listing_open(&listing, txn, &query, field_find(&case_type, tag_case_value),
                                  codes_lookup(codes)),
                     ERR_OK);
    txn_end(txn);
    txn = NULL;
    read_all(&listing, true, 50, &rows);
    assert_int_equal(rows.count, 1);
    assert_int_equal(temporary_get(&demo, &rows.keys[0], &record), ERR_OK);
    title_set(record, "海參");
    txn = begin();
    assert_int_equal(listing_step(&listing, txn, 10, codes_lookup(codes), &changed), ERR_OK);
    assert_true(changed);
    txn_end(txn);
    txn = NULL;
    read_all(&listing, true, 50, &rows);
    assert_int_equal(rows.count, 0);
    listing_close(&listing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_gives_the_rows_that_a_walk_over_everything_gives),
        cmocka_unit_test(one_value_of_an_indexed_field_is_read_from_its_index),
        cmocka_unit_test(an_index_of_some_codes_is_read_only_where_the_filter_wants_no_other),
        cmocka_unit_test(a_sparse_index_is_read_only_where_the_filter_fits_nothing_else),
        cmocka_unit_test(an_index_is_narrowed_by_all_of_its_fields_that_the_filter_names),
        cmocka_unit_test(records_with_a_rare_word_are_shown_before_the_walk_has_come_to_them),
        cmocka_unit_test(a_record_that_others_change_moves_to_where_it_belongs),
        cmocka_unit_test(a_record_that_no_longer_fits_goes),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
