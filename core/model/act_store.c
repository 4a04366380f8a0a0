/* Into a store: what a shelf, a room or a locker demands of the goods and of whoever puts them there. */
#include "core/model/custody.h"

#include "core/model/elements.h"
#include "core/model/handover.h"
#include "core/model/location.h"
#include "core/model/questions.h"
#include "core/model/seal.h"

enum { LOCKER_HOURS = 12, HOUR_MS = 60 * 60 * 1000, TREE_DEPTH = 8 };

static enum err get_shelf(struct change *change, struct custody_step *step,
                          struct location_record **out)
{
    struct record_key key = key_of_reference(step->located);
    struct record *record;
    enum err err = change_get(change, &key, &record);

    if (err == ERR_MISSING || (err == ERR_OK && record->type != &location_type))
        return fail(ERR_MISSING,
                    N_("There is no such store location. Check the code on the label."));
    TRY(err);
    *out = (struct location_record *)record;
    if (text_is((*out)->state, "open") && (*out)->voided != FLAG_YES)
        return ERR_OK;
    return custody_breach(step, "rule_location", NULL,
                          fail(ERR_REFUSED,
                               N_("This location is full or closed. Choose another.")));
}

/* ---- who may enter ---- */

static enum err enter(struct change *change, const struct location_record *at,
                      struct custody_step *step)
{
    struct session *session = change_session(change);
    enum err err = ERR_OK;

    if (session->officer == 0)
        return ERR_OK;
    if (!location_admits(at, session->officer))
        TRY(custody_breach(
            step, "rule_entry", NULL,
            fail(ERR_REFUSED,
                 N_("You are not among those who may enter %s. Let one of them do it, or "
                    "choose another location."),
                 arena_string(change_arena(change), at->number))));
    if (at->two_officers == FLAG_YES && !session->other.unlocked) {
        err = custody_breach(
            step, "rule_officers", NULL,
            fail(ERR_REFUSED,
                 N_("%s is entered by two officers. Let the second officer confirm."),
                 arena_string(change_arena(change), at->number)));
        session->second_wanted |= err != ERR_OK;
    }
    return err;
}

/* A bin stands in its rack, room and store: whoever may not enter one of them does not reach it. */
static enum err entry_check(struct change *change, const struct location_record *shelf,
                            struct custody_step *step)
{
    const struct location_record *at = shelf;

    for (int level = 0; level < TREE_DEPTH; level++) {
        struct record_key key = key_of_reference(at->parent);
        struct record *record;

        TRY(enter(change, at, step));
        if (key.id == 0)
            return ERR_OK;
        TRY(change_get(change, &key, &record));
        at = (const struct location_record *)record;
    }
    return ERR_OK;
}

/* ---- room ---- */

/* How many of these are not there yet: what is shelved again where it stands takes no further room. */
static enum err newcomers(struct change *change, struct list exhibits,
                          const struct location_record *shelf, int64_t *out)
{
    const struct exhibit_item *items = exhibits.items;

    *out = 0;
    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        *out += exhibit->located.id != shelf->head.key.id;
    }
    return ERR_OK;
}

static enum err room_check(struct change *change, struct list exhibits,
                           const struct location_record *shelf, struct custody_step *step)
{
    struct reference here = reference_of(&shelf->head);
    const void *values[] = { &here };
    int64_t there, more;

    if (!shelf->capacity.present)
        return ERR_OK;
    TRY(count_get(change_txn(change), &exhibit_type, "by_location", values, 1, &there));
    TRY(newcomers(change, exhibits, shelf, &more));
    if (more == 0 || there + more <= shelf->capacity.value)
        return ERR_OK;
    return custody_breach(
        step, "rule_capacity", NULL,
        fail(ERR_REFUSED,
             N_("%s holds %lld items and %lld are there already; %lld more do not fit. "
                "Choose another location."),
             arena_string(change_arena(change), shelf->number),
             (long long)shelf->capacity.value, (long long)there, (long long)more));
}

/* ---- the goods ---- */

static enum err goods_check(struct change *change, const struct exhibit_record *exhibit,
                            const struct location_record *shelf, struct custody_step *step)
{
    const struct hazard_item *allowed = shelf->hazards.items;
    struct commodity_demands demands;
    bool fits = shelf->hazards.count == 0;
    char *number = arena_string(change_arena(change), exhibit->number);

    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (demands.kept_in_place)
        TRY(custody_breach(
            step, "rule_in_place", exhibit,
            fail(ERR_REFUSED,
                 N_("Exhibit %s is a vehicle, vessel, container or live animal: record "
                    "where it is kept in place."),
                 number)));
    for (size_t i = 0; i < shelf->hazards.count; i++)
        fits |= text_equal(allowed[i].hazard, exhibit->hazard);
    if (!fits)
        TRY(custody_breach(
            step, "rule_hazard", exhibit,
            fail(ERR_REFUSED,
                 N_("The hazard class of exhibit %s is not allowed at this location. Choose "
                    "a location that takes it."),
                 number)));
    return shelf->temporary == FLAG_YES ? ERR_OK : custody_two_officers(change, exhibit, step);
}

static struct moment counted_in_by(const struct location_record *shelf, struct moment occurred)
{
    int64_t hours = shelf->count_within.present ? shelf->count_within.value : LOCKER_HOURS;

    return shelf->temporary == FLAG_YES
               ? moment_of_ms(moment_ms(occurred) + hours * HOUR_MS, occurred.offset)
               : (struct moment){ 0 };
}

enum err custody_admit(struct change *change, struct list exhibits, struct custody_step *step)
{
    const struct exhibit_item *items = exhibits.items;
    struct location_record *shelf = NULL;

    TRY(get_shelf(change, step, &shelf));
    TRY(entry_check(change, shelf, step));
    TRY(room_check(change, exhibits, shelf, step));
    for (size_t i = 0; i < exhibits.count; i++) {
        struct exhibit_record *exhibit;

        TRY(custody_exhibit(change, items[i].exhibit, &exhibit));
        TRY(goods_check(change, exhibit, shelf, step));
    }
    step->count_due = counted_in_by(shelf, step->occurred);
    return ERR_OK;
}

enum err build_shelve(struct change *change, const struct act_call *call)
{
    const struct act_shelve *input = call->input;
    struct handover_record said = {
        .head = { .type = &handover_type },
        .action = TEXT("shelved"),
        .state = TEXT("done"),
        .exhibits = input->exhibits,
        .occurred = input->occurred,
        .released_by = { .id = change_session(change)->officer },
        .received_by = input->location,
        .destination = input->location,
        .purpose = TEXT("store"),
        .paper_number = input->paper_number,
        .remark = input->remark,
    };
    struct custody_step step = custody_step_of(&said, "E03");

    TRY(custody_admit(change, input->exhibits, &step));
    TRY(custody_hand_over(change, &said, &step.handover));
    return custody_take_all(change, input->exhibits, step);
}

/* ---- seals that never came to use ---- */

enum err build_seal_spoil(struct change *change, const struct act_call *call)
{
    const struct act_seal_spoil *input = call->input;
    struct record *record;
    struct seal_record *seal;

    TRY(get_subject(change, call, &record));
    seal = (struct seal_record *)record;
    seal->state = input->state;
    seal->remark = input->reason;
    change_body(change)->reason = input->reason;
    return change_put(change, record);
}
