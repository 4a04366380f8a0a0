#include "core/model/report.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD report
#define RECORD_DEF "core/model/report.def"
#include "core/schema/table.h"

static bool ended(const struct report_record *report)
{
    return report && !text_is(report->state, "new") && !text_is(report->state, "assessed");
}

/* A report that has ended takes no other words; a reply may still go out. */
static void check_facts(const struct record *old, const struct record *new,
                        struct findings *findings)
{
    static const uint16_t goes_on[] = { tag_report_replied,     tag_report_reply_due,
                                        tag_report_remark,      tag_report_voided,
                                        tag_report_sensitivity, 0 };

    if (ended((const struct report_record *)old) && ended((const struct report_record *)new))
        rule_keep_but(old, new, goes_on, findings);
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_report_number, 0 };
    const struct report_record *report = (const struct report_record *)new;

    rule_keep(old, new, for_ever, findings);
    check_facts(old, new, findings);
    if (rule_changed(old, new, tag_report_of_case))
        rule_case_open(change, new, tag_report_of_case, findings);
    if (text_is(report->state, "attached") != (report->of_case.id != 0))
        finding_add(findings, SEVERITY_ERROR, new, tag_report_of_case,
                    N_("A report names a case where it is grouped into one, and only then."));
    if (report->occurred.date != 0 && moment_compare(report->occurred, report->received) > 0)
        finding_add(findings, SEVERITY_WARNING, new, tag_report_occurred,
                    N_("It is reported before it happened. Check both times."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type report_type = {
    RECORD_TABLE(report),
    .number = 12,
    .name = "report",
    .letters = "R",
    .label = L("Report", "舉報"),
    .plural = L("Reports", "舉報及情報"),
    .help =
        L("Complaints, tips, referrals, risk hits and partners' information, before a case.",
          "成案前的投訴、舉報、轉介、風險提示及伙伴機關情報。"),
    .rules = &rules,
    .title = { tag_report_subject },
};
