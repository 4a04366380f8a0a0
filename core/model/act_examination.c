/* Examinations: asked for, sent, confirmed, answered, served or withdrawn. What a report says of an exhibit is recorded on the
 * exhibit by the same act, as an event of its chain; a laboratory's weight stands beside ours and corrects nothing. */
#include "core/model/custody.h"

#include "core/base/seams.h"
#include "core/model/elements.h"
#include "core/model/examination.h"
#include "core/model/formation.h"
#include "core/model/handover.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/species.h"

static enum err needs_attention(void)
{
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

static void row_finding(struct change *change, uint16_t tag, size_t row, const char *id,
                        struct text number)
{
    struct findings *findings = change_findings(change);

    finding_add(findings, SEVERITY_ERROR, NULL, tag, id,
                arena_string(change_arena(change), number));
    findings->items[findings->count - 1]->row = row;
}

/* ---- asking ---- */

/* One request is about goods of one case, so that its answer is read as far as that case is. */
static enum err one_case(struct change *change, struct examination_record *examination)
{
    const struct examined_item *items = examination->exhibits.items;

    for (size_t i = 0; i < examination->exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        if (i == 0)
            examination->of_case = exhibit->of_case;
        if (exhibit->of_case.id != examination->of_case.id)
            row_finding(change, tag_examination_exhibits, i + 1,
                        N_("Exhibit %s is of another case. One request is about one case; make "
                           "another request for it."),
                        exhibit->number);
        if (exhibit->voided == FLAG_YES)
            row_finding(change, tag_examination_exhibits, i + 1,
                        N_("Exhibit %s was voided. Take it out of the list."), exhibit->number);
        for (size_t k = 0; k < i; k++)
            if (items[k].exhibit.id == items[i].exhibit.id)
                row_finding(change, tag_examination_exhibits, i + 1,
                            N_("Exhibit %s is in the list twice. Take it out once."),
                            exhibit->number);
    }
    return findings_stop(change_findings(change)) ? needs_attention() : ERR_OK;
}

enum err build_examination(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct examination_record *examination;

    TRY(make_from_input(change, call, &record));
    examination = (struct examination_record *)record;
    TRY(one_case(change, examination));
    TRY(number_serial(change, examination_type.letters, &examination->number));
    examination->state = TEXT("requested");
    return change_put(change, record);
}

/* The examination while it still waits for its answer; ERR_INVALID where it has one, or was withdrawn. */
static enum err get_waiting(struct change *change, const struct act_call *call,
                            struct examination_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct examination_record *)record;
    if (!text_is((*out)->state, "result") && !text_is((*out)->state, "withdrawn"))
        return ERR_OK;
    return fail(ERR_INVALID,
                N_("Examination %s has its result, or was withdrawn. A further question is a "
                   "further request."),
                arena_string(change_arena(change), (*out)->number));
}

static bool asks_about(const struct examination_record *examination, struct reference exhibit)
{
    const struct examined_item *items = examination->exhibits.items;

    for (size_t i = 0; i < examination->exhibits.count; i++)
        if (items[i].exhibit.id == exhibit.id)
            return true;
    return false;
}

/* Rows of the act's list that the request does not name are findings. */
static enum err rows_asked(struct change *change, const struct examination_record *examination,
                           uint16_t tag, const void *items, size_t count, size_t size)
{
    for (size_t i = 0; i < count; i++) {
        /* Both kinds of row begin with the exhibit. */
        const struct reference *exhibit =
            (const struct reference *)((const char *)items + i * size);
        struct exhibit_record *record;

        if (asks_about(examination, *exhibit))
            continue;
        TRY(custody_exhibit(change, *exhibit, &record));
        row_finding(change, tag, i + 1,
                    N_("Exhibit %s is not among those that this request is about. Take it out, "
                       "or make a request for it."),
                    record->number);
    }
    return findings_stop(change_findings(change)) ? needs_attention() : ERR_OK;
}

/* ---- sending ---- */

static struct list all_asked(struct change *change,
                             const struct examination_record *examination)
{
    const struct examined_item *asked = examination->exhibits.items;
    size_t count = examination->exhibits.count;
    struct exhibit_item *items = arena_array(change_arena(change), count, sizeof *items);

    for (size_t i = 0; i < count; i++)
        items[i] = (struct exhibit_item){ .exhibit = asked[i].exhibit };
    return (struct list){ items, count };
}

static void missing(struct change *change, bool present, uint16_t tag)
{
    const struct element_type *asks = &act_examination_send_type;

    for (size_t i = 0; !present && i < asks->count; i++)
        if (asks->fields[i].tag == tag)
            finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag,
                        N_("%p is missing. Fill it in."),
                        label_argument(&asks->fields[i].label));
}

static bool is_formation(struct reference reference)
{
    return reference.id != 0 && id_kind(reference.id) == formation_type.number;
}

/* Out against their receipt, as any lending to a laboratory. */
static enum err send_now(struct change *change, const struct act_examination_send *input,
                         struct examination_record *examination)
{
    struct act_entrust entrust = {
        .exhibits =
            input->exhibits.count > 0 ? input->exhibits : all_asked(change, examination),
        .body = input->body,
        .located = input->located,
        .purpose = TEXT("laboratory"),
        .outside_person = input->outside_person,
        .outside_document = input->outside_document,
        .outside_receipt = input->outside_receipt,
        .due = input->due != 0 ? input->due : examination->due,
        .occurred = input->occurred,
        .paper_number = input->paper_number,
        .remark = input->remark,
    };

    if (entrust.body.id == 0 && is_formation(examination->laboratory))
        entrust.body = examination->laboratory;
    if (entrust.located.id == 0 && !is_formation(examination->laboratory))
        entrust.located = examination->laboratory;
    missing(change, entrust.body.id != 0, tag_act_examination_send_body);
    missing(change, text_present(entrust.outside_person),
            tag_act_examination_send_outside_person);
    missing(change, text_present(entrust.outside_receipt),
            tag_act_examination_send_outside_receipt);
    missing(change, entrust.due != 0, tag_act_examination_send_due);
    if (findings_stop(change_findings(change)))
        return needs_attention();
    examination->sent = input->occurred;
    examination->receipt = input->outside_receipt;
    return custody_entrust(change, &entrust, &move_lend, reference_of(&examination->head),
                           &examination->sent_by);
}

/* They went by a hand-over that is recorded already: it must be of these very goods. */
static enum err sent_before(struct change *change, const struct act_examination_send *input,
                            struct examination_record *examination)
{
    struct record_key key = key_of_reference(input->handed_over);
    const struct handover_record *handover;
    const struct exhibit_item *items;
    bool shared = false;
    struct record *record;

    TRY(change_get(change, &key, &record));
    handover = (const struct handover_record *)record;
    items = handover->exhibits.items;
    for (size_t i = 0; i < handover->exhibits.count; i++)
        shared |= asks_about(examination, items[i].exhibit);
    if (!shared || text_is(handover->state, "refused")) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL,
                    tag_act_examination_send_handed_over,
                    N_("By hand-over %s none of the exhibits of this request has gone out. "
                       "Name another, or leave it empty and send them now."),
                    arena_string(change_arena(change), handover->number));
        return needs_attention();
    }
    examination->sent = handover->occurred;
    examination->receipt = handover->outside_receipt;
    examination->sent_by = input->handed_over;
    return ERR_OK;
}

enum err build_examination_send(struct change *change, const struct act_call *call)
{
    const struct act_examination_send *input = call->input;
    struct examination_record *examination;

    TRY(get_waiting(change, call, &examination));
    TRY(rows_asked(change, examination, tag_act_examination_send_exhibits,
                   input->exhibits.items, input->exhibits.count, sizeof(struct exhibit_item)));
    TRY(input->handed_over.id != 0 ? sent_before(change, input, examination)
                                   : send_now(change, input, examination));
    if (text_is(examination->state, "requested"))
        examination->state = TEXT("sent");
    return change_put(change, &examination->head);
}

enum err build_examination_receive(struct change *change, const struct act_call *call)
{
    const struct act_examination_receive *input = call->input;
    struct examination_record *examination;

    TRY(get_waiting(change, call, &examination));
    examination->laboratory_number = input->laboratory_number;
    examination->received = input->received;
    if (input->due != 0)
        examination->due = input->due;
    examination->state = TEXT("received");
    return change_put(change, &examination->head);
}

/* ---- the answer ---- */

/* The appendix that the report names, else the one of the species' table. */
static enum err species_found(struct change *change, const struct examined_result *said,
                              struct exhibit_record *exhibit)
{
    struct record *record;
    enum err err;

    if (text_present(said->species))
        exhibit->species = said->species;
    if (text_present(said->appendix))
        exhibit->appendix = said->appendix;
    if (text_present(said->appendix) || !text_present(said->species))
        return ERR_OK;
    err = record_by_number(change_txn(change), &species_type, said->species, 0,
                           change_arena(change), &record);
    if (err == ERR_MISSING)
        return ERR_OK; /* the check of the code has said so */
    TRY(err);
    exhibit->appendix = ((const struct species_record *)record)->appendix;
    return ERR_OK;
}

/* What was suspected is now known: so or not so. Only "inconclusive" leaves it open. */
static enum err found_out(struct change *change, const struct examined_result *said,
                          struct exhibit_record *exhibit)
{
    exhibit->examined = said->result;
    if (!text_is(said->result, "inconclusive"))
        exhibit->suspected = FLAG_NO;
    if (text_present(said->weight.unit))
        exhibit->laboratory_weight = said->weight;
    if (text_present(said->pure.unit))
        exhibit->pure = said->pure;
    TRY(species_found(change, said, exhibit));
    return text_present(said->used_up.unit) ? custody_use_up(change, exhibit, said->used_up)
                                            : ERR_OK;
}

static struct text in_words(const struct examined_result *said,
                            const struct act_examination_result *input)
{
    return text_present(said->finding)       ? said->finding
           : text_present(input->finding.zh) ? input->finding.zh
           : text_present(input->finding.en) ? input->finding.en
                                             : input->remark;
}

static enum err result_of(struct change *change, const struct act_examination_result *input,
                          const struct examination_record *examination,
                          struct examined_result *said)
{
    struct exhibit_record *exhibit;
    bool gone;

    if (!text_present(said->result))
        said->result = input->result;
    TRY(custody_exhibit(change, said->exhibit, &exhibit));
    TRY(found_out(change, said, exhibit));
    gone = text_present(said->used_up.unit) && exhibit->remaining.number.mantissa == 0;
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "examined",
                                                .occurred = input->occurred,
                                                .state = gone ? "E18" : NULL,
                                                .paper_number = input->report_number,
                                                .examination = reference_of(&examination->head),
                                                .result = said->result,
                                                .remark = in_words(said, input) });
}

/* A row for each exhibit that was asked about: those typed, and for the others what the report says of all. */
static struct list all_results(struct change *change,
                               const struct examination_record *examination,
                               const struct act_examination_result *input)
{
    const struct examined_item *asked = examination->exhibits.items;
    const struct examined_result *typed = input->exhibits.items;
    size_t count = examination->exhibits.count;
    struct examined_result *all = arena_array(change_arena(change), count, sizeof *all);

    for (size_t i = 0; i < count; i++) {
        all[i] = (struct examined_result){ .exhibit = asked[i].exhibit };
        for (size_t k = 0; k < input->exhibits.count; k++)
            if (typed[k].exhibit.id == asked[i].exhibit.id)
                all[i] = typed[k];
    }
    return (struct list){ all, count };
}

enum err build_examination_result(struct change *change, const struct act_call *call)
{
    const struct act_examination_result *input = call->input;
    struct examination_record *examination;
    struct examined_result *results;
    struct list all;

    TRY(get_waiting(change, call, &examination));
    TRY(rows_asked(change, examination, tag_act_examination_result_exhibits,
                   input->exhibits.items, input->exhibits.count,
                   sizeof(struct examined_result)));
    all = all_results(change, examination, input);
    results = (struct examined_result *)(uintptr_t)all.items;
    for (size_t i = 0; i < all.count; i++)
        TRY(result_of(change, input, examination, &results[i]));
    examination->results = all;
    examination->state = TEXT("result");
    examination->result = input->result;
    examination->report_number = input->report_number;
    examination->reported = input->reported;
    examination->examiner = input->examiner;
    examination->method = input->method;
    examination->finding = input->finding;
    examination->to_serve = input->to_serve;
    if (text_present(input->remark))
        examination->remark = input->remark;
    return change_put(change, &examination->head);
}

/* ---- its end ---- */

enum err build_examination_notice(struct change *change, const struct act_call *call)
{
    const struct act_examination_notice *input = call->input;
    struct examination_record *examination;
    struct record *record;

    TRY(get_subject(change, call, &record));
    examination = (struct examination_record *)record;
    if (!text_is(examination->state, "result"))
        return fail(ERR_INVALID,
                    N_("Examination %s has no result yet, so there is no certificate to serve. "
                       "Record the result first."),
                    arena_string(change_arena(change), examination->number));
    if (date_compare(input->notified, examination->reported) < 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL,
                    tag_act_examination_notice_notified,
                    N_("The certificate was not written yet on that day. Check the date."));
        return needs_attention();
    }
    examination->notified = input->notified;
    examination->notified_how = input->how;
    examination->notified_to = input->upon;
    examination->to_serve = FLAG_YES;
    return change_put(change, record);
}

enum err build_examination_withdraw(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct examination_record *examination;

    TRY(get_waiting(change, call, &examination));
    examination->state = TEXT("withdrawn");
    examination->ended = date_of_ms(now_ms(), OFFSET_HONG_KONG);
    examination->end_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, &examination->head);
}
