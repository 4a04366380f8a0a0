#include "core/model/disposal_line.h"

#include "core/model/choices.h"
#include "core/model/rule.h"

#define RECORD disposal_line
#define RECORD_DEF "core/model/disposal_line.def"
#include "core/schema/table.h"

/* What was refused or taken out stays so; what passed may still be refused by whoever sees a reason. */
static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_disposal_line_exhibit, tag_disposal_line_quantity,
                                         tag_disposal_line_gross, tag_disposal_line_seal, 0 };
    const struct disposal_line_record *was = (const struct disposal_line_record *)old,
                                      *is = (const struct disposal_line_record *)new;

    (void)change;
    rule_keep(old, new, for_ever, findings);
    if (was && !text_equal(was->result, is->result) && !text_is(was->result, "waits") &&
        !(text_is(was->result, "passed") && text_is(is->result, "refused")))
        finding_add(findings, SEVERITY_ERROR, new, tag_disposal_line_result,
                    N_("What was found at the door is not changed afterwards."));
}

static const struct record_rules rules = { .check = check };

const struct record_type disposal_line_type = {
    RECORD_TABLE(disposal_line),
    .number = 105,
    .family = 5,
    .name = "disposal_line",
    .letters = "",
    .label = L("Exhibit of a disposal", "處置項目"),
    .plural = L("Exhibits of a disposal", "處置項目"),
    .help = L("One exhibit of a disposal, as listed and as found at the door.",
              "處置中的一件證物：清單所載及點驗所見。"),
    .rules = &rules,
    .title = { tag_disposal_line_exhibit },
};
