#include "core/model/case.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/examination.h"
#include "core/model/exhibit.h"
#include "core/model/notice.h"
#include "core/model/number.h"
#include "core/model/rule.h"
#include "core/model/seizure.h"
#include "core/model/task.h"

#define RECORD case
#define RECORD_DEF "core/model/case.def"
#include "core/schema/table.h"

/* What goes on in a closed case: court, people, the state itself. All else is a fact. */
static const uint16_t goes_on[] = {
    tag_case_state,         tag_case_state_reason, tag_case_closed,  tag_case_referred_to,
    tag_case_court_numbers, tag_case_result,       tag_case_officer, tag_case_supervisor,
    tag_case_bring_up,      tag_case_access,       tag_case_voided,  0
};

static void check_dates(const struct case_record *file, struct findings *findings)
{
    if (file->discovered != 0 && file->opened != 0 &&
        date_compare(file->discovered, file->opened) > 0)
        finding_add(findings, SEVERITY_WARNING, &file->head, tag_case_discovered,
                    N_("The discovery is dated after the case was opened. Check both dates."));
    if (file->occurred_until.date != 0 &&
        moment_compare(file->occurred_until, file->occurred) < 0)
        finding_add(findings, SEVERITY_ERROR, &file->head, tag_case_occurred_until,
                    N_("The offence cannot end before it begins. Check both times."));
}

static bool exhibit_is_settled(struct text state)
{
    static const char *const settled[] = { "E06", "E10", "E11", "E17", "E18", "E19", "E24" };

    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++)
        if (text_is(state, settled[i]))
            return true;
    return false;
}

static void check_exhibit(struct change *change, const struct record *record, void *findings)
{
    const struct exhibit_record *exhibit = (const struct exhibit_record *)record;

    if (!exhibit_is_settled(exhibit->state))
        finding_add(findings, SEVERITY_ERROR, record, 0,
                    N_("Exhibit %s has not been disposed of or returned."),
                    arena_string(change_arena(change), exhibit->number));
}

static void check_task(struct change *change, const struct record *record, void *findings)
{
    finding_add(findings, SEVERITY_ERROR, record, 0,
                N_("Follow-up %s is still to be done. Do it, or cancel it."),
                arena_string(change_arena(change),
                             ((const struct task_record *)record)->number));
}

static void check_notice(struct change *change, const struct record *record, void *findings)
{
    finding_add(findings, SEVERITY_ERROR, record, 0,
                N_("Notice %s has not been served. Have it served, or withdraw it."),
                arena_string(change_arena(change),
                             ((const struct notice_record *)record)->number));
}

static void check_examination(struct change *change, const struct record *record,
                              void *findings)
{
    finding_add(findings, SEVERITY_ERROR, record, 0,
                N_("Examination %s has no result yet. Record it, or withdraw the request."),
                arena_string(change_arena(change),
                             ((const struct examination_record *)record)->number));
}

static enum err examinations_waiting(struct change *change, struct reference of,
                                     struct findings *findings)
{
    static const char *const states[] = { "requested", "sent", "received" };

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        struct text state = text_of(states[i]);

        TRY(rule_each(change, &examination_type, "by_case", (const void *[]){ &of, &state }, 2,
                      check_examination, findings));
    }
    return ERR_OK;
}

/* Closing names everything that stands in the way at once. */
static void check_blockers(struct change *change, const struct record *file,
                           struct findings *findings)
{
    struct reference of = reference_of(file);
    struct text open = TEXT("open"), issued = TEXT("issued");

    if (rule_each(change, &exhibit_type, "by_case", (const void *[]){ &of }, 1, check_exhibit,
                  findings) != ERR_OK ||
        rule_each(change, &task_type, "by_case", (const void *[]){ &of, &open }, 2, check_task,
                  findings) != ERR_OK ||
        rule_each(change, &notice_type, "by_case", (const void *[]){ &of, &issued }, 2,
                  check_notice, findings) != ERR_OK ||
        examinations_waiting(change, of, findings) != ERR_OK)
        rule_failed(file, tag_case_state, findings);
}

static void check_state(struct change *change, const struct case_record *old,
                        const struct case_record *new, struct findings *findings)
{
    bool was_closed = case_is_closed(old->state), closed = case_is_closed(new->state);

    if (was_closed && closed)
        rule_keep_but(&old->head, &new->head, goes_on, findings);
    if (was_closed && !closed && !rule_right(change, RIGHT_APPROVE))
        finding_add(findings, SEVERITY_ERROR, &new->head, tag_case_state,
                    N_("Only an officer who may approve can reopen a case."));
    /* The exhibits of a case that is referred or merged go with it. */
    if (!was_closed && (text_is(new->state, "C09") || text_is(new->state, "C11")))
        check_blockers(change, &new->head, findings);
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_case_number, tag_case_opened, 0 };
    const struct case_record *file = (const struct case_record *)new;

    rule_keep(old, new, for_ever, findings);
    rule_state(change, new, tag_case_state, "case", findings);
    check_dates(file, findings);
    if (file->ordinances.count == 0 && !text_is(file->case_kind, "other"))
        finding_add(
            findings, SEVERITY_WARNING, new, tag_case_ordinances,
            N_("No ordinance is named, so the case counts in no row of the yearly tables."));
    if (rule_voiding(old, new))
        rule_none_under(change, new, &seizure_type, "by_case", findings);
    if (old)
        check_state(change, (const struct case_record *)old, file, findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type case_type = {
    RECORD_TABLE(case),
    .number = 7,
    .name = "case",
    .letters = "C",
    .label = L("Case", "案件"),
    .plural = L("Cases", "案件"),
    .help = L("Investigations from the day they are opened to the end in court.",
              "由開立檔案至法庭審結的調查案件。"),
    .rules = &rules,
    .title = { tag_case_title },
};
