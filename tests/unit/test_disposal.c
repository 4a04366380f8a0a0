/* Disposal: the gates and their reasons, the batch from draft to certificate, its witnesses, and what is refused at the door. */
#include "core/change/mirror.h"
#include "core/change/verify.h"
#include "core/model/case.h"
#include "core/model/custody_event.h"
#include "core/model/custody_verify.h"
#include "core/model/disposal.h"
#include "core/model/disposal_gate.h"
#include "core/model/disposal_line.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/seizure.h"
#include "core/report/papers.h"
#include "i18n/sentence.h"
#include "tests/one_department.h"

static struct session chief, superintendent, preparer;
static struct record_key batch; /* the newest one */

/* ---- what the tests begin with ---- */

static struct exhibit_record *exhibit_of(struct record_key key)
{
    return fetch(&d, key);
}

static struct disposal_record *disposal_of(struct record_key key)
{
    return fetch(&d, key);
}

static struct disposal_line_record *line_of(struct record_key key, uint32_t n)
{
    return fetch(&d, (struct record_key){ key.id, disposal_line_type.family, n });
}

static struct custody_event_record *newest_event(struct record_key exhibit)
{
    return fetch(&d, (struct record_key){ exhibit.id, custody_event_type.family,
                                          (uint32_t)exhibit_of(exhibit)->events.value });
}

static struct record_key case_of(struct record_key exhibit)
{
    return key_of_reference(exhibit_of(exhibit)->of_case);
}

/* Courts set states that no act sets yet. */
static void set_case(struct record_key exhibit, const char *state)
{
    struct case_record *file = fetch(&d, case_of(exhibit));

    file->state = text_of(state);
    assert_int_equal(force(&d, file), ERR_OK);
}

static void set_legal(struct record_key exhibit, const char *status, const char *last_day)
{
    done(&d, does(&d, &d.supervisor, "exhibit-legal-status", &exhibit,
                  TYPED("legal_status", status, "cause", "order of 2023-06-20", "last_day",
                        last_day)));
}

static void shelve(struct record_key exhibit)
{
    (void)hand_to_clerk(&d, exhibit);
    done(&d, does(&d, &d.clerk, "exhibit-shelve", NULL,
                  TYPED("exhibits", number_of(&d, exhibit), "location", "KC-R1")));
}

/* A telephone that may be disposed of: proceedings over, forfeiture final, on its shelf. */
static struct record_key ready(void)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    shelve(key);
    set_legal(key, "L05", "");
    set_case(key, "C17");
    return key;
}

static enum err open_batch(const char *route, const char *exhibits)
{
    enum err err =
        does(&d, &preparer, "disposal-open", NULL, TYPED("route", route, "exhibits", exhibits));

    for (size_t i = 0; err == ERR_OK && i < d.result.count; i++)
        if (type_of_key(&d.result.keys[i]) == &disposal_type)
            batch = d.result.keys[i];
    return err;
}

static bool finds(const char *words)
{
    for (size_t i = 0; i < d.result.findings.count; i++)
        if (contains(sentence(d.arena, &d.result.findings.items[i]->message, LANGUAGE_EN),
                     words))
            return true;
    for (size_t i = 0; i < d.result.findings.count; i++)
        print_error("found: %s\n", d.result.findings.items[i]->message.id);
    return false;
}

static void prepare(const char *route, const char *exhibits)
{
    enum err err = open_batch(route, exhibits);

    if (err != ERR_OK)
        (void)finds("nothing that would be said");
    done(&d, err);
}

static enum err on_batch(struct session *who, const char *act, const char *const *typed)
{
    return does(&d, who, act, &batch, typed);
}

static void approve(void)
{
    done(&d, on_batch(&preparer, "disposal-submit", NULL));
    done(&d, on_batch(&chief, "disposal-approve", NULL));
    done(&d, on_batch(&d.clerk, "disposal-start", NULL));
}

static enum err look_at(struct record_key exhibit, const char *count)
{
    return on_batch(&d.clerk, "disposal-line",
                    TYPED("exhibit", number_of(&d, exhibit), "counted", count));
}

static enum err witnessed(const char *first, const char *second)
{
    d.clerk.other = d.clerk.third = (struct signer){ 0 };
    d.clerk.third_wanted = false;
    assert_int_equal(account_second(&d.clerk, text_of(first), TEXT(PASSWORD)), ERR_OK);
    d.clerk.third_wanted = true;
    assert_int_equal(account_second(&d.clerk, text_of(second), TEXT(PASSWORD)), ERR_OK);
    return on_batch(&d.clerk, "disposal-finish", TYPED("method", "incinerated"));
}

static void shut(struct record_key exhibit, const char *route, const char *words)
{
    assert_int_equal(open_batch(route, number_of(&d, exhibit)), ERR_INVALID);
    assert_true(finds(words));
}

/* ---- gates ---- */

static void each_gate_is_shut_with_its_own_sentence(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"), seizure;
    struct seizure_record *seized;

    (void)state;
    shut(key, "D01", "not in the store");
    shut(key, "D01", "held as evidence");
    shut(key, "D01", "still under way");
    shelve(key);
    set_case(key, "C08");
    shut(key, "D01", "on appeal");
    set_case(key, "C17");
    set_legal(key, "L03", "");
    shut(key, "D01", "Somebody claims it");
    set_legal(key, "L05", "2023-07-20");
    shut(key, "D01", "runs until 2023-07-20");
    set_legal(key, "L05", "2023-06-20");
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "civil suit")));
    shut(key, "D01", "It is on hold: civil suit");
    done(&d, does(&d, &d.supervisor, "exhibit-hold-end", &key,
                  TYPED("hold", "1", "reason", "settled")));
    done(&d, does(&d, &d.clerk, "exhibit-report-discrepancy", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "another IMEI")));
    shut(key, "D01", "is under inquiry");
    done(&d, does(&d, &d.supervisor, "exhibit-resolve-discrepancy", &key,
                  TYPED("event", "6", "finding", "misread")));
    seizure = key_of_reference(exhibit_of(key)->seizure);
    seized = fetch(&d, seizure);
    seized->claim_last_day = 20230721;
    seized->state = TEXT("Z10");
    assert_int_equal(force(&d, seized), ERR_OK);
    shut(key, "D01", "can be claimed until 2023-07-21");
    shut(key, "D01", "A moral claim");
    seized = fetch(&d, seizure);
    seized->state = TEXT("Z11");
    assert_int_equal(force(&d, seized), ERR_OK);
    done(&d, does(&d, &d.desk, "exhibit-review", NULL,
                  TYPED("exhibits", number_of(&d, key), "until", "2023-12-31", "reason",
                        "may be asked for")));
    shut(key, "D01", "kept until its review on 2023-12-31");
    shut(key, "D08", "neither goes back");
    shut(key, "D19", "act of its own");
}

static void the_gate_tells_all_reasons_at_once(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    AUTO_TXN struct txn *txn = NULL;
    struct findings findings = { .arena = d.arena };
    struct gate_question question;

    (void)state;
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "civil suit")));
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    question = (struct gate_question){
        .txn = txn, .arena = d.arena, .exhibit = exhibit_of(key), .today = 20230621
    };
    assert_int_equal(disposal_gate(&question, &findings), ERR_OK);
    assert_int_equal(findings.count, 4); /* not stored, evidence, on hold, case under way */
    assert_int_equal(findings.items[3]->record.id, case_of(key).id);
}

static void an_open_gate_says_what_comes_next(void **state)
{
    struct record_key key = ready();
    AUTO_TXN struct txn *txn = NULL;
    struct findings findings = { .arena = d.arena };
    struct gate_question question;

    (void)state;
    prepare("D01", number_of(&d, key));
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    question = (struct gate_question){
        .txn = txn, .arena = d.arena, .exhibit = exhibit_of(key), .today = 20230621
    };
    assert_int_equal(disposal_gate(&question, &findings), ERR_OK);
    assert_false(findings_stop(&findings));
    assert_int_equal(findings.count, 1);
    assert_true(contains(sentence(d.arena, &findings.items[0]->message, LANGUAGE_EN),
                         "submit disposal"));
    assert_int_equal(findings.items[0]->record.id, batch.id);
    shut(key, "D02", "which is under way"); /* not in two batches */
}

static void goods_go_before_the_end_only_with_power_notice_photograph_and_sample(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "3 pc");

    (void)state;
    shelve(key);
    set_legal(key, "L07", "");
    shut(key, "D01", "by a way for that alone");
    shut(key, "D25", "with a photograph");
    shut(key, "D25", "sample is kept");
    done(&d, does(&d, &d.desk, "exhibit-sample", &key, TYPED("quantity", "1 pc")));
    done(&d, does(&d, &d.desk, "attachment-add", NULL,
                  TYPED("about", number_of(&d, key), "title", "three phones", "attachment_kind",
                        "photograph", "path", "/proc/version")));
    prepare("D25", number_of(&d, key));
    refused(&d, on_batch(&preparer, "disposal-submit", NULL), ERR_INVALID, "stands against");
    assert_true(finds("power of the law"));
    assert_true(finds("must be told"));
    done(&d, on_batch(&preparer, "disposal-amend",
                      TYPED("authority", "s. 48A", "authority_date", "2023-06-20", "notified",
                            "2023-06-20")));
    done(&d, on_batch(&preparer, "disposal-submit", NULL));
    refused(&d, on_batch(&chief, "disposal-approve", NULL), ERR_REFUSED, "rank SUPT");
    done(&d, on_batch(&superintendent, "disposal-approve", NULL));
}

/* ---- the batch ---- */

static void a_batch_goes_from_draft_to_certificate(void **state)
{
    struct record_key a = ready(), b = ready();
    const char *both = arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, b)).data;
    struct disposal_record *disposal;

    (void)state;
    prepare("D01", both);
    assert_int_equal(disposal_of(batch)->items.value, 2);
    refused(&d, look_at(a, "1 pc"), ERR_REFUSED, "not at the door");
    approve();
    refused(&d, witnessed("S-0102", "C-0312"), ERR_INVALID, "stands against");
    assert_true(finds("has not been looked at"));
    refused(&d, look_at(a, ""), ERR_INVALID, "attention");
    done(&d, look_at(a, "1 pc"));
    done(&d, look_at(b, "1 pc"));
    says("passed", line_of(batch, 1)->result);
    done(&d, witnessed("S-0102", "C-0312"));
    disposal = disposal_of(batch);
    says("S05", disposal->state);
    assert_int_equal(disposal->witness.id, d.supervisor.officer);
    assert_int_equal(disposal->second_witness.id, d.clerk2.officer);
    assert_true(text_present(disposal->certificate));
    says("E10", exhibit_of(a)->state);
    says("L10", exhibit_of(a)->legal_status);
    says("disposed", newest_event(a)->action);
    assert_int_equal(newest_event(a)->disposal.id, batch.id);
    assert_int_equal(newest_event(a)->witness.id, d.clerk2.officer);
    assert_int_equal(exhibit_of(a)->located.id, 0); /* no shelf counts it any more */
    shut(a, "D01", "left for good");
    done(&d, on_batch(&d.clerk, "disposal-proceeds",
                      TYPED("proceeds", "0 HKD", "receipt", "T 88", "cost", "1200")));
}

static void what_is_moved_or_held_after_the_door_is_not_disposed_of(void **state)
{
    struct record_key key = ready();

    (void)state;
    prepare("D01", number_of(&d, key));
    approve();
    done(&d, look_at(key, "1 pc"));
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "new trial")));
    refused(&d, witnessed("S-0102", "C-0312"), ERR_INVALID, "stands against");
    assert_true(finds("new trial"));
    says("E03", exhibit_of(key)->state);
}

static void nobody_approves_an_own_batch(void **state)
{
    (void)state;
    prepare("D01", number_of(&d, ready()));
    done(&d, on_batch(&preparer, "disposal-submit", NULL));
    refused(&d, on_batch(&preparer, "disposal-approve", NULL), ERR_REFUSED,
            "Nobody approves a disposal that he or she prepared");
    refused(&d, on_batch(&d.supervisor, "disposal-approve", NULL), ERR_MISSING, "No rank");
    done(&d, on_batch(&chief, "disposal-send-back", TYPED("reason", "wrong lot")));
    says("S07", disposal_of(batch)->state);
    done(&d, on_batch(&preparer, "disposal-amend", TYPED("lot", "B-2")));
    done(&d, on_batch(&preparer, "disposal-submit", NULL));
    refused(&d, on_batch(&preparer, "disposal-amend", TYPED("lot", "B-3")), ERR_INVALID, "");
    assert_true(finds("submitted is not changed"));
    done(&d, on_batch(&chief, "disposal-approve", NULL));
}

static void what_changed_after_approval_does_not_pass_the_door(void **state)
{
    struct record_key key = ready();

    (void)state;
    prepare("D01", number_of(&d, key));
    approve();
    done(&d, does(&d, &d.supervisor, "exhibit-hold", NULL,
                  TYPED("exhibits", number_of(&d, key), "reason", "new trial")));
    refused(&d, look_at(key, "1 pc"), ERR_INVALID, "stands against");
    assert_true(finds("new trial"));
    done(&d, on_batch(&d.clerk, "disposal-refuse",
                      TYPED("exhibit", number_of(&d, key), "why", "on hold since today")));
    says("refused", line_of(batch, 1)->result);
    says("door_refused", newest_event(key)->action);
    says("E03", exhibit_of(key)->state);
    assert_int_equal(exhibit_of(key)->disposal.id, 0);
    refused(&d, witnessed("S-0102", "C-0312"), ERR_REFUSED, "Nothing passed");
    done(&d, on_batch(&d.clerk, "disposal-cancel", TYPED("reason", "on hold")));
    says("S06", disposal_of(batch)->state);
}

static void what_differs_at_the_door_stays_with_a_discrepancy(void **state)
{
    struct record_key good = ready(), bad = ready();

    (void)state;
    prepare("D01",
            arena_printf(d.arena, "%s; %s", number_of(&d, good), number_of(&d, bad)).data);
    approve();
    done(&d, look_at(good, "1 pc"));
    done(&d, look_at(bad, "2 pc"));
    assert_true(finds("refused at the door"));
    says("refused", line_of(batch, 2)->result);
    assert_int_equal(exhibit_of(bad)->discrepancies.value, 1);
    assert_int_equal(exhibit_of(bad)->disposal.id, 0);
    done(&d, witnessed("S-0301", "C-0312"));
    says("S08", disposal_of(batch)->state);
    says("E03", exhibit_of(bad)->state);
    says("E10", exhibit_of(good)->state);
}

static void a_wrong_seal_is_refused(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-seal", &key, TYPED("seal", "A000001")));
    shelve(key);
    set_legal(key, "L05", "");
    set_case(key, "C17");
    prepare("D01", number_of(&d, key));
    approve();
    refused(&d, look_at(key, "1 pc"), ERR_INVALID, "attention"); /* the seal is not named */
    done(&d, on_batch(&d.clerk, "disposal-line",
                      TYPED("exhibit", number_of(&d, key), "seal_seen", "A000009")));
    says("refused", line_of(batch, 1)->result);
    assert_int_equal(newest_event(key)->discrepancy, FLAG_YES);
}

/* ---- witnesses ---- */

static void at_door(void)
{
    struct record_key key = ready();

    prepare("D01", number_of(&d, key));
    approve();
    done(&d, look_at(key, "1 pc"));
}

static void a_destruction_has_two_witnesses_and_not_the_same_two_again(void **state)
{
    (void)state;
    at_door();
    refused(&d, on_batch(&d.clerk, "disposal-finish", NULL), ERR_REFUSED, "first witness");
    assert_true(d.clerk.second_wanted);
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_OK);
    refused(&d, on_batch(&d.clerk, "disposal-finish", NULL), ERR_REFUSED, "second witness");
    assert_int_equal(account_second(&d.clerk, TEXT("C-0312"), TEXT(PASSWORD)), ERR_REFUSED);
    assert_int_equal(account_second(&d.clerk, TEXT("D-1205"), TEXT(PASSWORD)), ERR_OK);
    refused(&d, on_batch(&d.clerk, "disposal-finish", NULL), ERR_REFUSED,
            "must be a supervisor");
    refused(&d, witnessed("S-0201", "C-0312"), ERR_REFUSED,
            "approved a disposal is no witness");
    done(&d, witnessed("S-0102", "D-1205"));
    at_door();
    refused(&d, witnessed("D-1205", "S-0102"), ERR_REFUSED, "same two officers");
    d.clerk.other = d.clerk.third = (struct signer){ 0 };
    refused(&d, on_batch(&chief, "disposal-same-witnesses", TYPED("reason", "no others")),
            ERR_REFUSED, "Only a superintendent");
    done(&d, on_batch(&superintendent, "disposal-same-witnesses",
                      TYPED("reason", "typhoon, nobody else on duty")));
    done(&d, witnessed("D-1205", "S-0102"));
    says("typhoon, nobody else on duty", disposal_of(batch)->pair_reason);
}

/* ---- other ways ---- */

static void a_sale_needs_the_buyers_receipt_or_a_second_officer(void **state)
{
    struct record_key key = ready();

    (void)state;
    prepare("D02", number_of(&d, key));
    approve();
    done(&d, look_at(key, "1 pc"));
    refused(&d, on_batch(&d.clerk, "disposal-finish", NULL), ERR_REFUSED,
            "number of the receipt");
    done(&d, on_batch(&d.clerk, "disposal-finish",
                      TYPED("outside_person", "A. Uctioneer", "outside_receipt", "GLD 7")));
    says("GLD 7",
         ((struct handover_record *)fetch(&d, key_of_reference(newest_event(key)->handover)))
             ->outside_receipt);
}

static void property_never_seized_is_given_back_without_a_batch(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const char *number = number_of(&d, key);

    (void)state;
    refused(&d,
            does(&d, &d.desk, "exhibit-give-back", NULL,
                 TYPED("exhibits", number, "outside_person", "Chan", "outside_document", "HKID",
                       "outside_receipt", "R1")),
            ERR_INVALID, "stands against");
    set_legal(key, "L08", "");
    shut(key, "D01", "never seized");
    done(&d, does(&d, &d.desk, "exhibit-give-back", NULL,
                  TYPED("exhibits", number, "outside_person", "Chan", "outside_document",
                        "HKID", "outside_receipt", "R1")));
    says("E11", exhibit_of(key)->state);
    says("given_back", newest_event(key)->action);
}

/* A vehicle where it stands: whoever answers for it lets it go. */
static void what_an_officer_keeps_goes_by_that_officers_hand(void **state)
{
    struct record_key key = seize(&d, "CNV.LGV", "1 vehicle");
    const char *number = number_of(&d, key);

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-keep-in-place", NULL,
                  TYPED("exhibits", number, "holder", "D-1204", "located", "KCT", "condition",
                        "whole", "reading", "12 km", "keys", "2")));
    set_legal(key, "L05", "");
    set_case(key, "C17");
    prepare("D02", number);
    approve();
    refused(&d, on_batch(&d.clerk, "disposal-line", TYPED("exhibit", number)), ERR_INVALID,
            "attention");
    refused(&d,
            on_batch(&d.clerk, "disposal-line", TYPED("exhibit", number, "condition", "whole")),
            ERR_REFUSED, "in the hands of another officer");
    assert_int_equal(account_second(&d.clerk, TEXT("D-1204"), TEXT(PASSWORD)), ERR_OK);
    done(&d,
         on_batch(&d.clerk, "disposal-line", TYPED("exhibit", number, "condition", "whole")));
    assert_int_equal(exhibit_of(key)->holder.id, d.clerk.officer);
    refused(&d,
            on_batch(&d.clerk2, "disposal-finish",
                     TYPED("outside_person", "A", "outside_receipt", "R")),
            ERR_REFUSED, "took it over at the door");
    done(&d, on_batch(&d.clerk, "disposal-finish",
                      TYPED("outside_person", "A", "outside_receipt", "R")));
}

static void other_ways_out_are_shut_by_a_hold_or_a_batch(void **state)
{
    struct record_key key = ready();
    const char *const out[] = {
        "exhibits", number_of(&d, key), "body", "XPO", "purpose", "other", "outside_person",
        "Insp. Ho", "outside_receipt",  "PF 9", NULL
    };

    (void)state;
    prepare("D01", number_of(&d, key));
    refused(&d, does(&d, &d.supervisor, "exhibit-transfer", NULL, out), ERR_INVALID,
            "stands against");
    done(&d, on_batch(&preparer, "disposal-remove",
                      TYPED("exhibits", number_of(&d, key), "reason", "goes to the Police")));
    says("removed", line_of(batch, 1)->result);
    done(&d, does(&d, &d.supervisor, "exhibit-transfer", NULL, out));
}

struct sought {
    const char *words; /* NULL: none is expected */
    size_t found;
};

static void look(const struct message *message, void *context)
{
    struct sought *sought = context;
    struct text said = sentence(d.arena, message, LANGUAGE_EN);

    if (sought->words && contains(said, sought->words))
        sought->found++;
    else if (!sought->words)
        print_error("%.*s\n", (int)said.len, said.data);
}

static uint64_t contradictions(struct sought *sought)
{
    struct verify_options options = {
        .depth = VERIFY_ALL, .meaning = custody_verify, .fault = look, .context = sought
    };
    struct verify_report report;

    assert_int_equal(mirror_catch_up(d.t.store), ERR_OK);
    (void)verify_store(d.t.store, &options, &report);
    return report.contradictions;
}

static void verify_finds_the_store_sound_and_a_forged_approval_not(void **state)
{
    struct sought none = { NULL, 0 }, forged = { "nobody but who prepared it approved", 0 },
                  alone = { "two witnesses did not sign", 0 };
    struct record_key key = ready();
    struct disposal_record *disposal;

    (void)state;
    prepare("D01", number_of(&d, key));
    approve();
    done(&d, look_at(key, "1 pc"));
    done(&d, witnessed("S-0102", "D-1205"));
    temporary_finish(&d.t);
    assert_int_equal(contradictions(&none), 0);
    disposal = disposal_of(batch);
    disposal->approver = disposal->officer;
    assert_int_equal(force(&d, disposal), ERR_OK);
    disposal = disposal_of(batch);
    disposal->witness = (struct reference){ .id = d.desk.officer };
    assert_int_equal(force(&d, disposal), ERR_OK);
    (void)contradictions(&forged);
    assert_int_equal(forged.found, 1);
    (void)contradictions(&alone);
    assert_int_equal(alone.found, 1);
}

/* ---- reviews ---- */

static void an_exhibit_is_reviewed_and_kept_or_let_go(void **state)
{
    struct record_key key = ready();

    (void)state;
    assert_int_equal(exhibit_of(key)->review, 20240620); /* as the law of its case says */
    refused(&d,
            does(&d, &d.desk, "exhibit-review", NULL,
                 TYPED("exhibits", number_of(&d, key), "until", "2023-06-21", "reason", "x")),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.desk, "exhibit-review", NULL,
                  TYPED("exhibits", number_of(&d, key), "until", "2023-12-31", "reason",
                        "may be asked for")));
    assert_int_equal(exhibit_of(key)->reviewed, 20230621);
    says("may be asked for", exhibit_of(key)->review_reason);
    shut(key, "D01", "kept until its review on 2023-12-31");
    department_now += 200LL * 24 * HOUR_MS;
    done(&d, open_batch("D01", number_of(&d, key)));
    department_now -= 200LL * 24 * HOUR_MS;
    set_legal(key, "L08", "");
    assert_int_equal(exhibit_of(key)->review, 20230919);
}

/* ---- papers ---- */

static struct text printed(const char *name, enum language language, enum paper_form form)
{
    AUTO_BUFFER struct buffer out = { 0 };
    AUTO_TXN struct txn *txn = NULL;
    struct paper_call call = { .lookup = codes_lookup(d.codes), .arena = d.arena };
    struct paper *paper;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    call.txn = txn;
    call.record = fetch(&d, batch);
    if (paper_make(&paper, paper_kind_named(text_of(name)), &call, language) != ERR_OK)
        return failure_sentence(d.arena, language);
    paper_write(&out, paper, form);
    return arena_text(d.arena, buffer_as_text(&out));
}

static void the_certificate_names_goods_way_and_witnesses(void **state)
{
    struct record_key key = ready();

    (void)state;
    prepare("D01", number_of(&d, key));
    assert_true(contains(printed("disposal-manifest", LANGUAGE_EN, PAPER_TEXT),
                         number_of(&d, case_of(key))));
    assert_true(contains(printed("disposal-certificate", LANGUAGE_ZH, PAPER_TEXT), "尚未執行"));
    approve();
    done(&d, look_at(key, "1 pc"));
    done(&d, witnessed("S-0102", "C-0312"));
    for (enum paper_form form = PAPER_TEXT; form <= PAPER_HTML; form++) {
        struct text paper = printed("disposal-certificate", LANGUAGE_EN, form);

        assert_true(contains(paper, number_of(&d, key)));
        assert_true(contains(paper, "S-0102"));
        assert_true(contains(paper, "C-0312"));
        assert_true(contains(paper, "Destroy"));
    }
    assert_true(
        contains(printed("disposal-certificate", LANGUAGE_ZH, PAPER_TEXT), "處置證明書"));
}

/* ---- people ---- */

static void give_rank(const char *number, const char *rank, struct session *session)
{
    struct record_key key = { .id = hire(&d, number, number, "supervisor") };

    done(&d, does(&d, &d.administrator, "officer-amend", &key, TYPED("rank", rank)));
    if (session)
        enter(&d, session, number);
}

static int make(void **state)
{
    open_department(state);
    give_rank("S-0201", "ASUPT", &chief);
    give_rank("S-0202", "SUPT", &superintendent);
    give_rank("S-0203", "ASUPT", &preparer);
    give_rank("S-0301", "INSP", NULL);
    return 0;
}

static int unmake(void **state)
{
    session_end(&chief);
    session_end(&superintendent);
    session_end(&preparer);
    return close_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_gate_is_shut_with_its_own_sentence),
        cmocka_unit_test(the_gate_tells_all_reasons_at_once),
        cmocka_unit_test(an_open_gate_says_what_comes_next),
        cmocka_unit_test(goods_go_before_the_end_only_with_power_notice_photograph_and_sample),
        cmocka_unit_test(a_batch_goes_from_draft_to_certificate),
        cmocka_unit_test(what_is_moved_or_held_after_the_door_is_not_disposed_of),
        cmocka_unit_test(nobody_approves_an_own_batch),
        cmocka_unit_test(what_changed_after_approval_does_not_pass_the_door),
        cmocka_unit_test(what_differs_at_the_door_stays_with_a_discrepancy),
        cmocka_unit_test(a_wrong_seal_is_refused),
        cmocka_unit_test(a_destruction_has_two_witnesses_and_not_the_same_two_again),
        cmocka_unit_test(a_sale_needs_the_buyers_receipt_or_a_second_officer),
        cmocka_unit_test(property_never_seized_is_given_back_without_a_batch),
        cmocka_unit_test(what_an_officer_keeps_goes_by_that_officers_hand),
        cmocka_unit_test(other_ways_out_are_shut_by_a_hold_or_a_batch),
        cmocka_unit_test(an_exhibit_is_reviewed_and_kept_or_let_go),
        cmocka_unit_test(the_certificate_names_goods_way_and_witnesses),
        cmocka_unit_test(verify_finds_the_store_sound_and_a_forged_approval_not),
    };

    return cmocka_run_group_tests(tests, make, unmake);
}
