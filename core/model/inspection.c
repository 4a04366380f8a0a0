#include "core/model/inspection.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/notice.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD inspection
#define RECORD_DEF "core/model/inspection.def"
#include "core/schema/table.h"

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_inspection_number, 0 };
    const struct inspection_record *inspection = (const struct inspection_record *)new;
    bool done = text_is(inspection->state, "done");

    rule_keep(old, new, for_ever, findings);
    if (done != text_present(inspection->result))
        finding_add(findings, SEVERITY_ERROR, new, tag_inspection_result,
                    N_("An inspection that is done has a result, and no other has."));
    if (text_is(inspection->result, "case") && inspection->of_case.id == 0)
        finding_add(findings, SEVERITY_ERROR, new, tag_inspection_of_case,
                    N_("Name the case that came of it. Open it first."));
    if (rule_voiding(old, new))
        rule_none_under(change, new, &notice_type, "by_inspection", findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type inspection_type = {
    RECORD_TABLE(inspection),
    .number = 19,
    .name = "inspection",
    .letters = "IN",
    .label = L("Inspection", "巡查"),
    .plural = L("Inspections", "巡查"),
    .help = L("Visits to premises and traders under a regime, planned and done.",
              "按規管制度到處所及商戶巡查；已安排或已完成。"),
    .rules = &rules,
    .title = { tag_inspection_premises },
};
