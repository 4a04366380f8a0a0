#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/location.h"
#include "core/model/seal.h"
#include "tests/one_department.h"

/* The n-th event of an exhibit's chain. */
static struct custody_event_record *event_of(struct record_key exhibit, uint32_t n)
{
    return fetch(&d, (struct record_key){ exhibit.id, custody_event_type.family, n });
}

/* ---- hand-overs ---- */

static void a_hand_over_needs_the_others_password(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    const char *number = number_of(&d, key);
    struct exhibit_record *exhibit;

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-hand-over", NULL,
                 TYPED("exhibits", number, "receiver", "C-0311")),
            ERR_REFUSED, "needs a second person");
    assert_int_equal(account_second(&d.desk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    refused(&d,
            does(&d, &d.desk, "exhibit-hand-over", NULL,
                 TYPED("exhibits", number, "receiver", "C-0311")),
            ERR_REFUSED, "must confirm with his or her own password");
    hand_to_clerk(&d, key);
    exhibit = fetch(&d, key);
    assert_int_equal(exhibit->holder.id, d.clerk.officer);
    says("E02", exhibit->state);
    assert_int_equal(event_of(key, 2)->discrepancy, FLAG_ABSENT);
    assert_int_equal(event_of(key, 2)->second.id, d.clerk.officer);
    assert_false(d.desk.other.unlocked); /* a second person confirms one act */
}

static void both_signatures_stand_in_the_journal(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    struct bytes bytes;
    struct leaf leaf;
    struct statement statement;

    (void)state;
    hand_to_clerk(&d, seize(&d, "DRG.HER", "2 kg"));
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(txn_leaf(txn, d.result.sequence, d.arena, &bytes), ERR_OK);
    assert_int_equal(leaf_decode(&leaf, bytes), ERR_OK);
    assert_int_equal(statement_decode(&statement, d.arena, leaf.statement), ERR_OK);
    assert_int_equal(statement.signature_count, 2);
    says("releaser", statement.signatures[0].role);
    says("receiver", statement.signatures[1].role);
    assert_int_equal(statement.signatures[1].officer, d.clerk.officer);
}

static void the_same_person_cannot_be_both(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");

    (void)state;
    refused(&d, account_second(&d.desk, TEXT("d-1204"), TEXT(PASSWORD)), ERR_REFUSED,
            "must be somebody else");
    d.desk.other = d.desk.signer;
    refused(&d,
            does(&d, &d.desk, "exhibit-hand-over", NULL,
                 TYPED("exhibits", number_of(&d, key), "receiver", "D-1204")),
            ERR_REFUSED, "must be somebody else");
    d.desk.other = (struct signer){ 0 };
    refused(&d,
            does(&d, &d.desk, "exhibit-release", NULL,
                 TYPED("exhibits", number_of(&d, key), "receiver", "D-1204")),
            ERR_REFUSED, "needs two people");
}

static void a_second_person_who_has_left_confirms_nothing(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg"), officer;

    (void)state;
    officer.id = hire(&d, "C-0399", "離任 | Left", "clerk");
    officer = (struct record_key){ .id = officer.id };
    assert_int_equal(account_second(&d.desk, TEXT("C-0399"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.administrator, "officer-amend", &officer, TYPED("state", "left")));
    refused(&d,
            does(&d, &d.desk, "exhibit-hand-over", NULL,
                 TYPED("exhibits", number_of(&d, key), "receiver", "C-0399")),
            ERR_REFUSED, "no longer in post");
    d.desk.other = (struct signer){ 0 };
}

static void an_exhibit_named_twice_is_refused(void **state)
{
    const char *number = number_of(&d, seize(&d, "DRG.HER", "2 kg"));

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-release", NULL,
                 TYPED("exhibits", arena_printf(d.arena, "%s; %s", number, number).data,
                       "receiver", "C-0311")),
            ERR_INVALID, "in the list twice");
}

static void on_two_terminals_release_comes_before_receipt(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct record_key handover =
        made(&d,
             does(&d, &d.desk, "exhibit-release", NULL,
                  TYPED("exhibits", number_of(&d, key), "receiver", "C-0311")),
             &handover_type);
    struct exhibit_record *exhibit = fetch(&d, key);

    (void)state;
    says("E05", exhibit->state);
    assert_int_equal(exhibit->holder.id, d.desk.officer);
    assert_int_equal(exhibit->handover.id, handover.id);
    refused(&d,
            does(&d, &d.desk, "exhibit-release", NULL,
                 TYPED("exhibits", number_of(&d, key), "receiver", "C-0312")),
            ERR_REFUSED, "waits to be received");
    refused(&d, does(&d, &d.clerk2, "hand-over-receive", &handover, NULL), ERR_REFUSED,
            "Only the officer named as receiver");
    done(&d, does(&d, &d.clerk, "hand-over-receive", &handover, NULL));
    exhibit = fetch(&d, key);
    assert_int_equal(exhibit->holder.id, d.clerk.officer);
    assert_int_equal(exhibit->handover.id, 0);
    refused(&d, does(&d, &d.clerk, "hand-over-receive", &handover, NULL), ERR_REFUSED,
            "not waiting to be received");
}

static void a_refused_exhibit_stays_with_whoever_offered_it(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct record_key handover =
        made(&d,
             does(&d, &d.desk, "exhibit-release", NULL,
                  TYPED("exhibits", number_of(&d, key), "receiver", "C-0311")),
             &handover_type);
    struct exhibit_record *exhibit;
    struct handover_record *record;

    (void)state;
    done(&d,
         does(&d, &d.clerk, "hand-over-refuse", &handover, TYPED("refusal", "Bag is torn")));
    exhibit = fetch(&d, key);
    says("E15", exhibit->state);
    assert_int_equal(exhibit->holder.id, d.desk.officer);
    record = fetch(&d, handover);
    says("refused", record->state);
    record->state = TEXT("done");
    refused(&d, force(&d, record), ERR_INVALID, "received or refused, once");
    record = fetch(&d, handover);
    record->purpose = TEXT("court");
    refused(&d, force(&d, record), ERR_INVALID, "is not changed once it is recorded");
}

static void what_is_moved_while_a_hand_over_is_open_is_a_discrepancy(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-release", NULL,
                  TYPED("exhibits", number_of(&d, key), "receiver", "C-0311")));
    done(&d, does(&d, &d.clerk2, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, key), "location", "KC-R1")));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, key, 3), "Open hand-over: recorded H"));
}

/* ---- shelves ---- */

static void drugs_need_a_second_officer_to_be_shelved(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct exhibit_record *exhibit;

    (void)state;
    hand_to_clerk(&d, key);
    refused(&d,
            does(&d, &d.clerk, "exhibit-shelve", NULL,
                 TYPED("exhibits", number_of(&d, key), "location", "KC-R2")),
            ERR_REFUSED, "needs two officers to be shelved");
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, key), "location", "KC-R2")));
    exhibit = fetch(&d, key);
    says("E03", exhibit->state);
    assert_int_equal(id_kind(exhibit->holder.id), location_type.number);
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_ABSENT);
}

static void a_shelf_refuses_a_hazard_that_it_does_not_take(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");

    (void)state;
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    refused(&d,
            does(&d, &d.clerk, "exhibit-shelve", NULL,
                 TYPED("exhibits", number_of(&d, key), "location", "KC-R1")),
            ERR_REFUSED, "hazard class of exhibit");
    d.clerk.other = (struct signer){ 0 };
}

static void vehicles_are_kept_in_place(void **state)
{
    struct record_key key = seize(&d, "CNV.LGV", "1 vehicle");

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "exhibit-shelve", NULL,
                 TYPED("exhibits", number_of(&d, key), "location", "KC-R1")),
            ERR_REFUSED, "record where it is kept in place");
    refused(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", "A000020")), ERR_REFUSED,
            "are not sealed");
    refused(&d,
            does(&d, &d.desk, "exhibit-keep-in-place", NULL,
                 TYPED("exhibits", number_of(&d, key), "located", "KCC", "holder", "D-1205",
                       "condition", "front dented", "reading", "88123 km", "keys", "2")),
            ERR_REFUSED, "must confirm");
    assert_int_equal(account_second(&d.desk, TEXT("D-1205"), TEXT(PASSWORD)), ERR_OK);
    refused(&d,
            does(&d, &d.desk, "exhibit-keep-in-place", NULL,
                 TYPED("exhibits", number_of(&d, key), "located", "KCC", "holder", "D-1205",
                       "condition", "front dented", "reading", "88123 km")),
            ERR_REFUSED, "reading and keys");
    done(&d, does(&d, &d.desk, "exhibit-keep-in-place", NULL,
                  TYPED("exhibits", number_of(&d, key), "located", "KCC", "holder", "D-1205",
                        "condition", "front dented", "reading", "88123 km", "keys",
                        "2, key box 7")));
    says("2, key box 7", event_of(key, 2)->keys);
    assert_int_equal(account_second(&d.desk2, TEXT("D-1204"), TEXT(PASSWORD)), ERR_OK);
    refused(&d,
            does(&d, &d.desk2, "exhibit-hand-over", NULL,
                 TYPED("exhibits", number_of(&d, key), "receiver", "D-1204")),
            ERR_REFUSED, "reading and keys");
    says("E13", ((struct exhibit_record *)fetch(&d, key))->state);
    says("88123 km", event_of(key, 2)->reading);
}

/* An exhibit with the weight that it has at a step. */
static const char *weighing(struct record_key key, const char *weight)
{
    return arena_printf(d.arena, "%s | | | %s", number_of(&d, key), weight).data;
}

static void what_goes_out_has_a_date_to_come_back(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    const char *number = number_of(&d, key);

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-entrust", NULL,
                 TYPED("exhibits", number, "body", "XGL", "purpose", "laboratory",
                       "outside_person", "Dr Au", "outside_receipt", "GL 1")),
            ERR_INVALID, "Some fields need your attention");
    done(&d, does(&d, &d.desk, "exhibit-entrust", NULL,
                  TYPED("exhibits", weighing(key, "2 kg"), "body", "XGL", "purpose",
                        "laboratory", "outside_person", "Dr Au", "outside_receipt", "GL 1",
                        "due", "2023-07-21")));
    says("E04", ((struct exhibit_record *)fetch(&d, key))->state);
    assert_int_equal(((struct exhibit_record *)fetch(&d, key))->due, 20230721);
    /* What an outside body holds is taken back by whoever may move exhibits, without a contradiction. */
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number, "location", "KC-R2")));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_ABSENT);
    assert_int_equal(((struct exhibit_record *)fetch(&d, key))->due, 0);
}

/* ---- seals ---- */

static void a_seal_is_used_once_and_only_by_whom_it_was_issued_to(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), b = seize(&d, "DIG.PHO", "1 pc");
    struct seal_record *seal;
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    (void)state;
    refused(&d, does(&d, &d.desk, "exhibit-seal", &a, TYPED("seal", "B000001")), ERR_INVALID,
            "Some fields");
    refused(&d, does(&d, &d.desk, "exhibit-seal", &a, TYPED("seal", "Z999999")), ERR_INVALID,
            "Some fields");
    done(&d, does(&d, &d.desk, "exhibit-seal", &a, TYPED("seal", "A000001")));
    says("A000001", ((struct exhibit_record *)fetch(&d, a))->seal);
    says("E02", ((struct exhibit_record *)fetch(&d, a))->state);
    refused(&d, does(&d, &d.desk, "exhibit-seal", &b, TYPED("seal", "A000001")), ERR_INVALID,
            "Some fields");
    done(&d, does(&d, &d.desk, "exhibit-seal", &a, TYPED("seal", "A000002")));
    says("resealed", event_of(a, 3)->action);
    says("A000001", event_of(a, 3)->seal_off);
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, &seal_type, TEXT("A000001"), 0, d.arena, &record),
                     ERR_OK);
    seal = (struct seal_record *)record;
    says("broken", seal->state);
    seal->state = TEXT("issued");
    refused(&d, force(&d, seal), ERR_INVALID, "used once and broken once");
}

static void seals_are_issued_in_a_range_of_one_form(void **state)
{
    (void)state;
    refused(&d,
            does(&d, &d.clerk, "seal-issue", NULL,
                 TYPED("first", "C1", "last", "D9", "officer", "D-1204")),
            ERR_INVALID, "Some fields");
    refused(&d,
            does(&d, &d.clerk, "seal-issue", NULL,
                 TYPED("first", "A000001", "officer", "D-1205")),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.clerk, "seal-issue", NULL,
                  TYPED("first", "C001", "last", "C003", "officer", "D-1204")));
    assert_int_equal(d.result.count, 3);
}

/* ---- true times and both accounts ---- */

static void a_step_typed_over_a_day_later_is_marked_late(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    assert_int_equal(event_of(key, 1)->late, FLAG_ABSENT);
    department_now += 30 * (int64_t)HOUR_MS;
    done(&d, does(&d, &d.desk, "exhibit-weigh", &key,
                  TYPED("weight", "0.2 kg", "occurred", "2023-06-21 09:00")));
    assert_int_equal(event_of(key, 2)->late, FLAG_YES);
    department_now -= 30 * (int64_t)HOUR_MS;
}

static void a_step_of_the_past_does_not_move_the_exhibit(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    struct exhibit_record *exhibit;

    (void)state;
    department_now += 3 * (int64_t)HOUR_MS;
    hand_to_clerk(&d, key);
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, key), "location", "KC-R1")));
    /* On paper, the finder had given it to a colleague and got it back. */
    assert_int_equal(account_second(&d.desk, TEXT("D-1205"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.desk, "exhibit-hand-over", NULL,
                  TYPED("exhibits", number_of(&d, key), "receiver", "D-1205", "occurred",
                        "2023-06-21 09:00", "paper_number", "P 7")));
    exhibit = fetch(&d, key);
    assert_int_equal(id_kind(exhibit->holder.id), location_type.number);
    says("E03", exhibit->state);
    assert_int_equal(exhibit->events.value, 4);
    assert_int_equal(event_of(key, 4)->late, FLAG_YES);
    assert_int_equal(event_of(key, 4)->from_holder.id, d.desk.officer);
    assert_int_equal(event_of(key, 4)->holder.id, d.desk2.officer);
    /* The next step of that day began with another holder, so that both accounts stand. */
    assert_int_equal(event_of(key, 4)->discrepancy, FLAG_YES);
    /* A seal put on in the field and entered late is on the exhibit, for none came after it. */
    done(&d, does(&d, &d.desk, "exhibit-seal", &key,
                  TYPED("seal", "A000003", "occurred", "2023-06-21 08:30")));
    exhibit = fetch(&d, key);
    says("A000003", exhibit->seal);
    says("E03", exhibit->state);
    department_now -= 3 * (int64_t)HOUR_MS;
}

/* Who only weighed it has not moved it on: that another officer held it before is said against the record. */
static void a_late_hand_over_is_not_hidden_by_what_its_receiver_did_next(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    department_now += 3 * (int64_t)HOUR_MS;
    done(&d, does(&d, &d.clerk, "exhibit-weigh", &key,
                  TYPED("weight", "0.2 kg", "occurred", "2023-06-21 11:00")));
    assert_int_equal(account_second(&d.desk, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.desk, "exhibit-hand-over", NULL,
                  TYPED("exhibits", number_of(&d, key), "receiver", "C-0311", "occurred",
                        "2023-06-21 10:00")));
    assert_int_equal(event_of(key, 3)->late, FLAG_YES);
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    department_now -= 3 * (int64_t)HOUR_MS;
}

static void nothing_is_recorded_before_it_has_happened(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-weigh", &key,
                 TYPED("weight", "0.2 kg", "occurred", "2023-06-21 10:00")),
            ERR_INVALID, "lies in the future");
}

static void a_contradiction_is_recorded_with_both_accounts(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    struct exhibit_record *exhibit;

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", "A000004")));
    /* D-1205 hands over what the record says is with D-1204, with another seal on it. */
    assert_int_equal(account_second(&d.desk2, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.desk2, "exhibit-hand-over", NULL,
                  TYPED("exhibits",
                        arena_printf(d.arena, "%s | | A999999", number_of(&d, key)).data,
                        "receiver", "C-0311")));
    exhibit = fetch(&d, key);
    assert_int_equal(exhibit->discrepancies.value, 1);
    assert_int_equal(exhibit->holder.id, d.clerk.officer);
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, key, 3), "Holder: recorded D-1204"));
    assert_true(contains(account_of(&d, key, 3), "Seal: recorded A000004, found A999999."));
}

static void a_weight_beyond_tolerance_is_a_discrepancy(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-amend", &key, TYPED("gross", "2.10 kg")));
    done(&d, does(&d, &d.desk, "exhibit-weigh", &key, TYPED("weight", "2100 g")));
    assert_int_equal(event_of(key, 2)->discrepancy, FLAG_ABSENT);
    done(&d, does(&d, &d.desk, "exhibit-weigh", &key, TYPED("weight", "2.05 kg")));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, key, 3), "Weight: recorded 2.10 kg, found 2.05 kg."));
    says("2.10 kg", value_print(d.arena, field_named(&exhibit_type, TEXT("gross")),
                                &((struct exhibit_record *)fetch(&d, key))->gross));
}

static void custody_is_corrected_by_a_further_event_and_not_undone(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    hand_to_clerk(&d, key);
    refused(&d, act_undo(&d.desk, &d.result), ERR_REFUSED, "cannot be undone");
    refused(&d, does(&d, &d.desk, "exhibit-annotate", &key, TYPED("event", "3", "remark", "x")),
            ERR_INVALID, "Some fields");
    done(&d, does(&d, &d.desk, "exhibit-annotate", &key,
                  TYPED("event", "2", "remark", "The bag was blue, not black.")));
    assert_int_equal(event_of(key, 3)->annotates.value, 2);
    assert_int_equal(((struct exhibit_record *)fetch(&d, key))->holder.id, d.clerk.officer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hand_over_needs_the_others_password),
        cmocka_unit_test(both_signatures_stand_in_the_journal),
        cmocka_unit_test(the_same_person_cannot_be_both),
        cmocka_unit_test(a_second_person_who_has_left_confirms_nothing),
        cmocka_unit_test(an_exhibit_named_twice_is_refused),
        cmocka_unit_test(on_two_terminals_release_comes_before_receipt),
        cmocka_unit_test(a_refused_exhibit_stays_with_whoever_offered_it),
        cmocka_unit_test(what_is_moved_while_a_hand_over_is_open_is_a_discrepancy),
        cmocka_unit_test(drugs_need_a_second_officer_to_be_shelved),
        cmocka_unit_test(a_shelf_refuses_a_hazard_that_it_does_not_take),
        cmocka_unit_test(vehicles_are_kept_in_place),
        cmocka_unit_test(what_goes_out_has_a_date_to_come_back),
        cmocka_unit_test(a_seal_is_used_once_and_only_by_whom_it_was_issued_to),
        cmocka_unit_test(seals_are_issued_in_a_range_of_one_form),
        cmocka_unit_test(a_step_typed_over_a_day_later_is_marked_late),
        cmocka_unit_test(a_step_of_the_past_does_not_move_the_exhibit),
        cmocka_unit_test(a_late_hand_over_is_not_hidden_by_what_its_receiver_did_next),
        cmocka_unit_test(nothing_is_recorded_before_it_has_happened),
        cmocka_unit_test(a_contradiction_is_recorded_with_both_accounts),
        cmocka_unit_test(a_weight_beyond_tolerance_is_a_discrepancy),
        cmocka_unit_test(custody_is_corrected_by_a_further_event_and_not_undone),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
