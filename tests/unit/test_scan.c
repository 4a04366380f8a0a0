/* A hand-over that goes on item by item, as a scanner reads them. */
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
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
    };

    return cmocka_run_group_tests(tests, open_with_shelf, close_department);
}
