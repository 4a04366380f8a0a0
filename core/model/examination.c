#include "core/model/examination.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD examination
#define RECORD_DEF "core/model/examination.def"
#include "core/schema/table.h"

/* What the laboratory has answered is not asked otherwise afterwards. */
static const uint16_t goes_on[] = {
    tag_examination_state,        tag_examination_voided,      tag_examination_officer,
    tag_examination_remark,       tag_examination_notified,    tag_examination_to_serve,
    tag_examination_notified_how, tag_examination_notified_to, 0
};

static bool has_ended(const struct examination_record *examination)
{
    return text_is(examination->state, "result") || text_is(examination->state, "withdrawn");
}

static void check_dates(const struct examination_record *examination, struct findings *findings)
{
    if (examination->due != 0 && date_compare(examination->due, examination->requested) < 0)
        finding_add(findings, SEVERITY_ERROR, &examination->head, tag_examination_due,
                    N_("The result cannot be due before it is asked for. Check both dates."));
    if (examination->reported != 0 &&
        date_compare(examination->reported, examination->requested) < 0)
        finding_add(findings, SEVERITY_ERROR, &examination->head, tag_examination_reported,
                    N_("The report is dated before the request. Check both dates."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_examination_number, tag_examination_of_case,
                                         tag_examination_requested, tag_examination_exhibits,
                                         0 };
    const struct examination_record *was = (const struct examination_record *)old,
                                    *examination = (const struct examination_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (was && has_ended(was))
        rule_keep_but(old, new, goes_on, findings);
    if (text_is(examination->state, "result") != (examination->reported != 0))
        finding_add(findings, SEVERITY_ERROR, new, tag_examination_reported,
                    N_("An examination with a result has a report and its date, and no other "
                       "has."));
    check_dates(examination, findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type examination_type = {
    RECORD_TABLE(examination),
    .number = 35,
    .name = "examination",
    .letters = "EX",
    .label = L("Examination", "化驗及鑑定"),
    .plural = L("Examinations", "化驗及鑑定"),
    .help = L("What laboratories and other examiners are asked about exhibits, and their "
              "answers.",
              "就證物向化驗所或其他鑑定機構提出的要求及其結果。"),
    .rules = &rules,
    .title = { tag_examination_examination_kind, tag_examination_laboratory },
};
