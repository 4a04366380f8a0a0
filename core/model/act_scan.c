/* A hand-over that goes on item by item, as a scanner reads them: opened once, each item durable by itself, closed when all
 * are through. The items stand as lines beside the hand-over, so that a scan writes no growing list. */
#include "core/model/custody.h"

#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "core/model/questions.h"
#include "core/model/scan.h"

enum { LINES_PAGE = 16 };

enum side { SIDE_STORE, SIDE_GIVER, SIDE_BODY }; /* whom the officer who scans deals with */

struct scanned_action {
    const char *action, *state;
    enum side side;
    const struct custody_move *move; /* NULL: goods need no weighing at it */
};

static const struct scanned_action actions[] = {
    { "shelved", "E03", SIDE_STORE, NULL },     { "moved", "E03", SIDE_STORE, NULL },
    { "handed_over", "E02", SIDE_GIVER, NULL }, { "returned", "E02", SIDE_GIVER, &move_return },
    { "lent", "E04", SIDE_BODY, &move_lend },   { "produced", "E07", SIDE_BODY, &move_produce },
};

static const struct scanned_action *action_of(struct text action)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (text_is(action, actions[i].action))
            return &actions[i];
    return NULL;
}

static enum err attention(void)
{
    return fail(ERR_INVALID, N_("Some fields need your attention. Nothing was saved yet."));
}

/* From an officer they come, and to an officer they go back, only while that officer confirms. */
static enum err confirmed_by(struct change *change, struct reference other)
{
    struct session *session = change_session(change);

    if (other.id == 0 || id_kind(other.id) != officer_type.number || session->officer == 0 ||
        other.id == session->officer ||
        (session->other.unlocked && session->other.officer == other.id))
        return ERR_OK;
    session->second_wanted = true;
    return fail(ERR_REFUSED,
                N_("The officer who gives the exhibits must confirm with his or her own "
                   "password."));
}

static enum err giver_check(struct change *change, const struct act_hand_over_open *input)
{
    if (input->from.id != 0)
        return confirmed_by(change, input->from);
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_hand_over_open_from,
                N_("Say who gives the exhibits: an officer, or the body that had them."));
    return attention();
}

static void wanted(struct change *change, bool there, uint16_t tag, const char *fault)
{
    if (!there)
        finding_add_message(change_findings(change), SEVERITY_ERROR, NULL, tag,
                            &(struct message){ .id = fault });
}

/* Where the other side has no account, its receipt stands for the second signature. */
static enum err body_check(struct change *change, const struct act_hand_over_open *input,
                           const struct scanned_action *action)
{
    size_t before = change_findings(change)->count;

    wanted(change, input->body.id != 0, tag_act_hand_over_open_body,
           N_("Say which body gets the exhibits."));
    wanted(change, text_present(input->outside_person), tag_act_hand_over_open_outside_person,
           N_("Say who takes them there: name and post."));
    wanted(change, text_present(input->outside_receipt), tag_act_hand_over_open_outside_receipt,
           N_("Their receipt stands for the signature: enter its number."));
    wanted(change, input->due != 0 || !action->move->due, tag_act_hand_over_open_due,
           N_("What goes out has a date on which it is due back."));
    return change_findings(change)->count == before ? ERR_OK : attention();
}

static enum err side_check(struct change *change, const struct act_hand_over_open *input,
                           const struct scanned_action *action)
{
    switch (action->side) {
    case SIDE_GIVER:
        return giver_check(change, input);
    case SIDE_BODY:
        return body_check(change, input, action);
    case SIDE_STORE:
        break;
    }
    if (input->location.id != 0)
        return ERR_OK;
    finding_add(change_findings(change), SEVERITY_ERROR, NULL, tag_act_hand_over_open_location,
                N_("Say on which shelf the exhibits go: scan its label."));
    return attention();
}

enum err build_hand_over_open(struct change *change, const struct act_call *call)
{
    const struct act_hand_over_open *input = call->input;
    const struct scanned_action *action = action_of(input->action);
    struct reference self = { .id = change_session(change)->officer }, made;
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = input->action,
        .state = TEXT("open"),
        .occurred = input->occurred,
        .released_by = self,
        .received_by = self,
        .purpose = text_present(input->purpose) ? input->purpose : TEXT("store"),
        .paper_number = input->paper_number,
        .remark = input->remark,
        .open_by = self,
    };

    TRY(side_check(change, input, action));
    switch (action->side) {
    case SIDE_STORE:
        said.received_by = said.destination = input->location;
        break;
    case SIDE_GIVER:
        said.released_by = input->from;
        said.destination = input->location;
        break;
    case SIDE_BODY:
        said.received_by = input->body;
        said.outside_person = input->outside_person;
        said.outside_receipt = input->outside_receipt;
        said.due = input->due;
    }
    return custody_hand_over(change, &said, &made);
}

/* ---- the lines ---- */

/* The newest line of the exhibit; NULL: none, or it was taken back. What is looked for was mostly scanned just now. */
static enum err line_of(struct change *change, uint64_t handover, uint64_t exhibit,
                        const struct handover_line_record **out)
{
    struct family_page page = { .more = true };
    uint32_t from = 0;

    *out = NULL;
    while (page.more) {
        TRY(family_page(change_txn(change), handover, handover_line_type.family, from, BACKWARD,
                        LINES_PAGE, change_arena(change), &page));
        for (size_t i = 0; i < page.count; i++) {
            const struct handover_line_record *line =
                (const struct handover_line_record *)page.records[i];

            from = page.records[i]->key.n - 1;
            if (page.damaged[i] || line->exhibit.id != exhibit)
                continue;
            *out = line->taken_back == FLAG_YES ? NULL : line;
            return ERR_OK;
        }
        page.more = page.more && from > 0;
    }
    return ERR_OK;
}

static enum err room_check(struct change *change, const struct handover_record *handover)
{
    uint32_t lines;

    TRY(family_last(change_txn(change), handover->head.key.id, handover_line_type.family,
                    &lines));
    return lines < HANDOVER_ITEMS_MOST
               ? ERR_OK
               : fail(ERR_REFUSED,
                      N_("A hand-over holds at most %d items. Close it and open another."),
                      HANDOVER_ITEMS_MOST);
}

/* Its own chain says it, however long the hand-over is: its newest event of this hand-over. */
static enum err is_there(struct change *change, const struct exhibit_record *exhibit,
                         uint64_t handover, bool *out)
{
    struct family_page page = { .more = true };
    uint32_t from = 0;

    *out = false;
    while (page.more) {
        TRY(family_page(change_txn(change), exhibit->head.key.id, custody_event_type.family,
                        from, BACKWARD, LINES_PAGE, change_arena(change), &page));
        for (size_t i = 0; i < page.count; i++) {
            const struct custody_event_record *event =
                (const struct custody_event_record *)page.records[i];

            from = page.records[i]->key.n - 1;
            if (page.damaged[i])
                continue;
            if (event->handover.id != handover)
                continue;
            *out = !text_is(event->action, "taken_back") && !text_is(event->action, "refused");
            return ERR_OK;
        }
        page.more = page.more && from > 0;
    }
    return ERR_OK;
}

static enum err put_line(struct change *change, const struct handover_record *handover,
                         const struct handover_line_record *said)
{
    struct record *record;
    struct handover_line_record *line;

    TRY(change_event(change, handover->head.key.id, &handover_line_type, &record));
    line = (struct handover_line_record *)record;
    line->exhibit = said->exhibit;
    line->event = said->event;
    line->occurred = said->occurred;
    line->taken_back = said->taken_back;
    line->from_holder = said->from_holder;
    line->from_located = said->from_located;
    line->from_state = said->from_state;
    return change_put(change, record);
}

/* The open hand-over that this officer opened. */
static enum err open_one(struct change *change, const struct act_call *call,
                         struct handover_record **out)
{
    struct record *record;
    uint64_t officer = change_session(change)->officer;

    TRY(get_subject(change, call, &record));
    *out = (struct handover_record *)record;
    if (!text_is((*out)->state, "open"))
        return fail(ERR_REFUSED,
                    N_("Hand-over %s is closed and takes no further items. Open another."),
                    arena_string(change_arena(change), (*out)->number));
    if ((*out)->open_by.id != officer)
        return fail(ERR_REFUSED,
                    N_("Hand-over %s was opened by another officer. Open one of your own."),
                    arena_string(change_arena(change), (*out)->number));
    return ERR_OK;
}

/* ---- an item ---- */

static struct custody_step step_of_item(const struct handover_record *handover,
                                        const struct scanned_action *action,
                                        const struct act_hand_over_item *input)
{
    struct custody_step step = custody_step_of(handover, action->state);

    step.action = action->action;
    step.occurred = input->occurred;
    step.handover = reference_of(&handover->head);
    step.seal_seen = input->seal_seen;
    step.weight = input->weight;
    step.condition = input->condition;
    step.reading = input->reading;
    step.keys = input->keys;
    step.move = action->move;
    return step;
}

enum err build_hand_over_item(struct change *change, const struct act_call *call)
{
    const struct act_hand_over_item *input = call->input;
    const struct scanned_action *action;
    struct handover_record *handover;
    struct exhibit_record *exhibit;
    struct handover_line_record line;
    struct custody_step step;
    bool there;

    TRY(open_one(change, call, &handover));
    TRY(confirmed_by(change, handover->released_by));
    TRY(confirmed_by(change, handover->received_by));
    TRY(custody_exhibit(change, input->exhibit, &exhibit));
    TRY(is_there(change, exhibit, handover->head.key.id, &there));
    if (there)
        return fail(ERR_CONFLICT, N_("Exhibit %s is in hand-over %s already."),
                    arena_string(change_arena(change), exhibit->number),
                    arena_string(change_arena(change), handover->number));
    TRY(room_check(change, handover));
    action = action_of(handover->action);
    step = step_of_item(handover, action, input);
    if (action->side == SIDE_STORE) {
        struct exhibit_item item = { .exhibit = input->exhibit };

        TRY(custody_admit(change, (struct list){ &item, 1 }, &step));
    }
    line = (struct handover_line_record){ .exhibit = input->exhibit,
                                          .occurred = input->occurred,
                                          .from_holder = exhibit->holder,
                                          .from_located = exhibit->located,
                                          .from_state = exhibit->state };
    TRY(custody_take(change, exhibit, &step));
    line.event = exhibit->events;
    return put_line(change, handover, &line);
}

/* The custodian does not take it: it stays with whoever gives it, and on both lists until it is put right. */
enum err build_hand_over_refuse_item(struct change *change, const struct act_call *call)
{
    const struct act_hand_over_refuse_item *input = call->input;
    struct handover_record *handover;
    struct exhibit_record *exhibit;
    bool there;

    TRY(open_one(change, call, &handover));
    TRY(confirmed_by(change, handover->released_by));
    TRY(custody_exhibit(change, input->exhibit, &exhibit));
    TRY(is_there(change, exhibit, handover->head.key.id, &there));
    if (there)
        return fail(ERR_CONFLICT, N_("Exhibit %s is in hand-over %s already."),
                    arena_string(change_arena(change), exhibit->number),
                    arena_string(change_arena(change), handover->number));
    if (input->correct_by < input->occurred.date) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL,
                    tag_act_hand_over_refuse_item_correct_by,
                    N_("The day by which it is corrected lies before the refusal."));
        return attention();
    }
    return custody_take(change, exhibit,
                        &(struct custody_step){ .action = "refused",
                                                .occurred = input->occurred,
                                                .holder = handover->released_by,
                                                .state = "E15",
                                                .handover = reference_of(&handover->head),
                                                .refusal = input->refusal,
                                                .correct_by = input->correct_by });
}

/* Whoever had it before takes it back in person, unless it was scanned as a contradiction, which stays one. */
static enum err taker_check(struct change *change, const struct handover_line_record *line)
{
    struct record_key key = { line->exhibit.id, custody_event_type.family,
                              (uint32_t)line->event.value };
    struct record *record;

    TRY(change_get(change, &key, &record));
    return ((struct custody_event_record *)record)->discrepancy == FLAG_YES
               ? ERR_OK
               : confirmed_by(change, line->from_holder);
}

/* The last scan was a slip: a further event puts the exhibit back where it was. */
enum err build_hand_over_take_back(struct change *change, const struct act_call *call)
{
    const struct act_hand_over_take_back *input = call->input;
    const struct handover_line_record *line;
    struct handover_record *handover;
    struct exhibit_record *exhibit;

    TRY(open_one(change, call, &handover));
    TRY(custody_exhibit(change, input->exhibit, &exhibit));
    TRY(line_of(change, handover->head.key.id, input->exhibit.id, &line));
    if (!line)
        return fail(ERR_MISSING, N_("Exhibit %s is not in hand-over %s."),
                    arena_string(change_arena(change), exhibit->number),
                    arena_string(change_arena(change), handover->number));
    if (exhibit->events.value != line->event.value)
        return fail(ERR_REFUSED,
                    N_("Something has happened to exhibit %s since it was scanned. Record a "
                       "further step instead."),
                    arena_string(change_arena(change), exhibit->number));
    TRY(taker_check(change, line));
    TRY(custody_take(change, exhibit,
                     &(struct custody_step){
                         .action = "taken_back",
                         .occurred = input->occurred,
                         .holder = line->from_holder,
                         .located = line->from_located,
                         .state = arena_string(change_arena(change), line->from_state),
                         .handover = reference_of(&handover->head),
                         .annotates = line->event.value }));
    return put_line(change, handover,
                    &(struct handover_line_record){ .exhibit = input->exhibit,
                                                    .event = exhibit->events,
                                                    .occurred = input->occurred,
                                                    .taken_back = FLAG_YES });
}

/* ---- the end ---- */

/* A later line of the same exhibit takes the place of an earlier one. */
static size_t note_line(struct exhibit_item *items, size_t count,
                        const struct handover_line_record *line)
{
    size_t at = 0;

    while (at < count && items[at].exhibit.id != line->exhibit.id)
        at++;
    if (line->taken_back != FLAG_YES) {
        items[at] = (struct exhibit_item){ .exhibit = line->exhibit };
        return at == count ? count + 1 : count;
    }
    if (at < count)
        items[at] = items[--count];
    return count;
}

enum err build_hand_over_close(struct change *change, const struct act_call *call)
{
    struct handover_record *handover;
    struct exhibit_item *items =
        arena_array(change_arena(change), HANDOVER_ITEMS_MOST + 1, sizeof *items);
    struct family_page page;
    size_t count = 0;

    TRY(open_one(change, call, &handover));
    TRY(family_page(change_txn(change), handover->head.key.id, handover_line_type.family, 0,
                    FORWARD, 2 * HANDOVER_ITEMS_MOST, change_arena(change), &page));
    for (size_t i = 0; i < page.count && count < HANDOVER_ITEMS_MOST; i++) {
        if (page.damaged[i])
            return fail(ERR_DAMAGED,
                        N_("An item of hand-over %s is damaged, so it cannot be closed. Tell "
                           "the system administrator."),
                        arena_string(change_arena(change), handover->number));
        count = note_line(items, count, (const struct handover_line_record *)page.records[i]);
    }
    handover->exhibits = (struct list){ items, count };
    handover->item_count = (struct integer){ true, (int64_t)count };
    handover->state = TEXT("done");
    handover->open_by = (struct reference){ 0 };
    return change_put(change, &handover->head);
}
