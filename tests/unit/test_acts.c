#include "core/model/act.h"

#include "core/model/case.h"
#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/location.h"
#include "core/model/note.h"
#include "core/model/officer.h"
#include "core/model/seizure.h"
#include "core/model/signing_key.h"
#include "core/model/unit.h"
#include "tests/one_department.h"

/* The n-th event of an exhibit's chain. */
static struct custody_event_record *event_of(struct record_key exhibit, uint32_t n)
{
    return fetch(&d, (struct record_key){ exhibit.id, custody_event_type.family, n });
}

/* ---- cases ---- */

static void a_case_gets_a_number_of_its_place_and_year(void **state)
{
    struct record_key key = open_case(&d);
    struct case_record *file = fetch(&d, key);
    const char *number = number_of(&d, key);

    (void)state;
    assert_memory_equal(number, "KCT/23/", 7);
    assert_int_equal(strlen(number), strlen("KCT/23/00001-X"));
    assert_int_equal(check_number(CHECK_OWN, text_of(number), NULL), CHECK_GOOD);
    says("C01", file->state);
    assert_string_not_equal(number, number_of(&d, open_case(&d)));
}

static void a_case_number_and_the_opening_date_are_for_ever(void **state)
{
    struct case_record *file = fetch(&d, open_case(&d));

    (void)state;
    file->number = TEXT("KCT/23/99999-X");
    refused(&d, force(&d, file), ERR_INVALID, "is not changed once it is recorded");
    file = fetch(&d, file->head.key);
    file->opened = 20230601;
    refused(&d, force(&d, file), ERR_INVALID, "is not changed once it is recorded");
}

static void a_case_without_ordinance_is_kept_with_a_warning(void **state)
{
    (void)state;
    done(&d, does(&d, &d.desk, "case-open", NULL,
                  TYPED("title", "Anything", "officer", "D-1204", "discovered", "2023-06-25")));
    assert_int_equal(d.result.findings.count, 2); /* and the discovery is later than the file */
    assert_int_equal(d.result.findings.items[0]->severity, SEVERITY_WARNING);
}

static void closing_lists_every_exhibit_without_a_decision(void **state)
{
    struct record_key file = open_case(&d), seizure = record_seizure(&d, file);
    struct record_key a = add_exhibit(&d, seizure, "DRG.HER", "2 kg"),
                      b = add_exhibit(&d, seizure, "DRG.CAN", "1 kg");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "case-state", &file, TYPED("state", "C09", "reason", "all done")),
            ERR_INVALID, "has not been disposed of or returned");
    assert_int_equal(d.result.findings.count, 2);
    assert_int_equal(d.result.findings.items[0]->record.id, a.id);
    assert_int_equal(d.result.findings.items[1]->record.id, b.id);
    says("C01", ((struct case_record *)fetch(&d, file))->state);
}

static void a_closed_case_takes_no_further_facts_and_an_approver_reopens_it(void **state)
{
    struct record_key file = open_case(&d);

    (void)state;
    done(&d, does(&d, &d.desk, "case-state", &file,
                  TYPED("state", "C11", "reason", "nothing found")));
    refused(&d, does(&d, &d.desk, "case-amend", &file, TYPED("title", "Another title")),
            ERR_INVALID, "is not changed once it is recorded");
    refused(&d,
            does(&d, &d.desk, "seizure-record", NULL,
                 TYPED("of_case", number_of(&d, file), "occurred", "n", "officer", "D-1204")),
            ERR_INVALID, "is closed and takes no further facts");
    refused(&d,
            does(&d, &d.desk, "case-state", &file, TYPED("state", "C02", "reason", "again")),
            ERR_INVALID, "who may approve can reopen");
    done(&d, does(&d, &d.supervisor, "case-state", &file,
                  TYPED("state", "C02", "reason", "again")));
    assert_int_equal(((struct case_record *)fetch(&d, file))->closed, 0);
    done(&d, does(&d, &d.desk, "case-amend", &file, TYPED("title", "Another title")));
}

static void states_that_follow_from_charges_are_not_set_by_hand(void **state)
{
    struct record_key file = open_case(&d);
    struct case_record *record = fetch(&d, file);

    (void)state;
    refused(&d,
            does(&d, &d.supervisor, "case-state", &file,
                 TYPED("state", "C07", "reason", "so said")),
            ERR_INVALID, "was not changed");
    record->state = TEXT("E03");
    refused(&d, force(&d, record), ERR_INVALID, "is no state for");
}

static struct act_call voiding(struct record_key file, const char *reason)
{
    const struct act *act = act_named(TEXT("case-void"));
    void *input = act_input(act, NULL, d.desk.lookup, d.arena);
    struct message why;

    assert_true(field_kind(&act->asks->fields[0])
                    ->parse(field_place(&act->asks->fields[0], input), &act->asks->fields[0],
                            text_of(reason), d.desk.lookup, d.arena, &why));
    return (struct act_call){ .act = act, .input = input, .subject = file };
}

static void a_rehearsal_says_what_the_act_would_say_and_keeps_nothing(void **state)
{
    struct record_key file = open_case(&d);
    struct act_call call = voiding(file, "a slip"), empty = voiding(file, "");
    struct change_result result = { .arena = d.arena };
    uint64_t size, after, last = d.supervisor.last_act;

    (void)state;
    assert_int_equal(store_size(d.desk.store, &size), ERR_OK);
    assert_int_equal(act_rehearse(&d.supervisor, &call, &result), ERR_OK);
    assert_int_equal(act_rehearse(&d.supervisor, &empty, &result), ERR_INVALID);
    assert_true(findings_stop(&result.findings));
    assert_int_equal(act_rehearse(&d.clerk, &call, &result), ERR_REFUSED);
    assert_int_equal(store_size(d.desk.store, &after), ERR_OK);
    assert_int_equal(after, size);
    assert_int_equal(d.supervisor.last_act, last);
    assert_int_equal(((struct case_record *)fetch(&d, file))->head.revision, 1);
    assert_int_equal(act_run(&d.supervisor, &call, &result), ERR_OK);
    assert_int_equal(((struct case_record *)fetch(&d, file))->voided, FLAG_YES);
}

static void an_amendment_is_undone_by_a_further_entry(void **state)
{
    struct record_key file = open_case(&d);
    struct case_record *record;

    (void)state;
    done(&d, does(&d, &d.desk, "case-amend", &file,
                  TYPED("title", "Wrong title", "priority", "urgent")));
    done(&d, act_undo(&d.desk, &d.result));
    record = fetch(&d, file);
    says("葵涌走私案", record->title.zh);
    assert_int_equal(record->head.revision, 3);
    refused(&d, act_undo(&d.desk, &d.result), ERR_MISSING, "nothing of yours to undo");
}

static void before_undoing_it_is_said_what_will_be_undone_or_why_not(void **state)
{
    struct record_key file = open_case(&d);
    struct undo_asked asked;

    (void)state;
    done(&d, does(&d, &d.desk, "case-amend", &file, TYPED("title", "Wrong title")));
    done(&d, act_undo_asked(&d.desk, &asked));
    assert_string_equal(asked.act->name, "case-amend");
    assert_int_equal(record_key_compare(&asked.of, &file), 0);
    assert_int_equal(asked.records, 1);
    assert_int_equal(asked.time_ms, (uint64_t)department_now);
    done(&d, does(&d, &d.supervisor, "case-amend", &file, TYPED("priority", "urgent")));
    refused(&d, act_undo_asked(&d.desk, &asked), ERR_REFUSED, "changed again since then");
    refused(&d, act_undo(&d.desk, &d.result), ERR_REFUSED, "changed again since then");
    says("Wrong title", ((struct case_record *)fetch(&d, file))->title.en);
}

static void an_amendment_meets_what_another_officer_saved(void **state)
{
    struct record_key file = open_case(&d);
    const struct act *act = act_named(TEXT("case-amend"));
    struct record *base = fetch(&d, file);
    struct case_record *mine = (struct case_record *)record_copy(d.arena, base);
    struct act_call call = { .act = act, .input = mine, .base = base, .subject = file };

    (void)state;
    done(&d, does(&d, &d.desk2, "case-amend", &file, TYPED("summary", "What the other wrote")));
    mine->paper_file = TEXT("F 12");
    d.result.arena = d.arena;
    assert_int_equal(act_run(&d.desk, &call, &d.result), ERR_OK);
    says("F 12", ((struct case_record *)fetch(&d, file))->paper_file);
    assert_true(text_present(((struct case_record *)fetch(&d, file))->summary.en));

    mine->summary.en = TEXT("What I wrote");
    assert_int_equal(act_run(&d.desk, &call, &d.result), ERR_CONFLICT);
    assert_non_null(d.result.conflict);
    assert_int_equal(d.result.findings.count, 1);
    assert_int_equal(d.result.findings.items[0]->tag, tag_case_summary);
}

static void a_right_that_the_roles_do_not_give_is_refused_in_words(void **state)
{
    struct record_key file = open_case(&d);

    (void)state;
    refused(&d, does(&d, &d.clerk, "case-open", NULL, TYPED("title", "x", "officer", "C-0311")),
            ERR_REFUSED, "\"Open case\" needs the right to add");
    refused(&d, does(&d, &d.desk, "case-assign", &file, TYPED("officer", "D-1205")),
            ERR_REFUSED, "needs the right to approve");
}

static void an_act_upon_a_record_of_another_kind_is_refused(void **state)
{
    struct record_key file = open_case(&d);

    (void)state;
    refused(&d, does(&d, &d.desk, "exhibit-weigh", &file, TYPED("weight", "1 kg")), ERR_INVALID,
            "is not done with a record of the kind");
}

static void what_hangs_on_a_case_keeps_it_from_being_voided(void **state)
{
    struct record_key file = open_case(&d), seizure = record_seizure(&d, file);

    (void)state;
    refused(&d, does(&d, &d.supervisor, "case-void", &file, TYPED("reason", "twice")),
            ERR_INVALID, "hangs on it");
    (void)seizure;
    done(&d, act_undo(&d.desk, &d.result)); /* the seizure was the last act of this officer */
    done(&d, does(&d, &d.supervisor, "case-void", &file, TYPED("reason", "twice")));
}

static void a_note_is_never_changed_and_corrects_only_what_is_before_it(void **state)
{
    struct record_key file = open_case(&d);
    struct record_key note =
        made(&d, does(&d, &d.desk, "note-add", &file, TYPED("text", "Rang the consignee.")),
             &note_type);
    struct note_record *record = fetch(&d, note);

    (void)state;
    assert_int_equal(record->author.id, d.desk.officer);
    refused(&d,
            does(&d, &d.desk, "note-add", &file,
                 TYPED("text", "No, the consignor.", "amends", "2")),
            ERR_INVALID, "corrects one before it");
    done(&d, does(&d, &d.desk, "note-add", &file,
                  TYPED("text", "No, the consignor.", "amends", "1")));
    record->text.en = TEXT("Something else");
    refused(&d, force(&d, record), ERR_REFUSED, "is never changed once it is made");
}

/* ---- seizures and exhibits ---- */

static void a_seizure_and_its_exhibit_begin_a_chain(void **state)
{
    struct record_key file = open_case(&d), seizure = record_seizure(&d, file),
                      key = add_exhibit(&d, seizure, "DRG.HER", "2 kg");
    struct exhibit_record *exhibit = fetch(&d, key);
    struct custody_event_record *event = event_of(key, 1);

    (void)state;
    assert_memory_equal(number_of(&d, key), "E-", 2);
    assert_int_equal(exhibit->of_case.id, file.id);
    assert_int_equal(exhibit->holder.id, d.desk.officer);
    assert_int_equal(exhibit->events.value, 1);
    says("E01", exhibit->state);
    says("L01", exhibit->legal_status);
    says("drug", exhibit->hazard);
    says("seized", event->action);
    assert_int_equal(event->occurred.date, 20230621);
    assert_int_equal(event->located.id, exhibit->located.id);
    assert_int_not_equal(event->located.id, 0);
}

static void a_seizure_names_an_officer_who_was_in_post(void **state)
{
    struct record_key file = open_case(&d);
    struct record_key officer;

    (void)state;
    hire(&d, "D-1300", "離任 | Left", "desk");
    assert_true(
        codes_lookup(d.codes)->reference_typed(d.codes,
                                               field_named(&seizure_type, TEXT("officer")),
                                               TEXT("d-1300"), &(struct reference){ 0 }));
    officer = (struct record_key){ .id = d.result.keys[0].id };
    done(&d, does(&d, &d.administrator, "officer-amend", &officer,
                  TYPED("state", "left", "until", "2023-06-01")));
    refused(&d,
            does(&d, &d.desk, "seizure-record", NULL,
                 TYPED("of_case", number_of(&d, file), "occurred", "2023-06-21 08:00", "place",
                       "KCT", "officer", "D-1300")),
            ERR_INVALID, "was not in post at that time");
    done(&d, does(&d, &d.desk, "seizure-record", NULL,
                  TYPED("of_case", number_of(&d, file), "occurred", "2023-05-30 08:00",
                        "officer", "D-1300")));
    assert_int_equal(d.result.findings.count, 1); /* no place of the table: a warning */
}

static void goods_are_not_seized_at_a_time_to_come(void **state)
{
    struct record_key file = open_case(&d);

    (void)state;
    refused(&d,
            does(&d, &d.desk, "seizure-record", NULL,
                 TYPED("of_case", number_of(&d, file), "occurred", "t 2359", "place", "KCT",
                       "officer", "D-1204")),
            ERR_INVALID, "still to come");
    done(&d, does(&d, &d.desk, "seizure-record", NULL,
                  TYPED("of_case", number_of(&d, file), "occurred", "-1 2359", "place", "KCT",
                        "officer", "D-1204")));
}

static void an_exhibit_of_no_seizure_is_not_made(void **state)
{
    struct exhibit_record *exhibit =
        (struct exhibit_record *)record_new(d.arena, &exhibit_type);
    struct act_call call = { .act = act_named(TEXT("exhibit-add")), .input = exhibit };

    (void)state;
    exhibit->seizure = (struct reference){ .id = id_make(seizure_type.number, 0, 99999) };
    exhibit->commodity = TEXT("DRG.HER");
    exhibit->quantity = (struct quantity){ { 2, 0 }, TEXT("kg") };
    d.result.arena = d.arena;
    assert_int_equal(act_run(&d.desk, &call, &d.result), ERR_INVALID);
}

struct together {
    struct record_key file, seizure, exhibit;
};

/* A case, its seizure and an exhibit with a unit that no table knew, in one commit. */
static enum err all_at_once(struct txn *txn, void *context)
{
    struct together *keys = context;
    struct change_result result = { .arena = d.arena };
    struct record *unit = record_new(d.arena, &unit_type);
    struct exhibit_record *exhibit =
        (struct exhibit_record *)record_new(d.arena, &exhibit_type);
    struct seizure_record *seizure =
        (struct seizure_record *)record_new(d.arena, &seizure_type);
    struct case_record *file = (struct case_record *)record_new(d.arena, &case_type);
    struct message why;

    assert_true(value_parse(unit, field_named(&unit_type, TEXT("code")), TEXT("bale"), NULL,
                            d.arena, &why));
    assert_true(value_parse(unit, field_named(&unit_type, TEXT("name")), TEXT("包 | Bale"),
                            NULL, d.arena, &why));
    assert_true(value_parse(unit, field_named(&unit_type, TEXT("dimension")), TEXT("count"),
                            NULL, d.arena, &why));
    assert_true(value_parse(unit, field_named(&unit_type, TEXT("base_unit")), TEXT("pc"), NULL,
                            d.arena, &why));
    assert_true(value_parse(unit, field_named(&unit_type, TEXT("factor")), TEXT("1"), NULL,
                            d.arena, &why));
    TRY(act_in(txn, &d.t.session,
               &(struct act_call){ .act = act_named(TEXT("unit-add")), .input = unit },
               &result));
    file->title.en = TEXT("Bulk");
    file->opened = 20230621;
    file->officer = (struct reference){ .id = d.desk.officer };
    TRY(act_in(txn, &d.desk,
               &(struct act_call){ .act = act_named(TEXT("case-open")), .input = file },
               &result));
    keys->file = result.keys[0];
    seizure->of_case = (struct reference){ .id = keys->file.id };
    seizure->occurred = (struct moment){ 20230621, 480, 480 };
    seizure->officer = file->officer;
    seizure->seizure_kind = TEXT("seized");
    TRY(act_in(txn, &d.desk,
               &(struct act_call){ .act = act_named(TEXT("seizure-record")), .input = seizure },
               &result));
    keys->seizure = result.keys[0];
    exhibit->seizure = (struct reference){ .id = keys->seizure.id };
    exhibit->commodity = TEXT("DRG.HER");
    exhibit->quantity = (struct quantity){ { 2, 0 }, TEXT("bale") };
    return act_in(txn, &d.desk,
                  &(struct act_call){ .act = act_named(TEXT("exhibit-add")), .input = exhibit },
                  &result);
}

static void many_acts_in_one_commit_see_each_other(void **state)
{
    struct together keys;

    (void)state;
    d.result.arena = d.arena;
    done(&d, store_write(d.t.store, all_at_once, &keys));
    assert_memory_equal(number_of(&d, keys.file), "CED/23/", 7);
}

static void an_exhibit_changes_hands_by_events_alone(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct exhibit_record *exhibit = fetch(&d, key);

    (void)state;
    exhibit->holder = (struct reference){ .id = d.desk2.officer };
    refused(&d, force(&d, exhibit), ERR_INVALID, "is not changed once it is recorded");
    exhibit->events.value = 2;
    assert_int_not_equal(force(&d, exhibit), ERR_OK);
    exhibit = fetch(&d, key);
    exhibit->state = TEXT("L01");
    refused(&d, force(&d, exhibit), ERR_INVALID, "is no state for");
}

static void an_event_without_its_exhibit_is_not_recorded(void **state)
{
    struct record_key key = seize(&d, "DRG.HER", "2 kg");
    struct custody_event_record *event = event_of(key, 1), *first = event_of(key, 1);

    (void)state;
    event->head.key.n = 0;
    event->head.revision = 0;
    refused(&d, force(&d, event), ERR_INVALID, "recorded together with its exhibit");
    first->holder.id = d.desk2.officer;
    refused(&d, force(&d, first), ERR_REFUSED, "is never changed once it is made");
}

/* ---- other rules ---- */

static void a_location_does_not_lie_within_itself(void **state)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *room;

    (void)state;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, &location_type, TEXT("KC-R1"), 0, d.arena, &room),
                     ERR_OK);
    refused(&d,
            does(&d, &d.administrator, "location-amend", &room->key, TYPED("parent", "KC-R2")),
            ERR_INVALID, "cannot lie within itself");
}

static void an_officer_has_a_role_and_nobody_else_makes_a_demonstration_account(void **state)
{
    struct record_key officer = { .id = d.desk.officer };

    (void)state;
    refused(&d, does(&d, &d.administrator, "officer-amend", &officer, TYPED("roles", "")),
            ERR_INVALID, "is missing");
    refused(&d,
            does(&d, &d.administrator, "officer-amend", &officer, TYPED("roles", "desk; desk")),
            ERR_INVALID, "in the list twice");
    refused(&d,
            does(&d, &d.administrator, "officer-add", NULL,
                 TYPED("number", "D-9", "name", "X", "roles", "desk", "demo", "yes")),
            ERR_INVALID, "exist in demonstration stores only");
}

static void a_signing_key_is_registered_by_its_officer_and_only_ends(void **state)
{
    struct record_key key = { .id = id_make(signing_key_type.number, 0, 1) };
    struct signing_key_record *record = fetch(&d, key);
    char hex[80] = "ed25519:";

    (void)state;
    memset(hex + 8, '1', 64);
    refused(&d,
            does(&d, &d.desk, "key-add", NULL,
                 TYPED("officer", "D-1205", "public_key", hex, "from",
                       "2023-06-21T00:40:00.000Z")),
            ERR_INVALID, "Only the officer or an administrator");
    refused(&d, does(&d, &d.desk2, "key-end", &key, TYPED("until", "2023-06-21T00:40:00.000Z")),
            ERR_INVALID, "Only the officer or an administrator");
    refused(&d,
            does(&d, &d.administrator, "key-end", &key,
                 TYPED("until", "2023-01-01T00:00:00.000Z")),
            ERR_INVALID, "not back in time");
    record->public_key.name = TEXT("sha-256");
    refused(&d, force(&d, record), ERR_INVALID, "is not changed once it is recorded");
}

static void a_closed_table_is_not_added_to(void **state)
{
    (void)state;
    refused(&d,
            does(&d, &d.administrator, "status-add", NULL,
                 TYPED("code", "C99", "name", "X", "entity", "case")),
            ERR_REFUSED, "This table is closed");
    refused(&d, does(&d, &d.administrator, "undo", NULL, NULL), ERR_REFUSED,
            "by the program itself");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_gets_a_number_of_its_place_and_year),
        cmocka_unit_test(a_case_number_and_the_opening_date_are_for_ever),
        cmocka_unit_test(a_case_without_ordinance_is_kept_with_a_warning),
        cmocka_unit_test(closing_lists_every_exhibit_without_a_decision),
        cmocka_unit_test(a_closed_case_takes_no_further_facts_and_an_approver_reopens_it),
        cmocka_unit_test(states_that_follow_from_charges_are_not_set_by_hand),
        cmocka_unit_test(a_rehearsal_says_what_the_act_would_say_and_keeps_nothing),
        cmocka_unit_test(an_amendment_is_undone_by_a_further_entry),
        cmocka_unit_test(before_undoing_it_is_said_what_will_be_undone_or_why_not),
        cmocka_unit_test(an_amendment_meets_what_another_officer_saved),
        cmocka_unit_test(a_right_that_the_roles_do_not_give_is_refused_in_words),
        cmocka_unit_test(an_act_upon_a_record_of_another_kind_is_refused),
        cmocka_unit_test(what_hangs_on_a_case_keeps_it_from_being_voided),
        cmocka_unit_test(a_note_is_never_changed_and_corrects_only_what_is_before_it),
        cmocka_unit_test(a_seizure_and_its_exhibit_begin_a_chain),
        cmocka_unit_test(a_seizure_names_an_officer_who_was_in_post),
        cmocka_unit_test(goods_are_not_seized_at_a_time_to_come),
        cmocka_unit_test(an_exhibit_of_no_seizure_is_not_made),
        cmocka_unit_test(many_acts_in_one_commit_see_each_other),
        cmocka_unit_test(an_exhibit_changes_hands_by_events_alone),
        cmocka_unit_test(an_event_without_its_exhibit_is_not_recorded),
        cmocka_unit_test(a_location_does_not_lie_within_itself),
        cmocka_unit_test(an_officer_has_a_role_and_nobody_else_makes_a_demonstration_account),
        cmocka_unit_test(a_signing_key_is_registered_by_its_officer_and_only_ends),
        cmocka_unit_test(a_closed_table_is_not_added_to),
    };

    return cmocka_run_group_tests(tests, open_department, close_department);
}
