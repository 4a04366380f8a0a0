/* What is decided of an exhibit without a batch: kept until a further review, or given back to its owner. */
#include "core/model/disposal_acts.h"

#include "core/base/seams.h"
#include "core/model/custody.h"
#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/questions.h"

/* Whoever looks at it on its day and keeps it says why, and until when. */
enum err build_review_keep(struct change *change, const struct act_call *call)
{
    const struct act_review_keep *input = call->input;
    const struct disposal_item *items = input->exhibits.items;
    date today = date_of_ms(now_ms(), OFFSET_HONG_KONG);

    if (date_compare(input->until, today) <= 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_review_keep_until,
                    N_("The next review lies in the future. Enter a later date."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    change_body(change)->reason = input->reason;
    for (size_t i = 0; i < input->exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        exhibit->review = input->until;
        exhibit->reviewed = today;
        exhibit->review_reason = input->reason;
        TRY(change_put(change, &exhibit->head));
    }
    return ERR_OK;
}

/* ---- property that goes back ---- */

static enum err give_one(struct change *change, struct reference reference,
                         const struct disposal_route_record *route,
                         const struct custody_step *step)
{
    struct exhibit_record *exhibit;

    TRY(custody_exhibit(change, reference, &exhibit));
    TRY(disposal_ask(change, exhibit, true, route, NULL));
    TRY(disposal_stop(change));
    exhibit->review = 0;
    exhibit->legal_status = TEXT("L10");
    exhibit->legal_since = step->occurred;
    exhibit->legal_cause = step->paper_number;
    return custody_take(change, exhibit, step);
}

/* The owner's identity and signed receipt stand for the second signature. */
enum err build_give_back(struct change *change, const struct act_call *call)
{
    const struct act_give_back *input = call->input;
    const struct disposal_item *items = input->exhibits.items;
    const struct disposal_route_record route = { .gate = TEXT("return") };
    struct exhibit_item *listed =
        arena_array(change_arena(change), input->exhibits.count + 1, sizeof *listed);
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = TEXT("given_back"),
        .state = TEXT("done"),
        .exhibits = { listed, input->exhibits.count },
        .occurred = input->occurred,
        .released_by = { .id = change_session(change)->officer },
        .purpose = TEXT("return"),
        .outside_person = input->outside_person,
        .outside_document = input->outside_document,
        .outside_receipt = input->outside_receipt,
        .remark = input->remark,
    };
    struct custody_step step = { .action = "given_back",
                                 .occurred = input->occurred,
                                 .state = "E11",
                                 .released_by = { .id = change_session(change)->officer },
                                 .paper_number = input->outside_receipt,
                                 .remark = input->outside_person };

    for (size_t i = 0; i < input->exhibits.count; i++)
        listed[i] = (struct exhibit_item){ .exhibit = items[i].exhibit };
    TRY(disposal_holder(change, (struct reference){ 0 }, &step.holder));
    if (step.holder.id != said.released_by.id)
        said.received_by = step.holder;
    TRY(custody_hand_over(change, &said, &step.handover));
    for (size_t i = 0; i < input->exhibits.count; i++)
        TRY(give_one(change, items[i].exhibit, &route, &step));
    return ERR_OK;
}
