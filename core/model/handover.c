#include "core/model/handover.h"

#include "core/model/choices.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "core/model/rule.h"

#define RECORD handover
#define RECORD_DEF "core/model/handover.def"
#include "core/schema/table.h"

/* Released, then received or refused; opened, then done; done at once where both are at one screen. */
static void check_state(const struct handover_record *old, const struct handover_record *new,
                        struct findings *findings)
{
    bool answered = text_is(new->state, "done") || text_is(new->state, "refused");

    if (old && text_equal(old->state, new->state))
        return;
    if (old && text_is(old->state, "open") ? !text_is(new->state, "done")
        : old                              ? !text_is(old->state, "released") || !answered
                                           : text_is(new->state, "refused"))
        finding_add(findings, SEVERITY_ERROR, &new->head, tag_handover_state,
                    N_("A hand-over is released, and then received or refused, once."));
}

static void check(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings)
{
    static const uint16_t answer[] = { tag_handover_state, tag_handover_refusal,
                                       tag_handover_correct_by, tag_handover_waiting, 0 };
    static const uint16_t closing[] = { tag_handover_state, tag_handover_exhibits,
                                        tag_handover_item_count, tag_handover_open_by, 0 };
    const struct handover_record *handover = (const struct handover_record *)new;

    (void)change;
    rule_keep_but(old, new,
                  old && text_is(((const struct handover_record *)old)->state, "open") ? closing
                                                                                       : answer,
                  findings);
    check_state((const struct handover_record *)old, handover, findings);
    if (handover->released_by.id != 0 && handover->released_by.id == handover->received_by.id)
        finding_add(findings, SEVERITY_ERROR, new, tag_handover_received_by,
                    N_("A hand-over needs two people. Name the officer who receives."));
}

static const struct record_rules rules = { .check = check, .series = number_series };

const struct record_type handover_type = {
    RECORD_TABLE(handover),
    .number = 11,
    .name = "handover",
    .letters = "H",
    .label = L("Hand-over", "移交"),
    .plural = L("Hand-overs", "移交"),
    .help = L("What two people do at once with some exhibits.", "兩名人員同時交收證物。"),
    .rules = &rules,
    .title = { tag_handover_action, tag_handover_occurred },
};
