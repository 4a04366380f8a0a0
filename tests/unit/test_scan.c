/* A hand-over that goes on item by item, as a scanner reads them. */
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/scan.h"
#include "tests/one_department.h"

static struct exhibit_record *exhibit_of(struct record_key key)
{
    return fetch(&d, key);
}

static void build_shelf(void)
{
    done(&d, does(&d, &d.administrator, "location-add", NULL,
                  TYPED("number", "RACK-1", "name", "rack", "location_kind", "rack", "state",
                        "open")));
}

static struct record_key opened(struct session *who, const char *shelf)
{
    return made(&d,
                does(&d, who, "hand-over-open", NULL,
                     TYPED("action", "shelved", "location", shelf)),
                &handover_type);
}

static enum err scan(struct session *who, struct record_key handover, struct record_key exhibit)
{
    return does(&d, who, "hand-over-item", &handover, TYPED("exhibit", number_of(&d, exhibit)));
}

static void second(struct session *who, const char *number)
{
    assert_int_equal(account_second(who, text_of(number), TEXT(PASSWORD)), ERR_OK);
}

static void each_scan_is_durable_by_itself(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), b = seize(&d, "DIG.PHO", "1 pc"),
                      handover = opened(&d.clerk, "RACK-1");
    struct handover_record *said;

    (void)state;
    done(&d, scan(&d.clerk, handover, a));
    says("E03", exhibit_of(a)->state);
    says("E01", exhibit_of(b)->state); /* a dropped line leaves each either moved or not */
    done(&d, scan(&d.clerk, handover, b));
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, TYPED(NULL)));
    said = fetch(&d, handover);
    says("done", said->state);
    assert_int_equal(said->item_count.value, 2);
    assert_int_equal(((const struct exhibit_item *)said->exhibits.items)[1].exhibit.id, b.id);
    refused(&d, scan(&d.clerk, handover, a), ERR_REFUSED, "closed");
}

static void the_same_item_twice_is_said_and_changes_nothing(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover = opened(&d.clerk, "RACK-1");

    (void)state;
    done(&d, scan(&d.clerk, handover, a));
    refused(&d, scan(&d.clerk, handover, a), ERR_CONFLICT, "already");
    assert_int_equal(exhibit_of(a)->events.value, 2);
}

static void a_slip_is_taken_back_by_a_further_event(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover = opened(&d.clerk, "RACK-1");
    const struct exhibit_record *before = exhibit_of(a);

    (void)state;
    done(&d, scan(&d.clerk, handover, a));
    done(&d, does(&d, &d.clerk, "hand-over-take-back", &handover,
                  TYPED("exhibit", number_of(&d, a))));
    assert_int_equal(exhibit_of(a)->holder.id, before->holder.id);
    says("E01", exhibit_of(a)->state);
    assert_int_equal(exhibit_of(a)->events.value, 3);
    refused(&d,
            does(&d, &d.clerk, "hand-over-take-back", &handover,
                 TYPED("exhibit", number_of(&d, a))),
            ERR_MISSING, "not in hand-over");
    done(&d, scan(&d.clerk, handover, a)); /* and scanned again after all */
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, TYPED(NULL)));
    assert_int_equal(((struct handover_record *)fetch(&d, handover))->item_count.value, 1);
}

static void only_whoever_opened_it_goes_on_with_it(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover = opened(&d.clerk, "RACK-1");

    (void)state;
    refused(&d, scan(&d.clerk2, handover, a), ERR_REFUSED, "another officer");
}

static void drugs_need_the_second_officer_at_each_scan(void **state)
{
    struct record_key a = seize(&d, "DRG.HER", "1 kg"), handover = opened(&d.clerk, "RACK-1");

    (void)state;
    refused(&d, scan(&d.clerk, handover, a), ERR_REFUSED, "two officers");
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, scan(&d.clerk, handover, a));
}

static void what_an_officer_gives_is_received_only_while_he_confirms(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover;
    const char *const open[] = { "action", "handed_over", "from", "D-1204", NULL };

    (void)state;
    refused(&d, does(&d, &d.clerk, "hand-over-open", NULL, open), ERR_REFUSED, "must confirm");
    assert_int_equal(account_second(&d.clerk, TEXT("D-1204"), TEXT(PASSWORD)), ERR_OK);
    handover = made(&d, does(&d, &d.clerk, "hand-over-open", NULL, open), &handover_type);
    refused(&d, scan(&d.clerk, handover, a), ERR_REFUSED, "must confirm");
    assert_int_equal(account_second(&d.clerk, TEXT("D-1204"), TEXT(PASSWORD)), ERR_OK);
    done(&d, scan(&d.clerk, handover, a));
    assert_int_equal(exhibit_of(a)->holder.id, d.clerk.officer);
    assert_int_equal(exhibit_of(a)->discrepancies.present, false);
    /* Nor does it go back without him. */
    refused(&d,
            does(&d, &d.clerk, "hand-over-take-back", &handover,
                 TYPED("exhibit", number_of(&d, a))),
            ERR_REFUSED, "must confirm");
    assert_int_equal(account_second(&d.clerk, TEXT("D-1204"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.clerk, "hand-over-take-back", &handover,
                  TYPED("exhibit", number_of(&d, a))));
    assert_int_equal(exhibit_of(a)->holder.id, d.desk.officer);
}

static void an_empty_hand_over_closes_without_items(void **state)
{
    struct record_key handover = opened(&d.clerk, "RACK-1");

    (void)state;
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, TYPED(NULL)));
    assert_int_equal(((struct handover_record *)fetch(&d, handover))->item_count.value, 0);
}

static int open_with_shelf(void **state)
{
    open_department(state);
    build_shelf();
    return 0;
}

static void what_is_lent_by_scanner_has_a_receipt_and_a_day(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover;

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "hand-over-open", NULL, TYPED("action", "lent", "body", "XGL")),
            ERR_INVALID, "attention");
    assert_int_equal(d.result.findings.count, 3); /* who, which receipt, when it is back */
    handover = made(&d,
                    does(&d, &d.clerk, "hand-over-open", NULL,
                         TYPED("action", "lent", "body", "XGL", "outside_person", "LEE",
                               "outside_receipt", "GL/1", "due", "2023-07-05")),
                    &handover_type);
    done(&d, scan(&d.clerk, handover, a));
    says("E04", exhibit_of(a)->state);
    assert_int_equal(exhibit_of(a)->due, 20230705);
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, TYPED(NULL)));
}

static void the_giver_confirms_every_item(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover;

    (void)state;
    second(&d.clerk, "D-1204");
    handover = made(&d,
                    does(&d, &d.clerk, "hand-over-open", NULL,
                         TYPED("action", "handed_over", "from", "D-1204")),
                    &handover_type);
    refused(&d, scan(&d.clerk, handover, a), ERR_REFUSED, "must confirm");
    assert_true(d.clerk.second_wanted);
    refused(&d, scan(&d.desk, handover, a), ERR_REFUSED, "another officer");
    second(&d.clerk, "D-1204");
    done(&d, scan(&d.clerk, handover, a));
    assert_int_equal(exhibit_of(a)->holder.id, d.clerk.officer);
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, TYPED(NULL)));
}

static size_t open_of(uint64_t officer)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct reference who = { .id = officer };
    const void *values[] = { &who };
    struct index_page page;

    index_prefix(&prefix, &handover_type, index_named(&handover_type, "by_open"), values, 1);
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(index_page(txn, buffer_bytes(&prefix), (struct bytes){ 0 }, BACKWARD, 10,
                                d.arena, &page),
                     ERR_OK);
    return page.count;
}

static void one_that_was_left_open_is_found_again_until_it_is_closed(void **state)
{
    struct record_key handover = opened(&d.clerk2, "RACK-1");

    (void)state;
    assert_int_equal(open_of(d.clerk2.officer), 1);
    done(&d, does(&d, &d.clerk2, "hand-over-close", &handover, TYPED(NULL)));
    assert_int_equal(open_of(d.clerk2.officer), 0);
}

static void an_item_stays_in_its_hand_over_whatever_happens_to_it_since(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), handover = opened(&d.clerk, "RACK-1");

    (void)state;
    done(&d, scan(&d.clerk, handover, a));
    done(&d, does(&d, &d.clerk, "exhibit-weigh", &a, TYPED("weight", "1 kg")));
    refused(&d, scan(&d.clerk, handover, a), ERR_CONFLICT, "already");
    done(&d, does(&d, &d.clerk, "hand-over-close", &handover, TYPED(NULL)));
}

static void amount_is(const char *scanned, const char *amount)
{
    assert_string_equal(arena_string(d.arena, scan_amount(d.arena, text_of(scanned))), amount);
}

static void a_balance_is_read_whatever_it_sends_around_the_weight(void **state)
{
    (void)state;
    amount_is("1268.40 kg", "1268.40 kg");
    amount_is("ST,GS,+  1268.40kg", "1268.40 kg");
    amount_is("  - 0.5 g  N", "-0.5 g");
    amount_is("1,268", "1,268");
    amount_is("overload", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_scan_is_durable_by_itself),
        cmocka_unit_test(the_same_item_twice_is_said_and_changes_nothing),
        cmocka_unit_test(a_slip_is_taken_back_by_a_further_event),
        cmocka_unit_test(only_whoever_opened_it_goes_on_with_it),
        cmocka_unit_test(drugs_need_the_second_officer_at_each_scan),
        cmocka_unit_test(what_an_officer_gives_is_received_only_while_he_confirms),
        cmocka_unit_test(an_empty_hand_over_closes_without_items),
        cmocka_unit_test(what_is_lent_by_scanner_has_a_receipt_and_a_day),
        cmocka_unit_test(the_giver_confirms_every_item),
        cmocka_unit_test(one_that_was_left_open_is_found_again_until_it_is_closed),
        cmocka_unit_test(an_item_stays_in_its_hand_over_whatever_happens_to_it_since),
        cmocka_unit_test(a_balance_is_read_whatever_it_sends_around_the_weight),
    };

    return cmocka_run_group_tests(tests, open_with_shelf, close_department);
}
