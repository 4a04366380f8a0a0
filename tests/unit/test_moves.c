/* What happens to exhibits besides hand-over and shelf: out and back, lost and found, contradictions and their end. */
#include "core/model/commodity.h"
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/location.h"
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

/* An exhibit with the weight that it has at a step. */
static const char *weighing(struct record_key key, const char *weight)
{
    return arena_printf(d.arena, "%s | | | %s", number_of(&d, key), weight).data;
}

static enum err lend(struct record_key key, const char *exhibits)
{
    (void)key;
    return does(&d, &d.desk, "exhibit-lend", NULL,
                TYPED("exhibits", exhibits, "body", "XGL", "purpose", "laboratory",
                      "outside_person", "Dr Au", "outside_receipt", "GL 23/44018", "due",
                      "2023-07-21"));
}

static void what_is_lent_comes_back_with_its_weight(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");

    (void)state;
    refused(&d, lend(key, number_of(&d, key)), ERR_REFUSED, "Weigh it");
    done(&d, lend(key, weighing(key, "2.1 kg")));
    says("lent", event_of(key, 2)->action);
    says("E04", exhibit_of(key)->state);
    assert_int_equal(exhibit_of(key)->due, 20230721);
    refused(&d,
            does(&d, &d.clerk, "exhibit-return", NULL,
                 TYPED("exhibits", number_of(&d, key), "from", "XGL")),
            ERR_REFUSED, "Weigh it");
    done(&d, does(&d, &d.clerk, "exhibit-return", NULL,
                  TYPED("exhibits", weighing(key, "2.1 kg"), "from", "XGL", "outside_receipt",
                        "L-7731")));
    says("returned", event_of(key, 3)->action);
    says("L-7731", event_of(key, 3)->paper_number);
    assert_int_equal(exhibit_of(key)->holder.id, d.clerk.officer);
    assert_int_equal(exhibit_of(key)->due, 0);
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_ABSENT);
}

/* Nothing that really happened is refused: what has left for good and is handed over again is a contradiction. */
static void what_left_for_good_comes_back_only_as_a_discrepancy(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.supervisor, "exhibit-transfer", NULL,
                  TYPED("exhibits", number_of(&d, key), "body", "XPO", "purpose", "other",
                        "outside_person", "Insp. Ho", "outside_receipt", "PF 9")));
    says("E06", exhibit_of(key)->state);
    done(&d, does(&d, &d.clerk, "exhibit-return", NULL,
                  TYPED("exhibits", number_of(&d, key), "from", "XPO")));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, key, 3), "State: recorded"));
}

static void a_loss_stays_open_until_it_is_found_or_written_off(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const char *number = number_of(&d, key);

    (void)state;
    refused(&d,
            does(&d, &d.supervisor, "exhibit-write-off", NULL,
                 TYPED("exhibits", number, "reason", "never came")),
            ERR_REFUSED, "second person");
    done(&d, does(&d, &d.clerk, "exhibit-unable-to-locate", NULL,
                  TYPED("exhibits", number, "reason", "not on the shelf")));
    says("E16", exhibit_of(key)->state);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 1);
    assert_true(contains(account_of(&d, key, 2), "not on the shelf"));
    assert_int_equal(account_second(&d.supervisor, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    refused(&d,
            does(&d, &d.supervisor, "exhibit-write-off", NULL,
                 TYPED("exhibits", number, "reason", "inquiry closed")),
            ERR_REFUSED, "under inquiry");
    done(&d, does(&d, &d.supervisor, "exhibit-resolve-discrepancy", &key,
                  TYPED("event", "2", "finding", "lost on the launch")));
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
    assert_int_equal(account_second(&d.supervisor, TEXT("C-0311"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.supervisor, "exhibit-write-off", NULL,
                  TYPED("exhibits", number, "reason", "inquiry closed")));
    says("E24", exhibit_of(key)->state);
}

static void what_is_found_is_in_the_finders_hands(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const char *number = number_of(&d, key);

    (void)state;
    refused(&d, does(&d, &d.clerk, "exhibit-found", NULL, TYPED("exhibits", number)),
            ERR_REFUSED, "not recorded as one that cannot be located");
    done(&d, does(&d, &d.clerk, "exhibit-unable-to-locate", NULL,
                  TYPED("exhibits", number, "reason", "not in its box")));
    done(&d, does(&d, &d.clerk, "exhibit-found", NULL, TYPED("exhibits", number)));
    says("E02", exhibit_of(key)->state);
    assert_int_equal(exhibit_of(key)->holder.id, d.clerk.officer);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 1); /* the inquiry goes on */
}

static void
what_an_officer_holds_comes_back_only_as_a_discrepancy_where_nobody_gave_it(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-return", NULL, TYPED("exhibits", number_of(&d, key))));
    assert_int_equal(event_of(key, 2)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, key, 2), "recorded"));
}

static void nobody_is_named_as_second_who_confirmed_another_act(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, does(&d, &d.clerk, "exhibit-annotate", &key,
                  TYPED("event", "1", "remark", "in the rain")));
    assert_int_equal(event_of(key, 2)->second.id, 0);
    assert_false(d.clerk.other.unlocked);
}

static void a_discrepancy_is_resolved_once_by_a_supervisor(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-report-discrepancy", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "label says another IMEI")));
    says("E01", exhibit_of(key)->state);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 1);
    refused(&d,
            does(&d, &d.clerk, "exhibit-resolve-discrepancy", &key,
                 TYPED("event", "2", "finding", "misread")),
            ERR_REFUSED, "right");
    refused(&d,
            does(&d, &d.supervisor, "exhibit-resolve-discrepancy", &key,
                 TYPED("event", "1", "finding", "misread")),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.supervisor, "exhibit-resolve-discrepancy", &key,
                  TYPED("event", "2", "finding", "misread")));
    assert_int_equal(event_of(key, 3)->annotates.value, 2);
    refused(&d,
            does(&d, &d.supervisor, "exhibit-resolve-discrepancy", &key,
                 TYPED("event", "2", "finding", "again")),
            ERR_INVALID, "attention");
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
}

static void a_count_that_differs_is_a_discrepancy_in_any_unit(void **state)
{
    struct record_key key = seize(&d, "DUT.CIG", "2 kstick");

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-count", &key, TYPED("counted", "2000 stick")));
    assert_int_equal(event_of(key, 2)->discrepancy, FLAG_ABSENT);
    done(&d, does(&d, &d.clerk, "exhibit-count", &key, TYPED("counted", "1980 stick")));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    assert_true(contains(account_of(&d, key, 3), "found 1,980 "));
}

/* Dried goods lose water; what has grown heavier is not the same goods. */
static void a_drying_allowance_covers_a_loss_and_never_a_gain(void **state)
{
    struct record_key commodity, key;
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    (void)state;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, &commodity_type, TEXT("DRG.CAN"), 0, d.arena,
                                      &record),
                     ERR_OK);
    commodity = record->key;
    done(&d,
         does(&d, &d.administrator, "commodity-amend", &commodity, TYPED("tolerance", "2.5")));
    key = seize(&d, "DRG.CAN", "2 kg");
    done(&d, does(&d, &d.desk, "exhibit-amend", &key, TYPED("gross", "2 kg")));
    done(&d, does(&d, &d.desk, "exhibit-weigh", &key, TYPED("weight", "1950 g")));
    assert_int_equal(event_of(key, 2)->discrepancy, FLAG_ABSENT);
    done(&d, does(&d, &d.desk, "exhibit-weigh", &key, TYPED("weight", "1949 g")));
    assert_int_equal(event_of(key, 3)->discrepancy, FLAG_YES);
    done(&d, does(&d, &d.desk, "exhibit-weigh", &key, TYPED("weight", "2001 g")));
    assert_int_equal(event_of(key, 4)->discrepancy, FLAG_YES);
}

/* The account is kept as values, so that it reads in the language of whoever looks. */
static void both_accounts_read_in_both_languages(void **state)
{
    struct record_key key = seize(&d, "DUT.CIG", "2 kstick");

    (void)state;
    done(&d, does(&d, &d.clerk, "exhibit-count", &key, TYPED("counted", "1980 stick")));
    assert_true(contains(account_of(&d, key, 2), "Quantity: recorded"));
    assert_true(contains(difference_account(d.arena, event_of(key, 2), codes_lookup(d.codes),
                                            LANGUAGE_ZH),
                         "數量：紀錄為"));
}

static void holds_are_set_and_ended_one_by_one(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const char *number = number_of(&d, key);

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "exhibit-hold", NULL, TYPED("exhibits", number, "reason", "x")),
            ERR_REFUSED, "right");
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number, "reason", "civil claim")));
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number, "reason", "appeal")));
    assert_int_equal(exhibit_of(key)->holds.count, 2);
    done(&d, does(&d, &d.supervisor, "exhibit-hold-end", &key,
                  TYPED("hold", "1", "reason", "claim withdrawn")));
    assert_int_equal(exhibit_of(key)->holds.count, 1);
    says("appeal", ((const struct hold_item *)exhibit_of(key)->holds.items)[0].reason);
    refused(&d,
            does(&d, &d.supervisor, "exhibit-hold-end", &key,
                 TYPED("hold", "2", "reason", "x")),
            ERR_INVALID, "attention");
}

static void legal_status_and_court_mark_move_nothing(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.supervisor, "exhibit-legal-status", &key,
                  TYPED("legal_status", "L05", "cause", "order of 2023-06-20")));
    says("L05", exhibit_of(key)->legal_status);
    assert_int_equal(exhibit_of(key)->events.value, 1);
    done(&d, does(&d, &d.clerk, "exhibit-court-mark", &key, TYPED("mark", "p3")));
    says("P3", exhibit_of(key)->court_mark);
    says("E01", exhibit_of(key)->state);
    says("court_marked", event_of(key, 2)->action);
}

/* ---- stores ---- */

static struct record_key shelf(const char *number, const char *field, const char *value)
{
    return done(&d, does(&d, &d.administrator, "location-add", NULL,
                         TYPED("number", number, "name", number, "location_kind", "rack",
                               "state", "open", field, value)));
}

static enum err shelve(struct session *who, struct record_key key, const char *location)
{
    return does(&d, who, "exhibit-shelve", NULL,
                TYPED("exhibits", number_of(&d, key), "location", location));
}

static void a_shelf_takes_no_more_than_it_holds(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), b = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    shelf("SMALL", "capacity", "1");
    done(&d, shelve(&d.clerk, a, "SMALL"));
    refused(&d, shelve(&d.clerk, b, "SMALL"), ERR_REFUSED, "do not fit");
    done(&d, shelve(&d.clerk, a, "SMALL")); /* shelved again where it stands */
    hand_to_clerk(&d, a);                   /* out of the store: not on its shelf any more */
    assert_int_equal(exhibit_of(a)->located.id, 0);
    done(&d, shelve(&d.clerk, b, "SMALL"));
}

static void only_those_named_may_enter(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    shelf("CAGE", "may_enter", "C-0312");
    done(&d, does(&d, &d.administrator, "location-add", NULL,
                  TYPED("number", "CAGE-1", "name", "bin", "location_kind", "bin", "state",
                        "open", "parent", "CAGE")));
    refused(&d, shelve(&d.clerk, key, "CAGE-1"), ERR_REFUSED, "may enter CAGE");
    done(&d, shelve(&d.clerk2, key, "CAGE-1"));
}

static void a_locker_for_the_night_is_counted_in_within_its_hours(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "1 kg");

    (void)state;
    done(&d, does(&d, &d.administrator, "location-add", NULL,
                  TYPED("number", "L-9", "name", "locker", "location_kind", "locker", "state",
                        "open", "temporary", "yes", "count_within", "4")));
    done(&d, shelve(&d.clerk, key, "L-9")); /* one officer at night */
    assert_int_equal(moment_ms(exhibit_of(key)->count_due) -
                         moment_ms(exhibit_of(key)->last_event),
                     4 * HOUR_MS);
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    done(&d, shelve(&d.clerk, key, "KC-R2"));
    assert_int_equal(exhibit_of(key)->count_due.date, 0);
}

static void a_spoiled_seal_is_never_used_and_a_skipped_one_is_named(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"), seal;
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;
    bool warned = false;

    (void)state;
    done(&d, does(&d, &d.clerk, "seal-issue", NULL,
                  TYPED("first", "Q0001", "last", "Q0003", "officer", "D-1204")));
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, &seal_type, TEXT("Q0001"), 0, d.arena, &record),
                     ERR_OK);
    seal = record->key;
    done(&d, does(&d, &d.desk, "seal-spoil", &seal,
                  TYPED("state", "spoiled", "reason", "torn off the roll")));
    refused(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", "Q0001")), ERR_INVALID,
            "attention");
    done(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", "Q0003")));
    for (size_t i = 0; i < d.result.findings.count; i++)
        warned |=
            strstr(d.result.findings.items[i]->message.id, "before it was not used") != NULL;
    assert_true(warned);
}

/* ---- what really happened is entered ---- */

/* "Late, over capacity, wrong hazard, alone": what was done on paper is entered as a discrepancy that names each rule. */
static void what_was_done_on_paper_is_entered_and_names_the_rules_it_broke(void **state)
{
    struct record_key a = seize(&d, "DIG.PHO", "1 pc"), b = seize(&d, "DRG.HER", "1 kg");
    const char *both = arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, b)).data;
    struct record_key full = shelf("TIGHT", "capacity", "1");

    (void)state;
    department_now += 3 * HOUR_MS;
    done(&d, does(&d, &d.administrator, "location-amend", &full, TYPED("hazards", "digital")));
    refused(&d,
            does(&d, &d.clerk, "exhibit-shelve", NULL,
                 TYPED("exhibits", both, "location", "TIGHT", "paper_number", "EX7/12")),
            ERR_REFUSED, "do not fit"); /* not yet an hour ago: the rules still help */
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", both, "location", "TIGHT", "paper_number", "EX7/12",
                        "occurred", "2023-06-21 09:00")));
    says("E03", exhibit_of(b)->state);
    assert_int_equal(exhibit_of(a)->discrepancies.value, 1);
    assert_int_equal(exhibit_of(b)->discrepancies.value, 1);
    assert_true(contains(account_of(&d, a, 2), "More there than the location holds"));
    assert_false(contains(account_of(&d, a, 2), "hazard"));
    assert_true(contains(account_of(&d, b, 2), "hazard class is not allowed"));
    assert_true(contains(account_of(&d, b, 2), "without a second officer"));
    department_now -= 3 * HOUR_MS;
}

static void a_weight_that_nobody_took_on_paper_is_named(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "1 kg");

    (void)state;
    department_now += 3 * HOUR_MS;
    done(&d,
         does(&d, &d.desk, "exhibit-lend", NULL,
              TYPED("exhibits", number_of(&d, key), "body", "XGL", "purpose", "laboratory",
                    "outside_person", "Dr Au", "outside_receipt", "GL 1", "due", "2023-07-21",
                    "paper_number", "EX7/13", "occurred", "2023-06-21 09:00")));
    assert_true(contains(account_of(&d, key, 2), "Not weighed"));
    department_now -= 3 * HOUR_MS;
}

static void a_seal_of_a_colleague_used_at_night_is_entered(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    department_now += 3 * HOUR_MS;
    done(&d, does(&d, &d.desk, "exhibit-seal", &key,
                  TYPED("seal", "B000001", "paper_number", "EX7/14", "occurred",
                        "2023-06-21 09:00")));
    says("B000001", exhibit_of(key)->seal);
    assert_true(contains(account_of(&d, key, 2), "seal that was not the officer's"));
    department_now -= 3 * HOUR_MS;
}

/* ---- refused, corrected, accepted ---- */

static enum err release(struct record_key key)
{
    return does(&d, &d.desk, "exhibit-release", NULL,
                TYPED("exhibits", number_of(&d, key), "receiver", "C-0311"));
}

static void what_is_refused_has_a_date_until_it_is_accepted(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    struct record_key first = made(&d, release(key), &handover_type), second;

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "hand-over-refuse", &first,
                 TYPED("refusal", "Bag is torn", "correct_by", "2023-06-20")),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.clerk, "hand-over-refuse", &first,
                  TYPED("refusal", "Bag is torn", "correct_by", "2023-06-24")));
    assert_int_equal(exhibit_of(key)->correct_by, 20230624);
    says("E15", exhibit_of(key)->state);
    second = made(&d, release(key), &handover_type);
    assert_int_equal(exhibit_of(key)->correct_by, 20230624); /* offered again, not accepted */
    done(&d, does(&d, &d.clerk, "hand-over-receive", &second, NULL));
    assert_int_equal(exhibit_of(key)->correct_by, 0);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
}

/* ---- clocks ---- */

static void a_cold_room_is_checked_within_its_hours(void **state)
{
    struct record_key room = shelf("COLD", "check_every", "6");
    struct location_record *location = fetch(&d, room);

    (void)state;
    assert_int_equal(moment_ms(location->next_check), department_now + 6 * HOUR_MS);
    refused(&d, does(&d, &d.clerk, "location-check", &room, TYPED("in_order", "no")),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.clerk, "location-check", &room,
                  TYPED("in_order", "no", "reading", "-4 C", "remark", "compressor failed",
                        "occurred", "2023-06-21 08:30")));
    location = fetch(&d, room);
    assert_int_equal(location->faulty, FLAG_YES);
    says("-4 C", location->last_reading);
    assert_int_equal(moment_ms(location->next_check),
                     department_now + 6 * HOUR_MS - 10 * MINUTE_MS);
    refused(&d,
            does(&d, &d.clerk, "location-check", &room,
                 TYPED("in_order", "yes", "occurred", "2023-06-21 08:00")),
            ERR_REFUSED, "later check");
    done(&d, does(&d, &d.clerk2, "location-check", &room, TYPED("in_order", "yes")));
    location = fetch(&d, room);
    assert_int_equal(location->faulty, FLAG_ABSENT);
    assert_int_equal(location->checked_by.id, d.clerk2.officer);
}

static void animals_are_born_and_die_and_still_add_up(void **state)
{
    struct record_key key = seize(&d, "LIV.DOG", "6 head"),
                      phone = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-death", &phone, TYPED("amount", "1 pc", "cause", "x")),
            ERR_REFUSED, "no live animal");
    done(&d,
         does(&d, &d.desk, "exhibit-check", &key,
              TYPED("condition", "all eat", "fed", "yes", "next_check", "2023-06-21 20:00")));
    assert_int_equal(exhibit_of(key)->next_check.minute, 20 * 60);
    done(&d, does(&d, &d.desk, "exhibit-birth", &key,
                  TYPED("amount", "3 head", "cause", "litter, Dr Lam")));
    done(&d, does(&d, &d.desk, "exhibit-death", &key,
                  TYPED("amount", "2 head", "cause", "distemper, Dr Lam")));
    assert_int_equal(exhibit_of(key)->quantity.number.mantissa, 9);
    assert_int_equal(exhibit_of(key)->remaining.number.mantissa, 7);
    assert_int_equal(exhibit_of(key)->lost.number.mantissa, 2);
    done(&d, does(&d, &d.desk, "exhibit-count", &key, TYPED("counted", "7 head")));
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
    refused(&d,
            does(&d, &d.desk, "exhibit-death", &key, TYPED("amount", "8 head", "cause", "x")),
            ERR_INVALID, "More is taken");
    done(&d, does(&d, &d.desk, "exhibit-death", &key, TYPED("amount", "7 head", "cause", "x")));
    assert_int_equal(exhibit_of(key)->next_check.date, 0);
}

/* ---- packages ---- */

static struct record_key packed(const char *packages)
{
    struct record_key key = seize(&d, "DUT.CIG", "400 kstick");

    done(&d, does(&d, &d.desk, "exhibit-amend", &key, TYPED("packages", packages)));
    return key;
}

static const char *package(struct record_key key, int n)
{
    return arena_printf(d.arena, "%s | %d", number_of(&d, key), n).data;
}

static const struct package_item *apart(struct record_key key, size_t i)
{
    struct list parts = exhibit_of(key)->parts;

    assert_true(i < parts.count);
    return (const struct package_item *)parts.items + i;
}

static void a_receipt_of_38_of_40_waits_for_the_missing(void **state)
{
    struct record_key key = packed("40"), handover = made(&d, release(key), &handover_type);
    const char *missing =
        arena_printf(d.arena, "%s; %s", package(key, 7), package(key, 22)).data;

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "hand-over-receive", &handover,
                 TYPED("missing", package(key, 41))),
            ERR_INVALID, "no package 41");
    done(&d, does(&d, &d.clerk, "hand-over-receive", &handover, TYPED("missing", missing)));
    assert_int_equal(exhibit_of(key)->holder.id, d.clerk.officer);
    assert_int_equal(exhibit_of(key)->parts.count, 2);
    assert_int_equal(apart(key, 1)->package.value, 22);
    assert_int_equal(apart(key, 1)->holder.id, d.desk.officer);
    says("released", ((struct handover_record *)fetch(&d, handover))->state);
    done(&d,
         does(&d, &d.clerk, "hand-over-receive", &handover, TYPED("missing", package(key, 7))));
    assert_int_equal(exhibit_of(key)->parts.count, 1);
    done(&d, does(&d, &d.clerk, "hand-over-receive", &handover, NULL));
    assert_int_equal(exhibit_of(key)->parts.count, 0);
    says("done", ((struct handover_record *)fetch(&d, handover))->state);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
}

static void what_is_missing_of_a_receipt_can_be_refused(void **state)
{
    struct record_key key = packed("3"), handover = made(&d, release(key), &handover_type);

    (void)state;
    done(&d,
         does(&d, &d.clerk, "hand-over-receive", &handover, TYPED("missing", package(key, 2))));
    done(&d, does(&d, &d.clerk, "hand-over-refuse", &handover, TYPED("refusal", "never came")));
    assert_int_equal(exhibit_of(key)->parts.count, 1);
    assert_int_equal(apart(key, 0)->holder.id, d.desk.officer);
    assert_int_equal(exhibit_of(key)->holder.id, d.clerk.officer);
}

/* Each package has one holder and one place; the others stay where they are. */
static void packages_lie_apart_and_come_together_again(void **state)
{
    struct record_key key = packed("5");

    (void)state;
    hand_to_clerk(&d, key);
    shelf("P-1", "capacity", "9");
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", package(key, 3), "location", "P-1")));
    assert_int_equal(exhibit_of(key)->parts.count, 1);
    assert_int_equal(exhibit_of(key)->holder.id, d.clerk.officer);
    assert_int_equal(id_kind(apart(key, 0)->holder.id), location_type.number);
    assert_int_equal(event_of(key, 3)->packages.count, 1);
    assert_int_equal(exhibit_places(exhibit_of(key)), 2);
    refused(&d,
            does(&d, &d.clerk, "exhibit-shelve", NULL,
                 TYPED("exhibits",
                       arena_printf(d.arena, "%s; %s", package(key, 1), package(key, 1)).data,
                       "location", "P-1")),
            ERR_INVALID, "twice");
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, key), "location", "P-1")));
    assert_int_equal(exhibit_of(key)->parts.count, 0); /* all five are there */
}

/* ---- lockers and seals ---- */

static void goods_of_a_locker_are_counted_in_by_two(void **state)
{
    struct record_key key = seize(&d, "DRG.MET", "40 pc"), other = seize(&d, "DRG.MET", "9 pc");
    const char *counted = arena_printf(d.arena, "%s | | 39 pc", number_of(&d, key)).data;

    (void)state;
    done(&d, does(&d, &d.administrator, "location-add", NULL,
                  TYPED("number", "L-10", "name", "locker", "location_kind", "locker", "state",
                        "open", "temporary", "yes")));
    done(&d, shelve(&d.desk, key, "L-10"));
    refused(&d,
            does(&d, &d.clerk, "exhibit-count-in", NULL,
                 TYPED("exhibits", counted, "location", "KC-R2")),
            ERR_REFUSED, "second person");
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    refused(&d,
            does(&d, &d.clerk, "exhibit-count-in", NULL,
                 TYPED("exhibits", number_of(&d, other), "location", "KC-R2")),
            ERR_REFUSED, "no temporary locker");
    done(&d, does(&d, &d.clerk, "exhibit-count-in", NULL,
                  TYPED("exhibits", counted, "location", "KC-R2")));
    says("counted_in", event_of(key, 3)->action);
    assert_int_equal(exhibit_of(key)->count_due.date, 0);
    assert_true(contains(account_of(&d, key, 3), "recorded 40 "));
}

static void a_range_that_was_issued_in_part_says_which(void **state)
{
    const struct finding *finding;

    (void)state;
    refused(&d,
            does(&d, &d.clerk, "seal-issue", NULL,
                 TYPED("first", "B000008", "last", "B000012", "officer", "D-1205")),
            ERR_INVALID, "attention");
    finding = d.result.findings.items[0];
    assert_int_equal(finding->message.arguments[0].number, 2);
    assert_string_equal(finding->message.arguments[1].text, "B000008");
    assert_string_equal(finding->message.arguments[2].text, "B000009");
}

static void seals_of_other_bodies_come_back_with_the_goods(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const struct other_seal_item *seal;

    (void)state;
    done(&d, lend(key, number_of(&d, key)));
    done(&d, does(&d, &d.clerk, "exhibit-return", NULL,
                  TYPED("exhibits", number_of(&d, key), "from", "XGL", "other_seals",
                        "gl-5501 | XGL | whole; GL-5500 | XGL | cut")));
    assert_int_equal(event_of(key, 3)->other_seals.count, 2);
    seal = event_of(key, 3)->other_seals.items;
    says("GL-5501", seal[0].number);
    says("cut", seal[1].intact);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_lent_comes_back_with_its_weight),
        cmocka_unit_test(what_left_for_good_comes_back_only_as_a_discrepancy),
        cmocka_unit_test(a_loss_stays_open_until_it_is_found_or_written_off),
        cmocka_unit_test(what_is_found_is_in_the_finders_hands),
        cmocka_unit_test(
            what_an_officer_holds_comes_back_only_as_a_discrepancy_where_nobody_gave_it),
        cmocka_unit_test(nobody_is_named_as_second_who_confirmed_another_act),
        cmocka_unit_test(a_discrepancy_is_resolved_once_by_a_supervisor),
        cmocka_unit_test(a_count_that_differs_is_a_discrepancy_in_any_unit),
        cmocka_unit_test(a_drying_allowance_covers_a_loss_and_never_a_gain),
        cmocka_unit_test(both_accounts_read_in_both_languages),
        cmocka_unit_test(holds_are_set_and_ended_one_by_one),
        cmocka_unit_test(legal_status_and_court_mark_move_nothing),
        cmocka_unit_test(a_shelf_takes_no_more_than_it_holds),
        cmocka_unit_test(only_those_named_may_enter),
        cmocka_unit_test(a_locker_for_the_night_is_counted_in_within_its_hours),
        cmocka_unit_test(what_was_done_on_paper_is_entered_and_names_the_rules_it_broke),
        cmocka_unit_test(a_weight_that_nobody_took_on_paper_is_named),
        cmocka_unit_test(a_seal_of_a_colleague_used_at_night_is_entered),
        cmocka_unit_test(what_is_refused_has_a_date_until_it_is_accepted),
        cmocka_unit_test(a_cold_room_is_checked_within_its_hours),
        cmocka_unit_test(animals_are_born_and_die_and_still_add_up),
        cmocka_unit_test(a_receipt_of_38_of_40_waits_for_the_missing),
        cmocka_unit_test(what_is_missing_of_a_receipt_can_be_refused),
        cmocka_unit_test(packages_lie_apart_and_come_together_again),
        cmocka_unit_test(goods_of_a_locker_are_counted_in_by_two),
        cmocka_unit_test(a_range_that_was_issued_in_part_says_which),
        cmocka_unit_test(seals_of_other_bodies_come_back_with_the_goods),
        cmocka_unit_test(a_spoiled_seal_is_never_used_and_a_skipped_one_is_named),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
