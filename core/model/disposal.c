#include "core/model/disposal.h"

#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD disposal
#define RECORD_DEF "core/model/disposal.def"
#include "core/schema/table.h"

/* From each state those that may follow. */
static const struct {
    const char *from, *to;
} steps[] = {
    { "S01", "S02 S06" },     { "S07", "S02 S06" },     { "S02", "S03 S07 S06" },
    { "S03", "S04 S07 S06" }, { "S04", "S05 S08 S06" },
};

static bool follows(struct text from, struct text to)
{
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct text rest = text_of(steps[i].to);

        while (text_is(from, steps[i].from) && text_present(rest))
            if (text_equal(text_split(rest, ' ', &rest), to))
                return true;
    }
    return text_equal(from, to);
}

static bool is_draft(struct text state)
{
    return text_is(state, "S01") || text_is(state, "S07");
}

/* What was approved is what is carried out. */
static void check_step(const struct disposal_record *old, const struct disposal_record *new,
                       struct findings *findings)
{
    if (!follows(old->state, new->state))
        finding_add(findings, SEVERITY_ERROR, &new->head, tag_disposal_state,
                    N_("A disposal is submitted, approved, carried out at the door and closed, "
                       "one after the other."));
    if (!is_draft(old->state) && rule_facts_changed(&old->head, &new->head))
        finding_add(findings, SEVERITY_ERROR, &new->head, 0,
                    N_("A disposal that was submitted is not changed. Have it sent back "
                       "first."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t for_ever[] = { tag_disposal_number, tag_disposal_officer, 0 };

    rule_keep(old, new, for_ever, findings);
    rule_state(change, new, tag_disposal_state, "disposal", findings);
    if (old)
        check_step((const struct disposal_record *)old, (const struct disposal_record *)new,
                   findings);
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type disposal_type = {
    RECORD_TABLE(disposal),
    .number = 34,
    .name = "disposal",
    .letters = "DP",
    .label = L("Disposal", "處置"),
    .plural = L("Disposals", "處置"),
    .help = L("A batch of exhibits that go one way together, from draft to certificate.",
              "以同一方式處置的一批證物，由草擬至發出證明書。"),
    .rules = &rules,
    .title = { tag_disposal_route, tag_disposal_lot },
};
