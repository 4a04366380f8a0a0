/* A hand-over that goes on item by item, as a scanner reads them: opened once, each item durable by itself, closed when all
 * are through. The items stand as lines beside the hand-over, so that a scan writes no growing list. */
#include "core/model/custody.h"

#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/handover_line.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "core/model/questions.h"

enum { ITEMS_MOST = 500 };

struct scanned_action {
    const char *action, *state;
    bool stored; /* goes to a shelf; else into the hands of the officer who scans */
};

static const struct scanned_action actions[] = {
    { "shelved", "E03", true },
    { "moved", "E03", true },
    { "handed_over", "E02", false },
    { "returned", "E02", false },
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
        .received_by = input->location,
        .destination = input->location,
        .purpose = TEXT("store"),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };

    if (action->stored && input->location.id == 0) {
        finding_add(change_findings(change), SEVERITY_ERROR, NULL,
                    tag_act_hand_over_open_location,
                    N_("Say on which shelf the exhibits go: scan its label."));
        return attention();
    }
    if (!action->stored) {
        TRY(giver_check(change, input));
        said.released_by = input->from;
        said.received_by = self;
    }
    return custody_hand_over(change, &said, &made);
}

/* ---- the lines ---- */

/* Whether the exhibit is in the hand-over now, and the line that says so. */
static enum err line_of(struct change *change, uint64_t handover, uint64_t exhibit,
                        const struct handover_line_record **out)
{
    struct family_page page;

    *out = NULL;
    TRY(family_page(change_txn(change), handover, handover_line_type.family, 0, FORWARD,
                    2 * ITEMS_MOST, change_arena(change), &page));
    for (size_t i = 0; i < page.count; i++) {
        const struct handover_line_record *line =
            (const struct handover_line_record *)page.records[i];

        if (!page.damaged[i] && line->exhibit.id == exhibit)
            *out = line->taken_back == FLAG_YES ? NULL : line;
    }
    return page.count < ITEMS_MOST
               ? ERR_OK
               : fail(ERR_REFUSED,
                      N_("A hand-over holds at most %d items. Close it and open another."),
                      ITEMS_MOST);
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
    if ((*out)->released_by.id != officer && (*out)->received_by.id != officer)
        return fail(ERR_REFUSED,
                    N_("Hand-over %s was opened by another officer. Open one of your own."),
                    arena_string(change_arena(change), (*out)->number));
    return ERR_OK;
}

/* ---- an item ---- */

enum err build_hand_over_item(struct change *change, const struct act_call *call)
{
    const struct act_hand_over_item *input = call->input;
    const struct handover_line_record *there;
    const struct scanned_action *action;
    struct handover_record *handover;
    struct exhibit_record *exhibit;
    struct handover_line_record line;
    struct custody_step step;

    TRY(open_one(change, call, &handover));
    TRY(confirmed_by(change, handover->released_by));
    TRY(confirmed_by(change, handover->received_by));
    TRY(custody_exhibit(change, input->exhibit, &exhibit));
    TRY(line_of(change, handover->head.key.id, input->exhibit.id, &there));
    if (there)
        return fail(ERR_CONFLICT, N_("Exhibit %s is in hand-over %s already."),
                    arena_string(change_arena(change), exhibit->number),
                    arena_string(change_arena(change), handover->number));
    action = action_of(handover->action);
    step = custody_step_of(handover, action->state);
    step.action = action->action;
    step.occurred = input->occurred;
    step.handover = reference_of(&handover->head);
    step.seal_seen = input->seal_seen;
    step.weight = input->weight;
    step.condition = input->condition;
    step.reading = input->reading;
    step.keys = input->keys;
    step.move = text_is(handover->action, "returned") ? &move_return : NULL;
    if (action->stored) {
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
        arena_array(change_arena(change), ITEMS_MOST + 1, sizeof *items);
    struct family_page page;
    size_t count = 0;

    TRY(open_one(change, call, &handover));
    TRY(family_page(change_txn(change), handover->head.key.id, handover_line_type.family, 0,
                    FORWARD, 2 * ITEMS_MOST, change_arena(change), &page));
    for (size_t i = 0; i < page.count && count < ITEMS_MOST; i++) {
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
    return change_put(change, &handover->head);
}
