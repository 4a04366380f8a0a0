#include "core/model/act_table.h"

#include "core/base/seams.h"
#include "core/model/case.h"
#include "core/model/number.h"
#include "core/model/questions.h"
#include "core/model/relate.h"
#include "core/model/report.h"
#include "core/model/rule.h"

static date today(void)
{
    return date_of_ms(now_ms(), OFFSET_HONG_KONG);
}

enum err build_report(struct change *change, const struct act_call *call)
{
    struct record *record;
    struct report_record *report;

    TRY(make_from_input(change, call, &record));
    report = (struct report_record *)record;
    TRY(number_serial(change, report_type.letters, &report->number));
    report->state = TEXT("new");
    return change_put(change, record);
}

/* The report where it is still to be dealt with; ERR_INVALID where it has been. */
static enum err get_open(struct change *change, const struct act_call *call,
                         struct report_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct report_record *)record;
    if (text_is((*out)->state, "new") || text_is((*out)->state, "assessed"))
        return ERR_OK;
    return fail(ERR_INVALID,
                N_("Report %s has been dealt with already. Have it reopened first."),
                arena_string(change_arena(change), (*out)->number));
}

enum err build_report_assess(struct change *change, const struct act_call *call)
{
    const struct act_report_assess *input = call->input;
    struct report_record *report;

    TRY(get_open(change, call, &report));
    report->state = TEXT("assessed");
    report->source_grade = input->source_grade;
    report->information_grade = input->information_grade;
    report->assessment = input->assessment;
    report->assessed_by = (struct reference){ .id = change_session(change)->officer };
    report->assessed_on = today();
    if (text_present(input->urgency))
        report->urgency = input->urgency;
    if (input->officer.id != 0)
        report->officer = input->officer;
    return change_put(change, &report->head);
}

static enum err end_report(struct change *change, struct report_record *report,
                           const char *state, struct text reason)
{
    report->state = text_of(state);
    report->closed = today();
    report->state_reason = reason;
    change_body(change)->reason = reason;
    return change_put(change, &report->head);
}

/* The persons and things that the report names become the case's. */
static enum err relate(struct change *change, const struct record *file,
                       const struct report_record *report)
{
    TRY(relate_parties(change, file, &report->parties));
    return relate_things(change, file, &report->things, NULL);
}

enum err build_report_attach(struct change *change, const struct act_call *call)
{
    const struct act_report_attach *input = call->input;
    struct record_key key = key_of_reference(input->of_case);
    struct report_record *report;
    struct record *file;

    TRY(get_open(change, call, &report));
    TRY(change_get(change, &key, &file));
    if (file->type == &case_type)
        TRY(relate(change, file, report));
    report->of_case = input->of_case;
    return end_report(change, report, "attached", input->reason);
}

enum err build_report_refer(struct change *change, const struct act_call *call)
{
    const struct act_report_refer *input = call->input;
    struct report_record *report;

    TRY(get_open(change, call, &report));
    report->referred_to = input->referred_to;
    return end_report(change, report, "referred", input->reason);
}

enum err build_report_close(struct change *change, const struct act_call *call)
{
    const struct act_report_close *input = call->input;
    struct report_record *report;

    TRY(get_open(change, call, &report));
    report->close_reason = input->close_reason;
    return end_report(change, report, "closed", input->reason);
}

enum err build_report_reopen(struct change *change, const struct act_call *call)
{
    const struct act_reason *input = call->input;
    struct record *record;
    struct report_record *report;

    TRY(get_subject(change, call, &record));
    report = (struct report_record *)record;
    if (report->closed == 0)
        return fail(ERR_INVALID, N_("Report %s is still to be dealt with."),
                    arena_string(change_arena(change), report->number));
    report->state = report->assessed_on != 0 ? TEXT("assessed") : TEXT("new");
    report->of_case = (struct reference){ 0 };
    report->referred_to = (struct text){ 0 };
    report->close_reason = (struct text){ 0 };
    report->closed = 0;
    report->state_reason = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}

static struct text priority_of(struct text urgency)
{
    if (text_is(urgency, "immediate"))
        return TEXT("urgent");
    return text_is(urgency, "urgent") ? TEXT("high") : TEXT("normal");
}

/* What the report says, as the case says it. */
static void case_fill(struct case_record *file, const struct report_record *report)
{
    file->title = report->subject;
    file->summary = report->details;
    file->occurred = report->occurred;
    file->discovered = report->received.date;
    file->ordinances = report->ordinances;
    file->place = report->place;
    file->formation = report->formation;
    file->reporting_formation = report->formation;
    file->sensitivity = report->sensitivity;
    file->priority = priority_of(report->urgency);
    file->counted = FLAG_YES;
}

enum err build_report_open_case(struct change *change, const struct act_call *call)
{
    const struct act_report_open_case *input = call->input;
    struct report_record *report;
    struct record *record;
    struct case_record *file;

    TRY(get_open(change, call, &report));
    if (!date_valid(input->opened))
        return fail(ERR_INVALID, N_("A case needs the date on which it is opened."));
    TRY(change_make(change, &case_type, &record));
    file = (struct case_record *)record;
    case_fill(file, report);
    if (text_present(input->title.zh) || text_present(input->title.en))
        file->title = input->title;
    file->opened = input->opened;
    file->officer = input->officer;
    file->case_kind = input->case_kind;
    file->bring_up = input->bring_up;
    file->state = TEXT("C01");
    TRY(number_case(change, file->place, file->formation, file->opened, &file->number));
    TRY(change_put(change, record));
    TRY(relate(change, record, report));
    report->of_case = reference_of(record);
    return end_report(change, report, "attached", (struct text){ 0 });
}
