#include "core/model/custody_package.h"

#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/number.h"
#include "core/model/officer.h"
#include "core/model/questions.h"

enum err custody_hand_over(struct change *change, const struct handover_record *said,
                           struct reference *out)
{
    struct record *record;
    struct handover_record *handover;

    TRY(change_make(change, &handover_type, &record));
    handover = (struct handover_record *)record_copy(change_arena(change), &said->head);
    handover->head = *record;
    TRY(number_serial(change, "H", &handover->number));
    handover->item_count = (struct integer){ true, (int64_t)said->exhibits.count };
    handover->second = (struct reference){ .id = change_session(change)->other.officer };
    *out = reference_of(record);
    return change_put(change, &handover->head);
}

struct custody_step custody_step_of(const struct handover_record *said, const char *state)
{
    return (struct custody_step){
        .action = said->action.data,
        .occurred = said->occurred,
        .holder = said->received_by,
        .located = said->destination,
        .state = state,
        .released_by = said->released_by,
        .due = said->due,
        .paper_number = said->paper_number,
        .remark = said->remark,
        .reading = said->reading,
        .keys = said->keys,
    };
}

/* Two packages of one exhibit are two things; a package and the whole are not. */
static bool same_item(const struct exhibit_item *a, const struct exhibit_item *b)
{
    return a->exhibit.id == b->exhibit.id &&
           (!a->package.present || !b->package.present || a->package.value == b->package.value);
}

enum err custody_each_once(struct list exhibits)
{
    const struct exhibit_item *items = exhibits.items;

    for (size_t i = 0; i < exhibits.count; i++)
        for (size_t k = 0; k < i; k++)
            if (same_item(&items[k], &items[i]))
                return fail(ERR_INVALID,
                            N_("One exhibit is in the list twice. Take it out once."));
    return ERR_OK;
}

static struct text or_else(struct text said, struct text otherwise)
{
    return text_present(said) ? said : otherwise;
}

/* Packages of one exhibit take the step in one event. */
static bool taken_with_earlier(const struct exhibit_item *items, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (items[i].exhibit.id == items[at].exhibit.id)
            return true;
    return false;
}

enum err custody_take_all(struct change *change, struct list exhibits, struct custody_step step)
{
    const struct exhibit_item *items = exhibits.items;

    TRY(custody_each_once(exhibits));
    for (size_t i = 0; i < exhibits.count; i++) {
        struct custody_step one = step;
        struct exhibit_record *exhibit;

        if (taken_with_earlier(items, i))
            continue;
        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        one.seal_seen = items[i].seal_seen;
        one.weight = items[i].weight;
        one.condition = or_else(items[i].condition, step.condition);
        TRY(items[i].package.present ? custody_take_packages(change, exhibit, &one, exhibits)
                                     : custody_take(change, exhibit, &one));
    }
    return ERR_OK;
}

static struct reference self(struct change *change)
{
    return (struct reference){ .id = change_session(change)->officer };
}

/* What both ways of handing over to an officer ask for. */
static enum err officers_say(struct change *change, const struct act_hand_over *input,
                             struct handover_record *said)
{
    *said = (struct handover_record){
        .head = { .type = &handover_type },
        .action = TEXT("handed_over"),
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = self(change),
        .received_by = input->receiver,
        .destination = input->located,
        .purpose = input->purpose,
        .paper_number = input->paper_number,
        .remark = input->remark,
        .witness = input->witness,
        .reading = input->reading,
        .keys = input->keys,
    };
    if (input->receiver.id == change_session(change)->officer)
        return fail(ERR_REFUSED,
                    N_("A hand-over needs two people. Name the officer who receives."));
    return ERR_OK;
}

/* Both on one screen: the other person who confirmed is the receiver. */
enum err build_hand_over(struct change *change, const struct act_call *call)
{
    const struct act_hand_over *input = call->input;
    struct handover_record said;
    struct custody_step step;

    TRY(officers_say(change, input, &said));
    if (change_session(change)->other.officer != input->receiver.id)
        return fail(ERR_REFUSED,
                    N_("The officer who receives must confirm with his or her own password."));
    said.state = TEXT("done");
    step = custody_step_of(&said, "E02");
    TRY(custody_hand_over(change, &said, &step.handover));
    return custody_take_all(change, input->exhibits, step);
}

static enum err none_released(struct change *change, struct list exhibits)
{
    const struct exhibit_item *items = exhibits.items;

    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        if (exhibit->handover.id != 0)
            return fail(ERR_REFUSED,
                        N_("Exhibit %s was released already and waits to be received."),
                        arena_string(change_arena(change), exhibit->number));
    }
    return ERR_OK;
}

/* On two terminals: released here, received there. Until then each exhibit names the open hand-over and stays
 * with whoever released it. */
enum err build_release(struct change *change, const struct act_call *call)
{
    const struct act_hand_over *input = call->input;
    struct handover_record said;
    struct custody_step step;

    TRY(officers_say(change, input, &said));
    TRY(none_released(change, input->exhibits));
    said.state = TEXT("released");
    step = custody_step_of(&said, "E05");
    step.action = "released";
    step.holder = step.located = (struct reference){ 0 };
    TRY(custody_hand_over(change, &said, &step.handover));
    return custody_take_all(change, input->exhibits, step);
}

/* Nothing is received before it was given. */
static enum err answered_after(struct change *change, const struct handover_record *handover,
                               struct moment occurred, uint16_t tag)
{
    if (moment_compare(occurred, handover->occurred) >= 0)
        return ERR_OK;
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag,
                N_("The exhibits were released only after that time. Check the true time."));
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

/* The open hand-over that this officer is to answer. */
static enum err open_hand_over(struct change *change, const struct act_call *call,
                               struct handover_record **out)
{
    struct record *record;

    TRY(get_subject(change, call, &record));
    *out = (struct handover_record *)record;
    if (!text_is((*out)->state, "released"))
        return fail(ERR_REFUSED, N_("This hand-over is not waiting to be received."));
    if ((*out)->received_by.id != change_session(change)->officer)
        return fail(ERR_REFUSED,
                    N_("Only the officer named as receiver can answer this hand-over."));
    return ERR_OK;
}

/* ---- received in part ---- */

/* What of the hand-over still waits: all of it, or what earlier receipts left. */
static struct list waiting_of(const struct handover_record *handover)
{
    return handover->waiting.count > 0 ? handover->waiting : handover->exhibits;
}

static bool is_missing(struct list missing, const struct exhibit_item *item)
{
    const struct exhibit_item *rows = missing.items;

    for (size_t i = 0; i < missing.count; i++)
        if (rows[i].exhibit.id == item->exhibit.id &&
            (!rows[i].package.present ||
             (item->package.present && rows[i].package.value == item->package.value)))
            return true;
    return false;
}

static bool is_named(struct list rows, struct reference exhibit)
{
    const struct exhibit_item *items = rows.items;

    for (size_t i = 0; i < rows.count; i++)
        if (items[i].exhibit.id == exhibit.id)
            return true;
    return false;
}

/* Each row that is said to be missing is of the hand-over. */
static enum err missing_check(struct change *change, struct list missing, struct list rows)
{
    const struct exhibit_item *items = missing.items, *all = rows.items;

    for (size_t i = 0; i < missing.count; i++) {
        bool there = false;

        for (size_t k = 0; k < rows.count; k++)
            there |= same_item(&items[i], &all[k]);
        if (!there) {
            finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_receive_missing,
                        N_("Row %zu is not in this hand-over, or was received already."),
                        i + 1);
            return fail(ERR_INVALID,
                        N_("Some fields need your attention. Nothing was saved yet."));
        }
    }
    return ERR_OK;
}

struct receipt {
    struct exhibit_item *came, *waits;
    size_t came_count, waits_count;
};

/* Which rows came, and which wait for the next receipt: whole exhibits, or packages of one that came. */
static void divide(struct change *change, struct list rows, struct list missing,
                   struct receipt *out)
{
    const struct exhibit_item *all = rows.items, *said = missing.items;
    struct arena *arena = change_arena(change);

    out->came = arena_array(arena, rows.count + 1, sizeof *out->came);
    out->waits = arena_array(arena, rows.count + missing.count + 1, sizeof *out->waits);
    out->came_count = out->waits_count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        if (is_missing(missing, &all[i])) {
            out->waits[out->waits_count++] = all[i];
            continue;
        }
        out->came[out->came_count++] = all[i];
        for (size_t k = 0; !all[i].package.present && k < missing.count; k++)
            if (said[k].exhibit.id == all[i].exhibit.id && said[k].package.present)
                out->waits[out->waits_count++] = said[k];
    }
}

/* A package that did not come with its exhibit stays with who released it. */
static enum err take_receipt(struct change *change, const struct receipt *receipt,
                             struct list missing, const struct custody_step *step)
{
    struct exhibit_item *rest =
        arena_array(change_arena(change), receipt->came_count + 1, sizeof *rest);
    size_t count = 0;

    for (size_t i = 0; i < receipt->came_count; i++) {
        const struct exhibit_item *row = &receipt->came[i];
        struct custody_step one = *step;
        struct exhibit_record *exhibit;

        if (row->package.present || !is_named(missing, row->exhibit)) {
            rest[count++] = *row;
            continue;
        }
        TRY(custody_exhibit(change, row->exhibit, &exhibit));
        TRY(custody_leave_packages(change, exhibit, &one, missing));
        TRY(custody_take(change, exhibit, &one));
    }
    return custody_take_all(change, (struct list){ rest, count }, *step);
}

/* "38 of 40": the hand-over stays open for what is missing, until it comes or is refused. */
enum err build_receive(struct change *change, const struct act_call *call)
{
    const struct act_receive *input = call->input;
    struct handover_record *handover;
    struct receipt receipt;
    struct custody_step step = { .action = "received",
                                 .occurred = input->occurred,
                                 .state = "E02",
                                 .remark = input->remark };

    TRY(open_hand_over(change, call, &handover));
    TRY(answered_after(change, handover, input->occurred, tag_act_receive_occurred));
    step.holder = handover->received_by;
    step.located = input->located.id != 0 ? input->located : handover->destination;
    step.handover = reference_of(&handover->head);
    step.released_by = handover->released_by;
    TRY(missing_check(change, input->missing, waiting_of(handover)));
    divide(change, waiting_of(handover), input->missing, &receipt);
    handover->waiting =
        (struct list){ receipt.waits_count > 0 ? receipt.waits : NULL, receipt.waits_count };
    if (receipt.waits_count == 0)
        handover->state = TEXT("done");
    else
        finding_add(change_findings(change), SEVERITY_WARNING, NULL, tag_act_receive_missing,
                    N_("%zu received, %zu missing. The hand-over waits for them: receive them "
                       "when they come, or refuse it."),
                    receipt.came_count, receipt.waits_count);
    TRY(change_put(change, &handover->head));
    return take_receipt(change, &receipt, input->missing, &step);
}

/* A refused item stays with whoever offered it. */
enum err build_refuse(struct change *change, const struct act_call *call)
{
    const struct act_refuse *input = call->input;
    struct handover_record *handover;
    struct custody_step step = { .action = "refused",
                                 .occurred = input->occurred,
                                 .state = "E15",
                                 .refusal = input->refusal,
                                 .correct_by = input->correct_by };

    TRY(open_hand_over(change, call, &handover));
    TRY(answered_after(change, handover, input->occurred, tag_act_refuse_occurred));
    if (input->correct_by < input->occurred.date) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_refuse_correct_by,
                    N_("The day by which it is corrected lies before the refusal."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    handover->state = TEXT("refused");
    handover->refusal = input->refusal;
    handover->correct_by = input->correct_by;
    step.handover = reference_of(&handover->head);
    step.holder = step.released_by = handover->released_by;
    TRY(change_put(change, &handover->head));
    return custody_take_all(change, waiting_of(handover), step);
}

enum err build_keep_in_place(struct change *change, const struct act_call *call)
{
    const struct act_keep_in_place *input = call->input;
    struct session *session = change_session(change);

    if (id_kind(input->holder.id) == officer_type.number && session->officer != 0 &&
        input->holder.id != session->officer &&
        (!session->other.unlocked || session->other.officer != input->holder.id)) {
        session->second_wanted = true;
        return fail(ERR_REFUSED, N_("Another officer who is to answer for the exhibits must "
                                    "confirm with his or her own password."));
    }
    return custody_take_all(change, input->exhibits,
                            (struct custody_step){
                                .action = "kept_in_place",
                                .occurred = input->occurred,
                                .holder = input->holder,
                                .located = input->located,
                                .state = "E13",
                                .released_by = self(change),
                                .condition = input->condition,
                                .reading = input->reading,
                                .keys = input->keys,
                                .paper_number = input->paper_number,
                                .remark = input->remark,
                            });
}

/* What another body keeps for us for a purpose that ends is lent. */
static const struct custody_move *goes_out(const struct custody_move *move, struct text purpose)
{
    bool ends = text_is(purpose, "laboratory") || text_is(purpose, "court") ||
                text_is(purpose, "forensics") || text_is(purpose, "photography");

    return move == &move_entrust && ends ? &move_lend : move;
}

/* Where the other side has no account: name, post, document and their receipt stand for the second signature. */
enum err custody_entrust(struct change *change, const struct act_entrust *input,
                         const struct custody_move *move, struct reference examination,
                         struct reference *out)
{
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = text_of(move->action),
        .state = TEXT("done"),
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = self(change),
        .received_by = input->body,
        .destination = input->located,
        .purpose = input->purpose,
        .due = input->due,
        .outside_person = input->outside_person,
        .outside_document = input->outside_document,
        .outside_receipt = input->outside_receipt,
        .paper_number = input->paper_number,
        .remark = input->remark,
    };
    struct custody_step step = custody_step_of(&said, move->state);

    step.move = move;
    step.examination = examination;
    TRY(custody_move_check(change, input->exhibits, move, &step));
    TRY(custody_hand_over(change, &said, &step.handover));
    *out = step.handover;
    return custody_take_all(change, input->exhibits, step);
}

enum err build_entrust(struct change *change, const struct act_call *call)
{
    const struct act_entrust *input = call->input;
    const struct custody_move *move = goes_out(call->act->move, input->purpose);
    struct reference handover;

    if (move->due && input->due == 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_entrust_due,
                    N_("What goes out has a date on which it is due back."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    return custody_entrust(change, input, move, (struct reference){ 0 }, &handover);
}

enum err build_annotate(struct change *change, const struct act_call *call)
{
    const struct act_annotate *input = call->input;
    struct record *record;
    struct exhibit_record *exhibit;

    TRY(get_subject(change, call, &record));
    exhibit = (struct exhibit_record *)record;
    if (input->event.value < 1 || input->event.value > exhibit->events.value) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_annotate_event,
                    N_("The chain of this exhibit has events 1 to %lld."),
                    (long long)exhibit->events.value);
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    return custody_take(change, exhibit,
                        &(struct custody_step){
                            .action = "annotated",
                            .occurred = input->occurred,
                            .annotates = input->event.value,
                            .remark = input->remark,
                        });
}

enum err build_weigh(struct change *change, const struct act_call *call)
{
    const struct act_weigh *input = call->input;
    struct record *record;

    TRY(get_subject(change, call, &record));
    return custody_take(change, (struct exhibit_record *)record,
                        &(struct custody_step){
                            .action = "weighed",
                            .occurred = input->occurred,
                            .weight = input->weight,
                            .reading = input->balance,
                            .remark = input->remark,
                        });
}
