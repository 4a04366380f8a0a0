#include "core/model/opening.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD opening
#define RECORD_DEF "core/model/opening.def"
#include "core/schema/table.h"

/* Opened, then closed, once; who opened what stays as it was. */
static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t closing[] = { tag_opening_state, tag_opening_closed,
                                        tag_opening_remark, 0 };
    const struct opening_record *before = (const struct opening_record *)old;
    const struct opening_record *opening = (const struct opening_record *)new;

    (void)change;
    rule_keep_but(old, new, closing, findings);
    if (before ? text_is(before->state, "closed") || !text_is(opening->state, "closed")
               : !text_is(opening->state, "open"))
        finding_add(findings, SEVERITY_ERROR, new, tag_opening_state,
                    N_("A session is opened and then closed, once."));
    if (opening->officer.id != 0 && opening->officer.id == opening->second.id)
        finding_add(findings, SEVERITY_ERROR, new, tag_opening_second,
                    N_("Exhibits are opened by two officers. Name another as the second."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type opening_type = {
    RECORD_TABLE(opening),
    .number = 37,
    .name = "opening",
    .letters = "OS",
    .label = L("Opening session", "同枱點算"),
    .plural = L("Opening sessions", "同枱點算"),
    .help = L("Exhibits lie open on one table under the same two officers.",
              "證物在同一枱面、由同樣兩名人員看管下拆封處理。"),
    .rules = &rules,
    .title = { tag_opening_opened, tag_opening_officer },
};
