#include "core/model/outside_reference.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD outside_reference
#define RECORD_DEF "core/model/outside_reference.def"
#include "core/schema/table.h"

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_outside_reference_number,
                                         tag_outside_reference_about, 0 };
    const struct outside_reference_record *reference =
        (const struct outside_reference_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (reference->from != 0 && reference->until != 0 &&
        date_compare(reference->until, reference->from) < 0)
        finding_add(findings, SEVERITY_ERROR, new, tag_outside_reference_until,
                    N_("It ends before it begins. Check both dates."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type outside_reference_type = {
    RECORD_TABLE(outside_reference),
    .number = 32,
    .name = "outside_reference",
    .letters = "X",
    .label = L("Outside reference", "外部編號"),
    .plural = L("Outside numbers", "外部編號"),
    .help = L("Numbers that records bear in other systems.", "紀錄在其他系統的編號。"),
    .rules = &rules,
    .title = { tag_outside_reference_outside_number, tag_outside_reference_system },
};
