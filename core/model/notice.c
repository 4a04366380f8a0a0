#include "core/model/notice.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD notice
#define RECORD_DEF "core/model/notice.def"
#include "core/schema/table.h"

/* What a person was told is not told otherwise afterwards. */
static const uint16_t once_served[] = { tag_notice_terms,
                                        tag_notice_amount,
                                        tag_notice_issued,
                                        tag_notice_last_day,
                                        tag_notice_ordinance,
                                        tag_notice_section,
                                        0 };

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_notice_number,
                                         tag_notice_notice_kind,
                                         tag_notice_party,
                                         tag_notice_of_case,
                                         tag_notice_seizure,
                                         tag_notice_inspection,
                                         0 };
    const struct notice_record *was = (const struct notice_record *)old,
                               *notice = (const struct notice_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (was && was->served != 0)
        rule_keep(old, new, once_served, findings);
    if (notice->last_day != 0 && date_compare(notice->last_day, notice->issued) < 0)
        finding_add(findings, SEVERITY_ERROR, new, tag_notice_last_day,
                    N_("The last day lies before the day of issue. Check both dates."));
    if (text_is(notice->state, "served") && notice->served == 0)
        finding_add(findings, SEVERITY_ERROR, new, tag_notice_served,
                    N_("A notice that is served says when."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type notice_type = {
    RECORD_TABLE(notice),
    .number = 31,
    .name = "notice",
    .letters = "N",
    .label = L("Notice", "通知書"),
    .plural = L("Notices", "通知書"),
    .help = L("Warning letters, prohibition notices, notices of seizure, fixed penalties.",
              "警告信、禁制通知書、檢取通知書、定額罰款通知書。"),
    .rules = &rules,
    .title = { tag_notice_notice_kind, tag_notice_party },
};
