/* What laboratories are asked about exhibits, what they answer, and digital copies with their hash values. */
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/examination.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/query/links.h"
#include "core/report/papers.h"
#include "i18n/text.h"
#include "tests/one_department.h"

static struct exhibit_record *exhibit_of(struct record_key key)
{
    return fetch(&d, key);
}

static struct custody_event_record *last_event(struct record_key exhibit)
{
    return fetch(&d, (struct record_key){ exhibit.id, custody_event_type.family,
                                          (uint32_t)exhibit_of(exhibit)->events.value });
}

static struct difference_item *differences_of(struct record_key exhibit)
{
    return (struct difference_item *)(uintptr_t)last_event(exhibit)->differences.items;
}

static struct examination_record *examination_of(struct record_key key)
{
    return fetch(&d, key);
}

static enum err ask(const char *exhibits, const char *kind, const char *laboratory)
{
    return does(&d, &d.desk, "examination-request", NULL,
                TYPED("exhibits", exhibits, "examination_kind", kind, "laboratory", laboratory,
                      "question", "為何物？ What is it?", "due", "2023-07-05"));
}

static struct record_key asked(struct record_key exhibit, const char *kind,
                               const char *laboratory)
{
    return done(&d, ask(number_of(&d, exhibit), kind, laboratory));
}

static struct text with_weight(struct record_key exhibit, const char *weight)
{
    return arena_printf(d.arena, "%s | | | %s", number_of(&d, exhibit), weight);
}

static enum err send_with(struct record_key examination, const char *exhibits)
{
    return does(&d, &d.desk, "examination-send", &examination,
                TYPED("exhibits", exhibits, "outside_person", "Dr Au", "outside_receipt",
                      "GL 23/44018"));
}

/* ---- a drug, from request to certificate ---- */

static void a_request_goes_out_against_a_receipt_and_comes_back_with_a_result(void **state)
{
    struct record_key key = seize(&d, "DRG.UNK", "2 kg"),
                      request = asked(key, "laboratory", "XGL");

    (void)state;
    says("requested", examination_of(request)->state);
    assert_int_equal(examination_of(request)->of_case.id, exhibit_of(key)->of_case.id);
    done(&d, send_with(request, with_weight(key, "2.1 kg").data));
    says("sent", examination_of(request)->state);
    says("GL 23/44018", examination_of(request)->receipt);
    says("E04", exhibit_of(key)->state);
    assert_int_equal(exhibit_of(key)->due, 20230705); /* as the result is */
    says("lent", last_event(key)->action);
    assert_int_equal(last_event(key)->examination.id, request.id);
    done(&d, does(&d, &d.clerk, "examination-receive", &request,
                  TYPED("laboratory_number", "gl-1018", "due", "2023-07-12")));
    says("received", examination_of(request)->state);
    says("GL-1018", examination_of(request)->laboratory_number);
    assert_int_equal(examination_of(request)->due, 20230712);
}

static void the_result_is_recorded_on_the_exhibit_and_its_chain(void **state)
{
    struct record_key key = seize(&d, "DRG.UNK", "2 kg"),
                      request = asked(key, "laboratory", "XGL");
    struct exhibit_record *exhibit;
    const struct examined_result *results;

    (void)state;
    done(&d, send_with(request, with_weight(key, "2.1 kg").data));
    done(&d, does(&d, &d.desk, "examination-result", &request,
                  TYPED("result", "positive", "report_number", "GL 1018/A", "exhibits",
                        arena_printf(d.arena, "%s | positive | 海洛英 | 1.98 kg | 1.2 kg | 2 g",
                                     number_of(&d, key))
                            .data)));
    exhibit = exhibit_of(key);
    says("positive", exhibit->examined);
    assert_int_equal(exhibit->suspected, FLAG_NO);
    assert_int_equal(exhibit->pure.number.mantissa, 12);
    assert_int_equal(exhibit->laboratory_weight.number.mantissa, 198);
    assert_false(text_present(exhibit->gross.unit)); /* ours stays as it was */
    assert_int_equal(exhibit->remaining.number.mantissa, 1998);
    assert_int_equal(exhibit->discrepancies.value, 0);
    says("examined", last_event(key)->action);
    says("positive", last_event(key)->result);
    says("GL 1018/A", last_event(key)->paper_number);
    says("海洛英", last_event(key)->remark);
    assert_int_equal(last_event(key)->examination.id, request.id);
    results = examination_of(request)->results.items;
    assert_int_equal(examination_of(request)->results.count, 1);
    says("positive", results[0].result);
    refused(&d,
            does(&d, &d.desk, "examination-result", &request,
                 TYPED("result", "negative", "report_number", "GL 1018/B")),
            ERR_INVALID, "further request");
}

static void all_that_was_sent_may_be_used_up(void **state)
{
    struct record_key key = seize(&d, "DRG.UNK", "2 g"),
                      request = asked(key, "laboratory", "XGL");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "examination-result", &request,
                 TYPED("result", "positive", "report_number", "GL 2", "exhibits",
                       arena_printf(d.arena, "%s | | | | | 3 g", number_of(&d, key)).data)),
            ERR_INVALID, "More is taken than is left");
    done(&d, does(&d, &d.desk, "examination-result", &request,
                  TYPED("result", "positive", "report_number", "GL 2", "exhibits",
                        arena_printf(d.arena, "%s | | | | | 2 g", number_of(&d, key)).data)));
    says("E18", exhibit_of(key)->state);
    says("positive", exhibit_of(key)->examined);
}

static void an_inconclusive_result_leaves_the_suspicion(void **state)
{
    struct record_key key = seize(&d, "DRG.UNK", "2 g"),
                      request = asked(key, "laboratory", "XGL");

    (void)state;
    done(&d, does(&d, &d.desk, "exhibit-amend", &key, TYPED("suspected", "yes")));
    done(&d, does(&d, &d.desk, "examination-result", &request,
                  TYPED("result", "inconclusive", "report_number", "GL 3")));
    assert_int_equal(exhibit_of(key)->suspected, FLAG_YES);
    says("inconclusive", exhibit_of(key)->examined);
}

/* ---- species ---- */

static void a_species_brings_its_appendix_along(void **state)
{
    struct record_key key = seize(&d, "END.SHF", "12 kg"),
                      request = asked(key, "species", "L.AF");

    (void)state;
    done(&d,
         does(&d, &d.desk, "examination-result", &request,
              TYPED("result", "positive", "report_number", "AF 9", "exhibits",
                    arena_printf(d.arena, "%s | positive | | | | | SP01", number_of(&d, key))
                        .data)));
    says("SP01", exhibit_of(key)->species);
    says("I", exhibit_of(key)->appendix);
}

/* ---- several exhibits ---- */

static void one_request_is_about_one_case_and_each_exhibit_once(void **state)
{
    struct record_key seizure = record_seizure(&d, open_case(&d)),
                      a = add_exhibit(&d, seizure, "DIG.PHO", "1 pc"),
                      b = add_exhibit(&d, seizure, "DIG.PHO", "1 pc"),
                      other = seize(&d, "DIG.PHO", "1 pc"), request;
    const struct examined_result *results;

    (void)state;
    refused(&d,
            ask(arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, other)).data,
                "digital", "CFL"),
            ERR_INVALID, "attention");
    assert_int_equal(d.result.findings.items[0]->row, 2);
    refused(&d,
            ask(arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, a)).data,
                "digital", "CFL"),
            ERR_INVALID, "attention");
    request =
        done(&d, ask(arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, b)).data,
                     "digital", "CFL"));
    refused(&d,
            does(&d, &d.desk, "examination-result", &request,
                 TYPED("result", "positive", "report_number", "CFL 1", "exhibits",
                       number_of(&d, other))),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.desk, "examination-result", &request,
                  TYPED("result", "positive", "report_number", "CFL 1", "exhibits",
                        arena_printf(d.arena, "%s | negative", number_of(&d, b)).data)));
    results = examination_of(request)->results.items;
    says("positive", results[0].result);
    says("negative", results[1].result);
    says("positive", exhibit_of(a)->examined);
    says("negative", exhibit_of(b)->examined);
}

static size_t named_by_examinations(struct record_key key)
{
    AUTO_TXN struct txn *txn = NULL;
    struct link links[32];
    size_t count = links_to(type_of_key(&key), links, 32), found = 0;
    bool more;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    for (size_t i = 0; i < count; i++)
        if (links[i].type == &examination_type)
            assert_int_equal(link_count(txn, &links[i], (struct reference){ .id = key.id }, 10,
                                        &found, &more),
                             ERR_OK);
    return found;
}

static void an_examination_is_found_from_each_exhibit_and_from_the_case(void **state)
{
    struct record_key seizure = record_seizure(&d, open_case(&d)),
                      a = add_exhibit(&d, seizure, "DIG.PHO", "1 pc"),
                      b = add_exhibit(&d, seizure, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, ask(arena_printf(d.arena, "%s; %s", number_of(&d, a), number_of(&d, b)).data,
                 "digital", "CFL"));
    asked(b, "digital", "CFL");
    assert_int_equal(named_by_examinations(a), 1);
    assert_int_equal(named_by_examinations(b), 2);
    assert_int_equal(named_by_examinations(
                         (struct record_key){ .id = exhibit_of(a)->of_case.id }),
                     2);
}

/* ---- sending and its end ---- */

static void what_went_by_a_hand_over_is_not_sent_a_second_time(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"), other = seize(&d, "DIG.PHO", "1 pc"),
                      request = asked(key, "digital", "CFL"),
                      elsewhere = asked(other, "digital", "CFL"), lending;

    (void)state;
    lending = made(&d,
                   does(&d, &d.desk, "exhibit-lend", NULL,
                        TYPED("exhibits", number_of(&d, key), "body", "CFL", "purpose",
                              "forensics", "outside_person", "Insp. Ho", "outside_receipt",
                              "CFL 77", "due", "2023-07-05")),
                   &handover_type);
    refused(&d,
            does(&d, &d.desk, "examination-send", &elsewhere,
                 TYPED("handed_over", number_of(&d, lending))),
            ERR_INVALID, "attention");
    done(&d, does(&d, &d.desk, "examination-send", &request,
                  TYPED("handed_over", number_of(&d, lending))));
    says("sent", examination_of(request)->state);
    says("CFL 77", examination_of(request)->receipt);
    assert_int_equal(exhibit_of(key)->events.value, 2);
}

static void sending_says_who_received_and_when_it_is_due_back(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"),
                      request = asked(key, "authenticity", "L.TM");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "examination-send", &request, TYPED("outside_person", "Ms Au")),
            ERR_INVALID, "attention");
    assert_int_equal(d.result.findings.count, 2); /* the receipt, and which body holds it */
    done(&d, does(&d, &d.desk, "examination-send", &request,
                  TYPED("outside_person", "Ms Au", "outside_receipt", "B-1", "body", "XIM")));
    assert_int_equal(id_kind(exhibit_of(key)->located.id),
                     id_kind(examination_of(request)->laboratory.id));
}

static void a_certificate_is_served_after_it_was_written(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"),
                      request = asked(key, "digital", "CFL");

    (void)state;
    refused(&d,
            does(&d, &d.desk, "examination-notice", &request,
                 TYPED("how", "post", "upon", "Messrs Ho")),
            ERR_INVALID, "no result yet");
    done(&d,
         does(&d, &d.desk, "examination-result", &request,
              TYPED("result", "positive", "report_number", "CFL 2", "reported", "2023-06-21")));
    refused(&d,
            does(&d, &d.desk, "examination-notice", &request,
                 TYPED("how", "post", "upon", "Messrs Ho", "notified", "2023-06-20")),
            ERR_INVALID, "attention");
    refused(&d,
            does(&d, &d.clerk, "examination-notice", &request,
                 TYPED("how", "post", "upon", "Messrs Ho")),
            ERR_REFUSED, "right");
    done(&d, does(&d, &d.desk, "examination-notice", &request,
                  TYPED("how", "post", "upon", "Messrs Ho", "notified", "2023-06-22")));
    assert_int_equal(examination_of(request)->notified, 20230622);
}

static void a_withdrawn_request_takes_no_result(void **state)
{
    struct record_key request = asked(seize(&d, "DIG.PHO", "1 pc"), "digital", "CFL");

    (void)state;
    done(&d, does(&d, &d.desk, "examination-withdraw", &request,
                  TYPED("reason", "owner unlocked it")));
    says("withdrawn", examination_of(request)->state);
    refused(&d,
            does(&d, &d.desk, "examination-result", &request,
                 TYPED("result", "positive", "report_number", "CFL 3")),
            ERR_INVALID, "withdrawn");
}

static void the_request_is_printed_for_the_laboratory(void **state)
{
    struct record_key key = seize(&d, "DRG.UNK", "2 kg"),
                      request = asked(key, "laboratory", "XGL");
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer out = { 0 };
    struct paper *paper;

    (void)state;
    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    const struct paper_call call = { txn, fetch(&d, request), d.desk.officer,
                                     codes_lookup(d.codes), d.arena };

    assert_int_equal(paper_make(&paper, paper_kind_named(TEXT("examination-request")), &call,
                                LANGUAGE_ZH),
                     ERR_OK);
    paper_write(&out, paper, PAPER_TEXT);
    assert_true(contains(buffer_as_text(&out), number_of(&d, key)));
    assert_true(contains(buffer_as_text(&out), number_of(&d, request)));
    assert_true(contains(buffer_as_text(&out), "為何物？"));
    assert_true(contains(buffer_as_text(&out), "政府化驗所"));
}

static void what_was_answered_is_not_asked_otherwise(void **state)
{
    struct record_key request = asked(seize(&d, "DIG.PHO", "1 pc"), "digital", "CFL");

    (void)state;
    done(&d,
         does(&d, &d.desk, "examination-amend", &request, TYPED("question", "Who called?")));
    done(&d, does(&d, &d.desk, "examination-result", &request,
                  TYPED("result", "positive", "report_number", "CFL 4")));
    refused(&d,
            does(&d, &d.desk, "examination-amend", &request, TYPED("question", "Who paid?")),
            ERR_INVALID, "not changed once");
    done(&d, does(&d, &d.desk, "examination-amend", &request, TYPED("remark", "filed")));
}

static void a_case_is_not_closed_while_a_result_is_waited_for(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc"),
                      request = asked(key, "digital", "CFL"),
                      file = { .id = exhibit_of(key)->of_case.id };
    bool named = false;

    (void)state;
    assert_int_equal(does(&d, &d.supervisor, "case-state", &file,
                          TYPED("state", "C09", "reason", "done")),
                     ERR_INVALID);
    for (size_t i = 0; i < d.result.findings.count; i++)
        named |= contains(sentence(d.arena, &d.result.findings.items[i]->message, LANGUAGE_EN),
                          number_of(&d, request));
    assert_true(named);
}

/* ---- digital copies ---- */

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ONES "1111111111111111111111111111111111111111111111111111111111111111"
#define MD5 "md5:d41d8cd98f00b204e9800998ecf8427e"

static enum err copied(struct record_key key, const char *hashes)
{
    return does(&d, &d.desk, "exhibit-acquire", &key,
                TYPED("tool", "Guymager", "version", "0.8.13", "write_blocker", "T8u 4411",
                      "source_make", "Example X1", "source_serial", "sn-77", "hashes", hashes));
}

static void a_copy_carries_its_tool_and_hash_values(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const struct digital_copy *copies;

    (void)state;
    refused(&d, copied(key, "copy | " MD5), ERR_INVALID, "attention");
    done(&d, copied(key, "source | " ZEROS "; copy | " ZEROS "; copy | " MD5));
    done(&d, copied(key, "copy | " ZEROS));
    copies = exhibit_of(key)->copies.items;
    assert_int_equal(exhibit_of(key)->copies.count, 2);
    assert_int_equal(copies[1].copy.value, 2);
    says("Guymager 0.8.13", copies[0].tool);
    says("Example X1 SN-77", copies[0].source);
    assert_int_equal(exhibit_of(key)->hashes.count, 4);
    says("acquired", last_event(key)->action);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
}

static void a_copy_that_is_no_copy_is_a_discrepancy_with_both_values(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");

    (void)state;
    done(&d, copied(key, "source | " ZEROS "; copy | " ONES));
    assert_int_equal(exhibit_of(key)->discrepancies.value, 1);
    assert_true(contains(differences_of(key)->recorded_words, ZEROS));
    assert_true(contains(differences_of(key)->found_words, ONES));
    done(&d, copied(key, "source | " ONES "; copy | " ONES)); /* the source has changed */
    assert_int_equal(exhibit_of(key)->discrepancies.value, 2);
}

static enum err compared(struct record_key key, const char *copy, const char *hashes)
{
    return does(&d, &d.clerk, "exhibit-verify-copy", &key,
                TYPED("copy", copy, "hashes", hashes));
}

static void a_copy_that_has_changed_since_is_a_discrepancy(void **state)
{
    struct record_key key = seize(&d, "DIG.PHO", "1 pc");
    const struct digital_copy *copies;

    (void)state;
    done(&d, copied(key, "source | " MD5 "; copy | " ZEROS));
    refused(&d, compared(key, "2", ZEROS), ERR_INVALID, "attention");
    refused(&d, compared(key, "1", "sha-1:0000000000000000000000000000000000000000"),
            ERR_INVALID, "attention");
    done(&d, compared(key, "1", ZEROS "; " MD5));
    copies = exhibit_of(key)->copies.items;
    assert_int_not_equal(copies[0].verified.date, 0);
    assert_int_equal(copies[0].differs, FLAG_ABSENT);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 0);
    done(&d, compared(key, "1", ONES));
    copies = exhibit_of(key)->copies.items;
    assert_int_equal(copies[0].differs, FLAG_YES);
    assert_int_equal(exhibit_of(key)->discrepancies.value, 1);
    assert_true(contains(differences_of(key)->found_words, ONES));
}

static int open_in_utf8(void **state)
{
    text_locale();
    return open_department(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_goes_out_against_a_receipt_and_comes_back_with_a_result),
        cmocka_unit_test(the_result_is_recorded_on_the_exhibit_and_its_chain),
        cmocka_unit_test(all_that_was_sent_may_be_used_up),
        cmocka_unit_test(an_inconclusive_result_leaves_the_suspicion),
        cmocka_unit_test(a_species_brings_its_appendix_along),
        cmocka_unit_test(one_request_is_about_one_case_and_each_exhibit_once),
        cmocka_unit_test(an_examination_is_found_from_each_exhibit_and_from_the_case),
        cmocka_unit_test(what_went_by_a_hand_over_is_not_sent_a_second_time),
        cmocka_unit_test(sending_says_who_received_and_when_it_is_due_back),
        cmocka_unit_test(a_certificate_is_served_after_it_was_written),
        cmocka_unit_test(a_withdrawn_request_takes_no_result),
        cmocka_unit_test(the_request_is_printed_for_the_laboratory),
        cmocka_unit_test(what_was_answered_is_not_asked_otherwise),
        cmocka_unit_test(a_case_is_not_closed_while_a_result_is_waited_for),
        cmocka_unit_test(a_copy_carries_its_tool_and_hash_values),
        cmocka_unit_test(a_copy_that_is_no_copy_is_a_discrepancy_with_both_values),
        cmocka_unit_test(a_copy_that_has_changed_since_is_a_discrepancy),
    };

    return cmocka_run_group_tests(tests, open_in_utf8, close_department);
}
