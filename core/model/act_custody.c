#include "core/model/custody.h"

#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/location.h"
#include "core/model/number.h"
#include "core/model/questions.h"

/* The hand-over record that names what people did at once. */
struct hand_over {
    const char *action;
    const char *state;
    struct list exhibits; /* exhibit_item */
    struct moment occurred;
    struct reference released_by, received_by, destination;
    struct text purpose, paper_number, remark, outside_person, outside_document,
        outside_receipt;
    struct reference witness;
    date due;
};

static enum err make_hand_over(struct change *change, const struct hand_over *said,
                               struct reference *out)
{
    struct record *record;
    struct handover_record *handover;

    TRY(change_make(change, &handover_type, &record));
    handover = (struct handover_record *)record;
    TRY(number_serial(change, "H", &handover->number));
    handover->action = text_of(said->action);
    handover->state = text_of(said->state);
    handover->occurred = said->occurred;
    handover->released_by = said->released_by;
    handover->received_by = said->received_by;
    handover->destination = said->destination;
    handover->exhibits = said->exhibits;
    handover->item_count = (struct integer){ true, (int64_t)said->exhibits.count };
    handover->purpose = said->purpose;
    handover->witness = said->witness;
    handover->second = (struct reference){ .id = change_session(change)->other.officer };
    handover->paper_number = said->paper_number;
    handover->outside_person = said->outside_person;
    handover->outside_document = said->outside_document;
    handover->outside_receipt = said->outside_receipt;
    handover->due = said->due;
    handover->remark = said->remark;
    *out = reference_of(record);
    return change_put(change, record);
}

/* Each exhibit of a list takes the same step; an exhibit named twice is refused. */
static enum err take_all(struct change *change, struct list exhibits, struct custody_step step)
{
    const struct exhibit_item *items = exhibits.items;

    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        for (size_t k = 0; k < i; k++)
            if (items[k].exhibit.id == items[i].exhibit.id)
                return fail(ERR_INVALID,
                            N_("One exhibit is in the list twice. Take it out once."));
        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        step.seal_seen = items[i].seal_seen;
        step.condition = text_present(items[i].condition) ? items[i].condition : step.condition;
        TRY(custody_take(change, exhibit, &step));
    }
    return ERR_OK;
}

static struct reference self(struct change *change)
{
    return (struct reference){ .id = change_session(change)->officer };
}

/* Both on one screen: the other person who confirmed is the receiver. */
enum err build_hand_over(struct change *change, const struct act_call *call)
{
    const struct act_hand_over *input = call->input;
    const struct session *session = change_session(change);
    struct hand_over said = {
        .action = "handed_over",
        .state = "done",
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = self(change),
        .received_by = input->receiver,
        .destination = input->located,
        .purpose = input->purpose,
        .paper_number = input->paper_number,
        .remark = input->remark,
        .witness = input->witness,
    };
    struct custody_step step = {
        .action = "handed_over",
        .occurred = input->occurred,
        .holder = input->receiver,
        .located = input->located,
        .state = "E02",
        .released_by = self(change),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };

    if (input->receiver.id == session->officer)
        return fail(ERR_REFUSED,
                    N_("A hand-over needs two people. Name the officer who receives."));
    if (session->other.officer != input->receiver.id)
        return fail(ERR_REFUSED,
                    N_("The officer who receives must confirm with his or her own password."));
    TRY(make_hand_over(change, &said, &step.handover));
    return take_all(change, input->exhibits, step);
}

/* On two terminals: released here, received there; until then each exhibit names the open hand-over. */
enum err build_release(struct change *change, const struct act_call *call)
{
    const struct act_hand_over *input = call->input;
    const struct exhibit_item *items = input->exhibits.items;
    struct hand_over said = {
        .action = "handed_over",
        .state = "released",
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = self(change),
        .received_by = input->receiver,
        .destination = input->located,
        .purpose = input->purpose,
        .paper_number = input->paper_number,
        .remark = input->remark,
        .witness = input->witness,
    };
    struct custody_step step = {
        .action = "released",
        .occurred = input->occurred,
        .state = "E05",
        .released_by = self(change),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };

    if (input->receiver.id == change_session(change)->officer)
        return fail(ERR_REFUSED,
                    N_("A hand-over needs two people. Name the officer who receives."));
    for (size_t i = 0; i < input->exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        if (exhibit->handover.id != 0)
            return fail(ERR_REFUSED,
                        N_("Exhibit %s was released already and waits to be received."),
                        arena_string(change_arena(change), exhibit->number));
    }
    TRY(make_hand_over(change, &said, &step.handover));
    return take_all(change, input->exhibits, step);
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

enum err build_receive(struct change *change, const struct act_call *call)
{
    const struct act_receive *input = call->input;
    struct handover_record *handover;
    struct custody_step step = { .action = "received",
                                 .occurred = input->occurred,
                                 .state = "E02",
                                 .remark = input->remark };

    TRY(open_hand_over(change, call, &handover));
    handover->state = TEXT("done");
    step.holder = handover->received_by;
    step.located = input->located.id != 0 ? input->located : handover->destination;
    step.handover = reference_of(&handover->head);
    step.released_by = handover->released_by;
    TRY(change_put(change, &handover->head));
    return take_all(change, handover->exhibits, step);
}

/* A refused item stays with whoever offered it. */
enum err build_refuse(struct change *change, const struct act_call *call)
{
    const struct act_refuse *input = call->input;
    struct handover_record *handover;
    struct custody_step step = { .action = "refused",
                                 .occurred = input->occurred,
                                 .state = "E15",
                                 .refusal = input->refusal };

    TRY(open_hand_over(change, call, &handover));
    handover->state = TEXT("refused");
    handover->refusal = input->refusal;
    step.handover = reference_of(&handover->head);
    step.holder = handover->released_by;
    TRY(change_put(change, &handover->head));
    return take_all(change, handover->exhibits, step);
}

/* Hazard, two officers and place: what a shelf demands of one exhibit. */
static enum err shelf_check(struct change *change, const struct exhibit_record *exhibit,
                            const struct location_record *shelf)
{
    struct session *session = change_session(change);
    const struct hazard_item *allowed = shelf->hazards.items;
    struct commodity_demands demands;
    bool fits = shelf->hazards.count == 0;
    char *number = arena_string(change_arena(change), exhibit->number);

    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (demands.kept_in_place)
        return fail(ERR_REFUSED,
                    N_("Exhibit %s is a vehicle, vessel, container or live animal: record "
                       "where it is kept in place."),
                    number);
    for (size_t i = 0; i < shelf->hazards.count; i++)
        fits |= text_equal(allowed[i].hazard, exhibit->hazard);
    if (!fits)
        return fail(ERR_REFUSED,
                    N_("The hazard class of exhibit %s is not allowed at this location. Choose "
                       "a location that takes it."),
                    number);
    if (demands.two_officers && shelf->temporary != FLAG_YES && session->officer != 0 &&
        !session->other.unlocked) {
        session->second_wanted = true;
        return fail(ERR_REFUSED,
                    N_("Exhibit %s needs two officers to be shelved: drugs, cash, firearms and "
                       "valuables. Let the second officer confirm, or use a temporary locker."),
                    number);
    }
    return ERR_OK;
}

static enum err get_shelf(struct change *change, struct reference reference,
                          struct location_record **out)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;
    enum err err = change_get(change, &key, &record);

    if (err == ERR_MISSING || (err == ERR_OK && record->type != &location_type))
        return fail(ERR_MISSING,
                    N_("There is no such store location. Check the code on the label."));
    TRY(err);
    *out = (struct location_record *)record;
    if (!text_is((*out)->state, "open") || (*out)->voided == FLAG_YES)
        return fail(ERR_REFUSED, N_("This location is full or closed. Choose another."));
    return ERR_OK;
}

enum err build_shelve(struct change *change, const struct act_call *call)
{
    const struct act_shelve *input = call->input;
    const struct exhibit_item *items = input->exhibits.items;
    struct location_record *shelf = NULL;
    struct hand_over said = {
        .action = "shelved",
        .state = "done",
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = self(change),
        .received_by = input->location,
        .destination = input->location,
        .purpose = TEXT("store"),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };
    struct custody_step step = {
        .action = "shelved",
        .occurred = input->occurred,
        .holder = input->location,
        .located = input->location,
        .state = "E03",
        .released_by = self(change),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };

    TRY(get_shelf(change, input->location, &shelf));
    for (size_t i = 0; i < input->exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        TRY(shelf_check(change, exhibit, shelf));
    }
    TRY(make_hand_over(change, &said, &step.handover));
    return take_all(change, input->exhibits, step);
}

enum err build_keep_in_place(struct change *change, const struct act_call *call)
{
    const struct act_keep_in_place *input = call->input;

    return take_all(change, input->exhibits,
                    (struct custody_step){
                        .action = "kept_in_place",
                        .occurred = input->occurred,
                        .holder = input->holder,
                        .located = input->located,
                        .state = "E13",
                        .released_by = self(change),
                        .condition = input->condition,
                        .reading = input->reading,
                        .remark = input->remark,
                    });
}

/* Where the other side has no account: name, post, document and their receipt stand for the second signature. */
enum err build_entrust(struct change *change, const struct act_call *call)
{
    const struct act_entrust *input = call->input;
    bool out = text_is(input->purpose, "laboratory") || text_is(input->purpose, "court") ||
               text_is(input->purpose, "forensics") || text_is(input->purpose, "photography");
    struct hand_over said = {
        .action = "entrusted",
        .state = "done",
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
        .remark = input->remark,
    };
    struct custody_step step = {
        .action = "entrusted",
        .occurred = input->occurred,
        .holder = input->body,
        .located = input->located,
        .released_by = self(change),
        .state = out ? "E04" : "E14",
        .remark = input->remark,
    };

    if (out && input->due == 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_entrust_due,
                    N_("What goes out has a date on which it is due back."));
        return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
    }
    TRY(make_hand_over(change, &said, &step.handover));
    return take_all(change, input->exhibits, step);
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
