/* Counting by two of whom the second does not see the first figure, cash by denomination, and paying it in. */
#include "core/change/history.h"
#include "core/model/access.h"
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/opening.h"
#include "core/model/seal.h"
#include "tests/one_department.h"

static struct custody_event_record *event_of(struct record_key exhibit, uint32_t n)
{
    return fetch(&d, (struct record_key){ exhibit.id, custody_event_type.family, n });
}

static struct exhibit_record *exhibit_of(struct record_key key)
{
    return fetch(&d, key);
}

static enum err count(struct session *who, struct record_key key, const char *counted)
{
    return does(&d, who, "exhibit-count", &key, TYPED("counted", counted));
}

static void the_second_count_settles_what_the_first_found(void **state)
{
    struct record_key key = seize(&d, "DRG.MET", "120 pc");

    (void)state;
    done(&d, count(&d.clerk, key, "120 pc"));
    says("counted_first", event_of(key, 2)->action);
    assert_false(text_present(event_of(key, 2)->counted.unit));
    assert_int_equal(exhibit_of(key)->count_first_by.id, d.clerk.officer);
    done(&d, count(&d.clerk2, key, "120 pc"));
    says("counted", event_of(key, 3)->action);
    assert_int_equal(event_of(key, 3)->first_counter.id, d.clerk.officer);
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_ABSENT);
    assert_int_equal(exhibit_of(key)->count_first_by.id, 0);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
}

static void figures_that_differ_are_a_discrepancy_with_both(void **state)
{
    struct record_key key = seize(&d, "DRG.MET", "120 pc");

    (void)state;
    done(&d, count(&d.clerk, key, "121 pc"));
    done(&d, count(&d.clerk2, key, "120 pc"));
    assert_int_equal(exhibit_of(key)->discrepancies.value, 1);
    assert_true(contains(account_of(&d, key, 3), "first 121 "));
    assert_true(contains(account_of(&d, key, 3), "then 120 "));
    assert_int_equal(event_of(key, 3)->first_count.number.mantissa, 121);
}

static void nobody_counts_twice(void **state)
{
    struct record_key key = seize(&d, "FIR.GUN", "2 pc");

    (void)state;
    done(&d, count(&d.clerk, key, "2 pc"));
    refused(&d, count(&d.clerk, key, "2 pc"), ERR_REFUSED, "Another officer");
    done(&d, count(&d.desk, key, "2 pc"));
}

/* Read as anybody reads, the first figure is not there: not in the record as it stands, nor in its past revisions. */
static void the_first_figure_is_shown_to_nobody(void **state)
{
    struct record_key key = seize(&d, "DRG.MET", "120 pc");
    struct session *readers[] = { &d.clerk, &d.clerk2, &d.desk, &d.supervisor };

    (void)state;
    done(&d, count(&d.clerk, key, "119 pc"));
    assert_true(text_present(exhibit_of(key)->count_first.unit)); /* the store knows */
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        AUTO_TXN struct txn *txn = NULL;
        struct access_reader *reader = access_reader_new(readers[i]);
        struct record *record;
        struct revision *revisions;
        size_t revision_count;

        store_read_as(d.t.store, access_of(reader));
        assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
        assert_int_equal(record_get(txn, &key, 0, d.arena, &record), ERR_OK);
        assert_false(text_present(((struct exhibit_record *)record)->count_first.unit));
        assert_int_not_equal(((struct exhibit_record *)record)->count_first_by.id, 0);
        assert_int_equal(history_read(txn, &key, 0, 9, d.arena, &revisions, &revision_count),
                         ERR_OK);
        for (size_t k = 0; k < revision_count; k++)
            assert_false(
                text_present(((struct exhibit_record *)revisions[k].record)->count_first.unit));
        store_read_as(d.t.store, NULL);
        access_reader_free(reader);
    }
}

static void goods_of_no_such_class_are_counted_once(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "3 pc");

    (void)state;
    done(&d, count(&d.clerk, key, "3 pc"));
    says("counted", event_of(key, 2)->action);
    assert_int_equal(exhibit_of(key)->count_first_by.id, 0);
}

/* ---- cash ---- */

static enum err count_cash(struct session *who, struct record_key key, const char *cash)
{
    return does(&d, who, "exhibit-count", &key, TYPED("cash", cash));
}

static const struct money_item *sum(struct list sums, size_t i)
{
    assert_true(i < sums.count);
    return (const struct money_item *)sums.items + i;
}

static void cash_is_summed_by_currency_without_counterfeits(void **state)
{
    struct record_key key = seize(&d, "CSH.HKD", "10900 hkd");
    const char *cash = "500 | 20 | note; 100 | 9 | note; 1000 | 2 | note | yes; CNY 100 | 3";

    (void)state;
    done(&d, count_cash(&d.clerk, key, cash));
    assert_int_equal(exhibit_of(key)->cash_sums.count, 0);
    done(&d,
         count_cash(&d.clerk2, key,
                    "CNY 100 | 3; 100 | 9 | note; 1000 | 2 | note | yes; 500 | 12; 500 | 8"));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_ABSENT);
    assert_int_equal(exhibit_of(key)->cash_sums.count, 2);
    assert_string_equal(sum(exhibit_of(key)->cash_sums, 0)->amount.currency, "CNY");
    assert_int_equal(sum(exhibit_of(key)->cash_sums, 0)->amount.minor, 30000);
    assert_int_equal(sum(exhibit_of(key)->cash_sums, 1)->amount.minor, 1090000);
}

static void cash_that_is_not_what_was_declared_is_a_discrepancy(void **state)
{
    struct record_key key = seize(&d, "CSH.HKD", "11000 hkd");

    (void)state;
    done(&d, count_cash(&d.clerk, key, "500 | 21"));
    done(&d, count_cash(&d.clerk2, key, "500 | 20"));
    assert_true(contains(account_of(&d, key, 3), "first 10,500, then 10,000"));
    assert_true(contains(account_of(&d, key, 3), "Quantity: recorded 11,000"));
}

static void impossible_cash_is_not_taken(void **state)
{
    struct record_key key = seize(&d, "CSH.HKD", "100 hkd");
    static const char *const wrong[] = { "100 | 0", "100 | -1", "-100 | 1",
                                         "90000000000000000 | 900000000" };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        refused(&d, count_cash(&d.clerk, key, wrong[i]), ERR_INVALID, "attention");
    refused(&d, does(&d, &d.clerk, "exhibit-count", &key, TYPED("remark", "nothing")),
            ERR_INVALID, "attention");
    refused(&d,
            does(&d, &d.clerk, "exhibit-count", &key,
                 TYPED("cash", "100 | 1", "counted", "100 hkd")),
            ERR_INVALID, "attention");
}

static void counted_cash_is_sealed_in_the_same_act(void **state)
{
    struct record_key key = seize(&d, "CSH.HKD", "500 hkd");

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "exhibit-count", &key,
                 TYPED("cash", "500 | 1", "seal", "A000001")),
            ERR_INVALID, "attention");
    done(&d, count_cash(&d.clerk, key, "500 | 1"));
    done(&d,
         does(&d, &d.desk, "exhibit-count", &key, TYPED("cash", "500 | 1", "seal", "A000001")));
    says("A000001", exhibit_of(key)->seal);
    says("A000001", event_of(key, 3)->seal_on);
}

static enum err pay_in(struct record_key key, const char *paid)
{
    assert_int_equal(account_second(&d.desk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    return does(&d, &d.desk, "exhibit-pay-in", NULL,
                TYPED("exhibits", number_of(&d, key), "body", "XTY", "paid", paid,
                      "outside_person", "Teller 7", "outside_receipt", "TRY-101"));
}

static void what_is_paid_in_is_what_was_counted(void **state)
{
    struct record_key key = seize(&d, "CSH.HKD", "10000 hkd"),
                      less = seize(&d, "CSH.HKD", "10000 hkd");

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct record_key each = i == 0 ? key : less;

        done(&d, count_cash(&d.clerk, each, "500 | 20; USD 100 | 1"));
        done(&d, count_cash(&d.clerk2, each, "500 | 20; USD 100 | 1"));
    }
    done(&d, pay_in(key, "USD 100; 10000"));
    says("E22", exhibit_of(key)->state);
    assert_int_equal(event_of(key, 4)->discrepancy, FLAG_ABSENT);
    done(&d, pay_in(less, "9500; USD 100"));
    assert_int_equal(event_of(less, 4)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, less, 4), "10,000"));
    assert_true(contains(account_of(&d, less, 4), "9,500"));
}

/* ---- firearms ---- */

static enum err check_gun(struct record_key key, const char *serial, const char *unloaded)
{
    return does(&d, &d.clerk, "exhibit-check-firearm", &key,
                TYPED("make", "Norinco", "model", "54", "calibre", "7.62x25", "serial", serial,
                      "unloaded", unloaded));
}

static void a_firearm_is_read_anew_by_two_officers(void **state)
{
    struct record_key key = seize(&d, "FIR.GUN", "1 pc"), phone = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-amend", &key,
                  TYPED("serial", "31004477", "brand", "NORINCO")));
    refused(&d, check_gun(phone, "31004477", "yes"), ERR_REFUSED, "no firearm");
    assert_false(act_fits(act_named(TEXT("exhibit-check-firearm")), fetch(&d, phone)));
    assert_true(act_fits(act_named(TEXT("exhibit-check-firearm")), fetch(&d, key)));
    refused(&d, check_gun(key, "31004477", "yes"), ERR_REFUSED, "needs two officers");
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, check_gun(key, "31004477", "yes"));
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
    says("7.62X25", exhibit_of(key)->calibre);
    assert_int_equal(exhibit_of(key)->unloaded_by.id, d.clerk.officer);
    assert_int_not_equal(exhibit_of(key)->unloaded_at.date, 0);
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, check_gun(key, "31004417", "no"));
    assert_true(contains(account_of(&d, key, 3), "recorded 31004477, found 31004417"));
    assert_true(contains(account_of(&d, key, 3), "Found loaded"));
    says("31004477", exhibit_of(key)->serial);
    assert_int_equal(exhibit_of(key)->unloaded_at.date, 0);
}

/* ---- sessions ---- */

static enum err open_all(struct session *who, const char *second, const char *exhibits)
{
    assert_int_equal(account_second(who, text_of(second), TEXT(PASSWORD)), ERR_OK);
    return does(&d, who, "exhibit-open", NULL,
                TYPED("exhibits", exhibits, "located", "KC-R1", "purpose", "counting"));
}

static enum err close_session(struct session *who, const char *second,
                              struct record_key session)
{
    assert_int_equal(account_second(who, text_of(second), TEXT(PASSWORD)), ERR_OK);
    return does(&d, who, "opening-close", &session, NULL);
}

static struct record_key sealed(const char *seal)
{
    struct record_key key = seize(&d, "DRG.MET", "10 pc");

    done(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", seal)));
    return key;
}

static void a_session_breaks_seals_and_ends_when_all_are_sealed_again(void **state)
{
    struct record_key a = sealed("A000002"), b = sealed("A000003"), session;
    const char *both = arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, b)).data;
    struct record *seal;
    AUTO_TXN struct txn *txn = NULL;

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-open", NULL,
                 TYPED("exhibits", both, "located", "KC-R1", "purpose", "counting")),
            ERR_REFUSED, "second person");
    session = made(&d, open_all(&d.desk, "D-1205", both), &opening_type);
    assert_false(text_present(exhibit_of(a)->seal));
    says("A000002", event_of(a, 3)->seal_off);
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, &seal_type, TEXT("A000002"), 0, d.arena, &seal),
                     ERR_OK);
    says("broken", ((struct seal_record *)seal)->state);
    refused(&d, open_all(&d.desk, "D-1205", number_of(&d, a)), ERR_REFUSED, "already");
    done(&d, does(&d, &d.desk, "exhibit-seal", &a, TYPED("seal", "A000004")));
    refused(&d, close_session(&d.desk, "D-1205", session), ERR_REFUSED, number_of(&d, b));
    done(&d, does(&d, &d.desk, "exhibit-seal", &b, TYPED("seal", "A000005")));
    done(&d, close_session(&d.desk, "D-1205", session));
    says("closed", ((struct opening_record *)fetch(&d, session))->state);
    assert_int_equal(exhibit_of(b)->opening.id, 0);
    assert_int_equal(exhibit_of(b)->discrepancies.value, 0);
    refused(&d, close_session(&d.desk, "D-1205", session), ERR_REFUSED, "closed already");
}

static void a_session_that_others_close_is_a_discrepancy(void **state)
{
    struct record_key key = sealed("A000006"),
                      session = made(&d, open_all(&d.desk, "D-1205", number_of(&d, key)),
                                     &opening_type);

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", "A000007")));
    done(&d, close_session(&d.desk, "C-0311", session));
    assert_true(contains(account_of(&d, key, 5), "recorded D-1205"));
    assert_true(contains(account_of(&d, key, 5), "found C-0311"));
}

static void what_leaves_the_table_while_it_lies_open_is_a_discrepancy(void **state)
{
    struct record_key key = sealed("A000008");

    (void)state;
    done(&d, open_all(&d.desk, "D-1205", number_of(&d, key)));
    hand_to_clerk(&d, key);
    assert_true(contains(account_of(&d, key, 4), "Session still open: recorded OS"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_count_settles_what_the_first_found),
        cmocka_unit_test(figures_that_differ_are_a_discrepancy_with_both),
        cmocka_unit_test(nobody_counts_twice),
        cmocka_unit_test(the_first_figure_is_shown_to_nobody),
        cmocka_unit_test(goods_of_no_such_class_are_counted_once),
        cmocka_unit_test(a_firearm_is_read_anew_by_two_officers),
        cmocka_unit_test(a_session_breaks_seals_and_ends_when_all_are_sealed_again),
        cmocka_unit_test(a_session_that_others_close_is_a_discrepancy),
        cmocka_unit_test(what_leaves_the_table_while_it_lies_open_is_a_discrepancy),
        cmocka_unit_test(cash_is_summed_by_currency_without_counterfeits),
        cmocka_unit_test(cash_that_is_not_what_was_declared_is_a_discrepancy),
        cmocka_unit_test(impossible_cash_is_not_taken),
        cmocka_unit_test(counted_cash_is_sealed_in_the_same_act),
        cmocka_unit_test(what_is_paid_in_is_what_was_counted),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
