/* Acts on exhibits that happen to several at once and differ in a row of custody_move: taking back, losing and finding,
 * writing off, reporting, holding. */
#include "core/model/custody.h"

#include "core/model/disposal_acts.h"
#include "core/model/elements.h"
#include "core/model/questions.h"

const struct custody_move move_entrust = { .action = "entrusted",
                                           .state = "E14",
                                           .weighed = true };
const struct custody_move move_lend = {
    .action = "lent", .state = "E04", .due = true, .weighed = true
};
const struct custody_move move_produce = { .action = "produced", .state = "E07" };
const struct custody_move move_transfer = {
    .action = "transferred", .state = "E06", .weighed = true, .settled = true
};
const struct custody_move move_pay_in = { .action = "paid_in", .state = "E22" };
const struct custody_move move_return = { .action = "returned",
                                          .state = "E02",
                                          .weighed = true };
const struct custody_move move_found = { .action = "found", .state = "E02", .from = "E16" };
const struct custody_move move_lost = { .action = "unable_to_locate",
                                        .state = "E16",
                                        .discrepancy = true };
const struct custody_move move_write_off = {
    .action = "written_off", .state = "E24", .from = "E16", .settled = true
};
const struct custody_move move_discrepancy = { .action = "discrepancy", .discrepancy = true };
const struct custody_move move_birth = { .action = "born" };
const struct custody_move move_death = { .action = "died" };
const struct custody_move move_hold = { .action = "held" };

/* What was carried away is gone, inquiry or not; writing off is a decision, and waits. */
static enum err inquiry(const struct custody_move *move, const struct exhibit_record *exhibit,
                        struct custody_step *step, enum err refusal)
{
    return move == &move_transfer ? custody_breach(step, "rule_inquiry", exhibit, refusal)
                                  : refusal;
}

static enum err move_check(struct change *change, const struct custody_move *move,
                           const struct exhibit_record *exhibit, struct custody_step *step)
{
    char *number = arena_string(change_arena(change), exhibit->number);

    if (move->from && !text_is(exhibit->state, move->from))
        return fail(ERR_REFUSED,
                    N_("Exhibit %s is not recorded as one that cannot be located, so this "
                       "cannot be done with it."),
                    number);
    if (move->from)
        TRY(custody_in_order(change, exhibit, step->occurred));
    if (move->settled && exhibit->discrepancies.present && exhibit->discrepancies.value > 0)
        return inquiry(move, exhibit, step,
                       fail(ERR_REFUSED,
                            N_("Exhibit %s has a discrepancy under inquiry. Resolve it first."),
                            number));
    return move->settled ? disposal_leave(change, exhibit) : ERR_OK;
}

enum err custody_move_check(struct change *change, struct list exhibits,
                            const struct custody_move *move, struct custody_step *step)
{
    const struct exhibit_item *items = exhibits.items;

    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        TRY(move_check(change, move, exhibit, step));
    }
    return ERR_OK;
}

static enum err move_all(struct change *change, const struct act_call *call,
                         struct list exhibits, struct custody_step step)
{
    const struct custody_move *move = call->act->move;

    TRY(custody_move_check(change, exhibits, move, &step));
    step.action = move->action;
    step.state = move->state;
    step.move = move;
    return custody_take_all(change, exhibits, step);
}

/* From an outside body, or found again: it is in the hands of the officer who takes it. */
enum err build_take_back(struct change *change, const struct act_call *call)
{
    const struct act_take_back *input = call->input;
    struct reference self = { .id = change_session(change)->officer };
    /* Nobody is said to have given it: an officer who is recorded as its holder has not. What was lost comes from nobody. */
    struct reference giver =
        input->from.id != 0 || call->act->move == &move_found ? input->from : self;

    return move_all(change, call, input->exhibits,
                    (struct custody_step){
                        .occurred = input->occurred,
                        .holder = self,
                        .located = input->located,
                        .released_by = giver,
                        .other_seals = input->other_seals,
                        .paper_number = text_present(input->outside_receipt)
                                            ? input->outside_receipt
                                            : input->paper_number,
                        .remark =
                            text_present(input->remark) ? input->remark : input->outside_person,
                    });
}

enum err build_on_exhibits(struct change *change, const struct act_call *call)
{
    const struct act_on_exhibits *input = call->input;
    const struct custody_move *move = call->act->move;

    change_body(change)->reason = input->reason;
    return move_all(change, call, input->exhibits,
                    (struct custody_step){
                        .occurred = input->occurred,
                        .paper_number = input->paper_number,
                        .account = move->discrepancy ? input->reason : (struct text){ 0 },
                        .remark = move->discrepancy ? (struct text){ 0 } : input->reason,
                    });
}

/* ---- holds ---- */

static enum err hold_add(struct change *change, struct reference reference,
                         const struct act_on_exhibits *input)
{
    struct exhibit_record *exhibit;
    struct hold_item *holds;

    TRY(custody_exhibit(change, reference, &exhibit));
    holds = arena_array(change_arena(change), exhibit->holds.count + 1, sizeof *holds);
    for (size_t i = 0; i < exhibit->holds.count; i++)
        holds[i] = ((const struct hold_item *)exhibit->holds.items)[i];
    holds[exhibit->holds.count] =
        (struct hold_item){ .reason = input->reason,
                            .officer = { .id = change_session(change)->officer },
                            .from = input->occurred.date };
    exhibit->holds = (struct list){ holds, exhibit->holds.count + 1 };
    return change_put(change, &exhibit->head);
}

enum err build_hold(struct change *change, const struct act_call *call)
{
    const struct act_on_exhibits *input = call->input;
    const struct exhibit_item *items = input->exhibits.items;

    for (size_t i = 0; i < input->exhibits.count; i++)
        TRY(hold_add(change, items[i].exhibit, input));
    return build_on_exhibits(change, call);
}

enum err build_hold_end(struct change *change, const struct act_call *call)
{
    const struct act_hold_end *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;
    struct hold_item *holds;
    size_t count = 0;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    if (input->hold.value < 1 || input->hold.value > (int64_t)exhibit->holds.count) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_hold_end_hold,
                    N_("This exhibit has %zu holds; name one of them by its row."),
                    exhibit->holds.count);
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    holds = arena_array(change_arena(change), exhibit->holds.count, sizeof *holds);
    for (size_t i = 0; i < exhibit->holds.count; i++)
        if ((int64_t)i + 1 != input->hold.value)
            holds[count++] = ((const struct hold_item *)exhibit->holds.items)[i];
    exhibit->holds = (struct list){ holds, count };
    change_body(change)->reason = input->reason;
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "hold_ended",
                                                .occurred = input->occurred,
                                                .remark = input->reason });
}

/* ---- one exhibit ---- */

enum err build_court_mark(struct change *change, const struct act_call *call)
{
    const struct act_court_mark *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    exhibit->court_mark = input->mark;
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "court_marked",
                                                .occurred = input->occurred,
                                                .remark = text_present(input->remark)
                                                              ? input->remark
                                                              : input->mark });
}

/* Why we may keep or dispose of it; where it is does not change by that. */
enum err build_legal_status(struct change *change, const struct act_call *call)
{
    const struct act_legal_status *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    exhibit->legal_status = input->legal_status;
    exhibit->legal_since = input->since;
    exhibit->legal_cause = input->cause;
    exhibit->legal_last_day = input->last_day;
    if (text_is(input->legal_status, "L08"))
        TRY(disposal_first_review(change, exhibit));
    change_body(change)->reason = input->cause;
    return change_put(change, record);
}

/* ---- the end of a discrepancy ---- */

struct discrepancy {
    bool found, resolved;
};

/* The event is a discrepancy, and no later one says that it was resolved. */
static enum err discrepancy_of(struct change *change, const struct exhibit_record *exhibit,
                               int64_t n, struct discrepancy *out)
{
    struct family_page page = { .more = true };
    uint32_t from = 1;

    *out = (struct discrepancy){ false, false };
    while (page.more) {
        TRY(family_page(change_txn(change), exhibit->head.key.id, custody_event_type.family,
                        from, FORWARD, 64, change_arena(change), &page));
        for (size_t i = 0; i < page.count; i++) {
            const struct custody_event_record *event =
                (const struct custody_event_record *)page.records[i];

            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                continue;
            if ((int64_t)event->head.key.n == n)
                out->found = event->discrepancy == FLAG_YES;
            if (text_is(event->action, "resolved") && event->annotates.value == n)
                out->resolved = true;
        }
    }
    return ERR_OK;
}

enum err build_resolve(struct change *change, const struct act_call *call)
{
    const struct act_resolve *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;
    struct discrepancy discrepancy;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    TRY(discrepancy_of(change, exhibit, input->event.value, &discrepancy));
    if (!discrepancy.found || discrepancy.resolved) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_resolve_event,
                    discrepancy.found ? N_("This discrepancy was resolved already.")
                                      : N_("Event %lld of this exhibit is no discrepancy. "
                                           "Name the one that the chain marks with \"!\"."),
                    (long long)input->event.value);
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    change_body(change)->reason = input->finding;
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "resolved",
                                                .occurred = input->occurred,
                                                .annotates = input->event.value,
                                                .remark = input->finding });
}
