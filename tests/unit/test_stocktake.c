/* Stocktakes: location first, then what lies there; wrong place, missing and unknown are told apart and kept. */
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/stocktake_check.h"
#include "core/model/stocktake_count.h"
#include "core/model/stocktake_list.h"
#include "core/model/stocktake_sample.h"
#include "core/report/papers.h"
#include "tests/one_department.h"

static int shelves;

/* ---- what most tests begin with ---- */

/* A value of NULL ends what is typed, so what may be absent stands last. */
static const char *new_shelf(const char *parent)
{
    struct text number = arena_printf(d.arena, "RACK-%d", ++shelves);

    done(&d, does(&d, &d.administrator, "location-add", NULL,
                  TYPED("number", number.data, "name", "rack", "location_kind", "rack", "state",
                        "open", parent ? "parent" : NULL, parent)));
    return number.data;
}

static struct record_key on_shelf(const char *shelf)
{
    struct record_key exhibit = seize(&d, "DIG.PHO", "1 pc");

    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, exhibit), "location", shelf)));
    return exhibit;
}

static struct record_key opened(const char *location)
{
    return made(&d, does(&d, &d.clerk, "stocktake-open", NULL, TYPED("location", location)),
                &stocktake_type);
}

static enum err begins(struct session *who, struct record_key stocktake, const char *shelf)
{
    return does(&d, who, "stocktake-scan", &stocktake, TYPED("location", shelf));
}

static enum err scans(struct session *who, struct record_key stocktake, const char *shelf,
                      struct record_key exhibit)
{
    return does(&d, who, "stocktake-scan", &stocktake,
                TYPED("location", shelf, "exhibit", number_of(&d, exhibit)));
}

static enum err scans_code(struct session *who, struct record_key stocktake, const char *shelf,
                           const char *code)
{
    return does(&d, who, "stocktake-scan", &stocktake, TYPED("location", shelf, "code", code));
}

static enum err finishes(struct session *who, struct record_key stocktake)
{
    return does(&d, who, "stocktake-finish", &stocktake, TYPED(NULL));
}

static void joins(struct session *who, struct record_key stocktake, const char *pass)
{
    done(&d, does(&d, who, "stocktake-join", &stocktake, TYPED("pass", pass)));
}

static struct stocktake_count *counted(struct record_key stocktake, unsigned passes)
{
    struct stocktake_count *count;
    struct txn *txn;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(stocktake_count_open(&count, txn, &stocktake), ERR_OK);
    assert_int_equal(stocktake_count_conclude(count, txn, passes), ERR_OK);
    txn_end(txn);
    return count;
}

static enum stocktake_class class_of(struct record_key stocktake, struct record_key exhibit)
{
    struct stocktake_count *count = counted(stocktake, PASS_BOTH);
    struct stocktake_item *item = stocktake_item_of(count, exhibit.id);
    enum stocktake_class class = item ? item->class : CLASSES;

    stocktake_count_free(count);
    return class;
}

static struct stocktake_record *stocktake_of(struct record_key key)
{
    return fetch(&d, key);
}

/* ---- results ---- */

static void found_moved_missing_and_unknown_are_told_apart(void **state)
{
    const char *here = new_shelf(NULL), *there = new_shelf(NULL);
    struct record_key stays = on_shelf(here), lost = on_shelf(here), astray = on_shelf(there),
                      stocktake = opened(here);
    struct stocktake_record *said;

    (void)state;
    assert_int_equal(stocktake_of(stocktake)->expected.value, 2);
    done(&d, begins(&d.clerk, stocktake, here));
    done(&d, scans(&d.clerk, stocktake, here, stays));
    done(&d, scans(&d.clerk, stocktake, here, astray));
    done(&d, scans_code(&d.clerk, stocktake, here, "<script>\\x1b[2J"));
    done(&d, finishes(&d.clerk, stocktake));
    assert_int_equal(class_of(stocktake, stays), CLASS_FOUND);
    assert_int_equal(class_of(stocktake, astray), CLASS_MOVED);
    assert_int_equal(class_of(stocktake, lost), CLASS_MISSING);
    said = stocktake_of(stocktake);
    says("counted", said->state);
    assert_int_equal(said->found.value, 1);
    assert_int_equal(said->moved.value, 1);
    assert_int_equal(said->missing.value, 1);
    assert_int_equal(said->unknown.value, 1);
    assert_int_equal(said->errors.value, 1); /* what came astray was not on this list */
    assert_int_equal(stocktake_error_rate(said), 500);
}

static void the_same_item_twice_counts_once(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), stocktake = opened(here);
    struct stocktake_record *said;

    (void)state;
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, scans_code(&d.clerk, stocktake, here, "X1"));
    done(&d, scans_code(&d.clerk, stocktake, here, "X1"));
    done(&d, finishes(&d.clerk, stocktake));
    said = stocktake_of(stocktake);
    assert_int_equal(said->found.value, 1);
    assert_int_equal(said->unknown.value, 1);
    assert_int_equal(said->twice.value, 2);
}

static void what_cannot_be_located_and_lies_there_is_found_again(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), b = on_shelf(here), stocktake;

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-unable-to-locate", NULL,
                  TYPED("exhibits", number_of(&d, a), "reason", "not on its shelf")));
    stocktake = opened(here);
    assert_int_equal(stocktake_of(stocktake)->expected.value, 1); /* it is not expected */
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, scans(&d.clerk, stocktake, here, b));
    assert_int_equal(class_of(stocktake, a), CLASS_FOUND_AGAIN);
}

static void what_left_by_an_act_after_the_opening_is_not_missing(void **state)
{
    const char *here = new_shelf(NULL), *there = new_shelf(NULL);
    struct record_key leaves = on_shelf(here), lost = on_shelf(here), comes = on_shelf(there),
                      stocktake = opened(here);

    (void)state;
    department_now += MINUTE_MS;
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, leaves), "location", there)));
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, comes), "location", here)));
    done(&d, begins(&d.clerk, stocktake, here));
    done(&d, scans(&d.clerk, stocktake, here, comes));
    done(&d, finishes(&d.clerk, stocktake));
    assert_int_equal(class_of(stocktake, leaves), CLASS_LEFT);
    assert_int_equal(class_of(stocktake, comes), CLASS_EXTRA);
    assert_int_equal(class_of(stocktake, lost), CLASS_MISSING);
    /* What happens after the count changes nothing of it. */
    department_now += MINUTE_MS;
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, lost), "location", there)));
    assert_int_equal(class_of(stocktake, lost), CLASS_MISSING);
}

static void a_shelf_that_nobody_counted_is_not_missing_and_must_be_explained(void **state)
{
    const char *room = new_shelf(NULL), *one = new_shelf(room), *two = new_shelf(room);
    struct record_key a = on_shelf(one), b = on_shelf(two), stocktake = opened(room);

    (void)state;
    done(&d, scans(&d.clerk, stocktake, one, a));
    assert_int_equal(class_of(stocktake, b), CLASS_UNCOUNTED);
    assert_int_equal(finishes(&d.clerk, stocktake), ERR_INVALID);
    done(&d, does(&d, &d.clerk, "stocktake-finish", &stocktake,
                  TYPED("remark", "rack two is behind a locked gate")));
    assert_int_equal(stocktake_of(stocktake)->uncounted.value, 1);
    assert_int_equal(stocktake_of(stocktake)->missing.value, 0);
}

static void the_label_of_a_rack_counts_what_lies_in_its_bins(void **state)
{
    const char *rack = new_shelf(NULL), *bin = new_shelf(rack);
    struct record_key a = on_shelf(bin), b = on_shelf(bin), stocktake = opened(rack);

    (void)state;
    done(&d, begins(&d.clerk, stocktake, rack));
    done(&d, scans(&d.clerk, stocktake, rack, a));
    assert_int_equal(class_of(stocktake, a), CLASS_FOUND);
    assert_int_equal(class_of(stocktake, b), CLASS_MISSING);
}

static void only_shelves_in_scope_are_counted(void **state)
{
    const char *here = new_shelf(NULL), *there = new_shelf(NULL);
    struct record_key a = on_shelf(here), stocktake = opened(here);

    (void)state;
    refused(&d, scans(&d.clerk, stocktake, there, a), ERR_REFUSED, "not part of");
}

/* ---- slips, and going on ---- */

static void a_scan_is_taken_back_and_both_stay(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), b = on_shelf(here), stocktake = opened(here);
    struct stocktake_count *count;

    (void)state;
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, scans(&d.clerk, stocktake, here, b));
    done(&d, does(&d, &d.clerk, "stocktake-take-back", &stocktake, TYPED(NULL)));
    assert_int_equal(class_of(stocktake, a), CLASS_FOUND);
    assert_int_equal(class_of(stocktake, b), CLASS_MISSING);
    done(&d, does(&d, &d.clerk, "stocktake-take-back", &stocktake, TYPED(NULL)));
    assert_int_equal(class_of(stocktake, a), CLASS_MISSING);
    refused(&d, does(&d, &d.clerk, "stocktake-take-back", &stocktake, TYPED(NULL)), ERR_REFUSED,
            "no scan of yours");
    done(&d, scans(&d.clerk, stocktake, here, b)); /* and scanned again after all */
    count = counted(stocktake, PASS_BOTH);
    assert_int_equal(count->scan_count, 5);
    assert_int_equal(count->twice, 0);
    assert_int_equal(count->totals[CLASS_FOUND], 1);
    stocktake_count_free(count);
}

static void another_officers_scan_is_not_taken_back(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), stocktake = opened(here);

    (void)state;
    done(&d, scans(&d.clerk, stocktake, here, a));
    joins(&d.clerk2, stocktake, "first");
    refused(&d, does(&d, &d.clerk2, "stocktake-take-back", &stocktake, TYPED("line", "1")),
            ERR_REFUSED, "no scan of yours");
}

static void what_was_loaded_follows_what_others_scan(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), b = on_shelf(here), stocktake = opened(here);
    struct stocktake_count *count = counted(stocktake, PASS_FIRST);
    struct stocktake_progress progress;
    uint64_t place = ((struct exhibit_record *)fetch(&d, a))->located.id;
    struct txn *txn;

    (void)state;
    joins(&d.clerk2, stocktake, "first");
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, scans(&d.clerk2, stocktake, here, b));
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(stocktake_count_follow(count, txn), ERR_OK);
    assert_int_equal(stocktake_progress_at(count, txn, place, 0, &progress), ERR_OK);
    txn_end(txn);
    assert_int_equal(progress.expected, 2);
    assert_int_equal(progress.found, 2);
    stocktake_count_free(count);
}

/* ---- the second counter ---- */

static void the_second_count_is_blind_and_what_differs_is_told(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key both = on_shelf(here), first = on_shelf(here), second = on_shelf(here),
                      stocktake = opened(here);
    struct stocktake_count *count;

    (void)state;
    done(&d, scans(&d.clerk, stocktake, here, both));
    done(&d, scans(&d.clerk, stocktake, here, first));
    refused(&d, scans(&d.clerk2, stocktake, here, both), ERR_REFUSED, "Join it");
    joins(&d.clerk2, stocktake, "second");
    done(&d, scans(&d.clerk2, stocktake, here, both));
    done(&d, scans(&d.clerk2, stocktake, here, second));
    count = counted(stocktake, PASS_SECOND); /* what the second counter may see */
    assert_int_equal(stocktake_item_of(count, first.id)->class, CLASS_MISSING);
    stocktake_count_free(count);
    done(&d, finishes(&d.clerk2, stocktake));
    assert_int_equal(stocktake_of(stocktake)->differing.value, 2);
    count = counted(stocktake, PASS_BOTH);
    assert_true(stocktake_item_of(count, first.id)->differs);
    assert_true(stocktake_item_of(count, second.id)->differs);
    assert_false(stocktake_item_of(count, both.id)->differs);
    assert_int_equal(count->totals[CLASS_FOUND], 3);
    stocktake_count_free(count);
}

static void a_counter_does_not_change_sides(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key stocktake;

    (void)state;
    on_shelf(here);
    stocktake = opened(here);
    refused(&d, does(&d, &d.clerk, "stocktake-join", &stocktake, TYPED("pass", "second")),
            ERR_REFUSED, "already");
}

/* ---- sign-off and end ---- */

static void whoever_counted_does_not_sign(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), stocktake = opened(here);

    (void)state;
    joins(&d.supervisor, stocktake, "first");
    done(&d, scans(&d.supervisor, stocktake, here, a));
    done(&d, finishes(&d.supervisor, stocktake));
    refused(&d, does(&d, &d.supervisor, "stocktake-sign", &stocktake, TYPED(NULL)), ERR_REFUSED,
            "another supervisor");
    refused(&d, does(&d, &d.clerk2, "stocktake-sign", &stocktake, TYPED(NULL)), ERR_REFUSED,
            "right");
}

static void it_is_signed_and_closed_when_its_corrections_are_made(void **state)
{
    const char *here = new_shelf(NULL), *there = new_shelf(NULL);
    struct record_key lost = on_shelf(here), astray = on_shelf(there), stocktake = opened(here);

    (void)state;
    done(&d, scans(&d.clerk, stocktake, here, astray));
    done(&d, finishes(&d.clerk, stocktake));
    refused(&d, scans(&d.clerk, stocktake, here, lost), ERR_REFUSED, "not being counted");
    done(&d, does(&d, &d.supervisor, "stocktake-sign", &stocktake, TYPED(NULL)));
    assert_int_equal(does(&d, &d.supervisor, "stocktake-close", &stocktake, TYPED(NULL)),
                     ERR_INVALID);
    done(&d, does(&d, &d.clerk, "exhibit-unable-to-locate", NULL,
                  TYPED("exhibits", number_of(&d, lost), "reason", "stocktake")));
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, astray), "location", here)));
    done(&d, does(&d, &d.supervisor, "stocktake-close", &stocktake, TYPED(NULL)));
    says("closed", stocktake_of(stocktake)->state);
    assert_int_equal(stocktake_of(stocktake)->supervisor.id, d.supervisor.officer);
}

static void it_is_sent_back_or_given_up_with_a_reason(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), stocktake = opened(here);

    (void)state;
    done(&d, begins(&d.clerk, stocktake, here));
    done(&d, finishes(&d.clerk, stocktake));
    done(&d, does(&d, &d.supervisor, "stocktake-recount", &stocktake,
                  TYPED("reason", "the rack was counted in the dark")));
    assert_false(stocktake_of(stocktake)->missing.present);
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, finishes(&d.clerk, stocktake));
    assert_int_equal(stocktake_of(stocktake)->missing.value, 0);
    assert_int_equal(does(&d, &d.clerk, "stocktake-abandon", &stocktake, TYPED(NULL)),
                     ERR_INVALID);
    done(&d, does(&d, &d.clerk, "stocktake-abandon", &stocktake,
                  TYPED("reason", "the fire alarm")));
    says("abandoned", stocktake_of(stocktake)->state);
}

/* ---- samples ---- */

static void sizes_are_those_of_the_practice(void **state)
{
    (void)state;
    assert_int_equal(sample_size(0), 0);
    assert_int_equal(sample_size(1), 1);
    assert_int_equal(sample_size(100), 92);
    assert_int_equal(sample_size(500), 341);
    assert_int_equal(sample_size(1000), 517);
    assert_int_equal(sample_size(5000), 880);
    assert_int_equal(sample_size(25000), 1024);
}

static void a_vector_that_anybody_can_work_out(void **state)
{
    /* printf '%s %s' 'seed 1' E-000001-K | sha256sum, and so on; the two smallest. */
    struct drawn_item items[] = {
        { .exhibit = 1, .number = TEXT("E-000001-K"), .stratum = STRATUM_CASH },
        { .exhibit = 2, .number = TEXT("E-000002-I"), .stratum = STRATUM_CASH },
        { .exhibit = 3, .number = TEXT("E-000003-G"), .stratum = STRATUM_CASH },
        { .exhibit = 4, .number = TEXT("E-000004-E"), .stratum = STRATUM_DRUG },
    };
    const uint64_t sizes[STRATA] = { [STRATUM_CASH] = 2, [STRATUM_DRUG] = 0 };
    AUTO_BUFFER struct buffer hex = { 0 };

    (void)state;
    sample_draw(items, 4, TEXT("seed 1"), sizes);
    hex_encode(&hex, (struct bytes){ items[0].digest.byte, 4 });
    says("72743d14", buffer_as_text(&hex));
    assert_true(items[0].drawn);
    assert_true(items[1].drawn);
    assert_false(items[2].drawn);
    assert_false(items[3].drawn);
}

static struct record_key drawn(const char *location, const char *seed)
{
    return made(&d,
                does(&d, &d.clerk, "stocktake-open", NULL,
                     TYPED("location", location, "method", "sample", "strata", "general | 3",
                           seed ? "seed" : NULL, seed)),
                &stocktake_type);
}

static void the_same_seed_draws_the_same_and_is_written_before_the_count(void **state)
{
    const char *here = new_shelf(NULL);
    struct stocktake_record *one, *two, *other;
    bool differs = false;

    (void)state;
    for (int i = 0; i < 8; i++)
        on_shelf(here);
    one = stocktake_of(drawn(here, "Hang Seng 18,889.97"));
    two = stocktake_of(drawn(here, "Hang Seng 18,889.97"));
    assert_int_equal(one->expected.value, 3);
    assert_int_equal(one->population.value, 8);
    assert_memory_equal(one->list_hash.bytes.data, two->list_hash.bytes.data, 32);
    for (int i = 0; i < 9 && !differs; i++) { /* of 56 samples another is drawn soon enough */
        other = stocktake_of(drawn(here, arena_printf(d.arena, "%d", i).data));
        differs = memcmp(one->list_hash.bytes.data, other->list_hash.bytes.data, 32) != 0;
    }
    assert_true(differs);
    other = stocktake_of(drawn(here, NULL)); /* none agreed upon: drawn at random, recorded */
    assert_int_equal(other->seed.len, 16);
}

static void an_auditor_derives_the_list_again_after_goods_have_moved(void **state)
{
    const char *here = new_shelf(NULL), *there = new_shelf(NULL);
    struct record_key a = on_shelf(here), stocktake;
    struct stocktake_record *said;
    struct stocktake_check check;

    (void)state;
    for (int i = 0; i < 5; i++)
        on_shelf(here);
    stocktake = drawn(here, "x");
    department_now += MINUTE_MS;
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, a), "location", there)));
    on_shelf(here);
    said = stocktake_of(stocktake);
    assert_int_equal(stocktake_rederive(d.t.store, said, d.arena, &check), ERR_OK);
    assert_int_equal(check.scope.count, 6);
    assert_true(check.scope_agrees && check.list_agrees && check.written_agrees);
    said->seed = TEXT("another"); /* of 20 samples, this seed draws another */
    assert_int_equal(stocktake_rederive(d.t.store, said, d.arena, &check), ERR_OK);
    assert_true(check.scope_agrees);
    assert_false(check.list_agrees);
    assert_false(check.written_agrees);
}

static void strata_go_by_the_class_of_the_goods_and_by_value(void **state)
{
    struct exhibit_record exhibit = { .value = { HIGH_VALUE_CENTS, "HKD" } };

    (void)state;
    assert_int_equal(stratum_of(&exhibit, TEXT("drug")), STRATUM_DRUG);
    assert_int_equal(stratum_of(&exhibit, TEXT("general")), STRATUM_HIGH);
    exhibit.value.minor--;
    assert_int_equal(stratum_of(&exhibit, TEXT("general")), STRATUM_GENERAL);
    assert_int_equal(stratum_of(&exhibit, TEXT("high-value")), STRATUM_HIGH);
    assert_int_equal(stratum_of(&exhibit, TEXT("firearm")), STRATUM_ARMS);
}

static void a_list_of_many_parts_is_read_whole(void **state)
{
    enum { MANY = 1203 };
    const char *here = new_shelf(NULL);
    struct record_key seizure = record_seizure(&d, open_case(&d)), stocktake;
    struct stocktake_count *count;

    (void)state;
    for (int i = 0; i < MANY; i++) {
        struct record_key exhibit = add_exhibit(&d, seizure, "DIG.PHO", "1 pc");

        done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                      TYPED("exhibits", number_of(&d, exhibit), "location", here)));
    }
    stocktake = opened(here);
    done(&d, begins(&d.clerk, stocktake, here));
    count = counted(stocktake, PASS_BOTH);
    assert_int_equal(count->listed, MANY);
    assert_int_equal(count->totals[CLASS_MISSING], MANY);
    stocktake_count_free(count);
}

static bool paper_says(struct record_key stocktake, const char *words)
{
    AUTO_BUFFER struct buffer out = { 0 };
    struct paper_call call = { .officer = d.clerk.officer,
                               .lookup = codes_lookup(d.codes),
                               .arena = d.arena,
                               .record = fetch(&d, stocktake) };
    struct paper *paper;

    assert_int_equal(codes_refresh(d.codes), ERR_OK);
    assert_int_equal(store_begin(&call.txn, d.t.store), ERR_OK);
    assert_int_equal(paper_make(&paper, paper_kind_named(TEXT("stocktake")), &call,
                                LANGUAGE_EN),
                     ERR_OK);
    txn_end(call.txn);
    paper_write(&out, paper, PAPER_HTML);
    return contains(buffer_as_text(&out), words);
}

static void its_paper_tells_the_list_first_and_the_result_when_it_is_fixed(void **state)
{
    const char *here = new_shelf(NULL);
    struct record_key a = on_shelf(here), b = on_shelf(here), stocktake = opened(here);

    (void)state;
    done(&d, scans(&d.clerk, stocktake, here, a));
    done(&d, scans_code(&d.clerk, stocktake, here, "<b>Z</b>"));
    assert_true(paper_says(stocktake, number_of(&d, b)));
    assert_false(paper_says(stocktake, "Missing")); /* the second counter may read it */
    done(&d, finishes(&d.clerk, stocktake));
    assert_true(paper_says(stocktake, "Missing"));
    assert_true(paper_says(stocktake, "50.0%"));
    assert_true(paper_says(stocktake, "&#60;b&#62;Z"));
}

static void an_empty_place_is_not_opened(void **state)
{
    const char *here = new_shelf(NULL);

    (void)state;
    assert_int_equal(does(&d, &d.clerk, "stocktake-open", NULL, TYPED("location", here)),
                     ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_moved_missing_and_unknown_are_told_apart),
        cmocka_unit_test(the_same_item_twice_counts_once),
        cmocka_unit_test(what_cannot_be_located_and_lies_there_is_found_again),
        cmocka_unit_test(what_left_by_an_act_after_the_opening_is_not_missing),
        cmocka_unit_test(a_shelf_that_nobody_counted_is_not_missing_and_must_be_explained),
        cmocka_unit_test(the_label_of_a_rack_counts_what_lies_in_its_bins),
        cmocka_unit_test(only_shelves_in_scope_are_counted),
        cmocka_unit_test(a_scan_is_taken_back_and_both_stay),
        cmocka_unit_test(another_officers_scan_is_not_taken_back),
        cmocka_unit_test(what_was_loaded_follows_what_others_scan),
        cmocka_unit_test(the_second_count_is_blind_and_what_differs_is_told),
        cmocka_unit_test(a_counter_does_not_change_sides),
        cmocka_unit_test(whoever_counted_does_not_sign),
        cmocka_unit_test(it_is_signed_and_closed_when_its_corrections_are_made),
        cmocka_unit_test(it_is_sent_back_or_given_up_with_a_reason),
        cmocka_unit_test(sizes_are_those_of_the_practice),
        cmocka_unit_test(a_vector_that_anybody_can_work_out),
        cmocka_unit_test(the_same_seed_draws_the_same_and_is_written_before_the_count),
        cmocka_unit_test(an_auditor_derives_the_list_again_after_goods_have_moved),
        cmocka_unit_test(strata_go_by_the_class_of_the_goods_and_by_value),
        cmocka_unit_test(a_list_of_many_parts_is_read_whole),
        cmocka_unit_test(its_paper_tells_the_list_first_and_the_result_when_it_is_fixed),
        cmocka_unit_test(an_empty_place_is_not_opened),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
