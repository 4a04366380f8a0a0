#include "core/model/custody_compare.h"

#include "core/base/seams.h"
#include "core/model/commodity.h"
#include "core/model/custody_package.h"
#include "core/model/location.h"

#include <string.h>

enum { HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * HOUR_MS, EVENTS_PAGE = 64 };

enum err commodity_demands(struct change *change, struct text commodity,
                           struct commodity_demands *out)
{
    struct arena *arena = change_arena(change);

    *out = (struct commodity_demands){ 0 };
    for (int level = 0; level < 8 && text_present(commodity); level++) {
        struct record *record;
        struct commodity_record *row;
        enum err err =
            record_by_number(change_txn(change), &commodity_type, commodity, 0, arena, &record);

        if (err == ERR_MISSING)
            return ERR_OK; /* the check of the code itself says that it is not there */
        TRY(err);
        row = (struct commodity_record *)record;
        out->two_officers |= row->two_officers == FLAG_YES;
        out->weighed |= row->weighed == FLAG_YES;
        /* Kept in place is a matter of the hazard class: parts of a vehicle are no vehicle. */
        if (!text_present(out->hazard))
            out->kept_in_place |= row->kept_in_place == FLAG_YES;
        out->driven |=
            level == 0 && (text_is(row->unit, "vehicle") || text_is(row->unit, "vessel"));
        if (!text_present(out->hazard))
            out->hazard = row->hazard;
        if (!text_present(out->tolerance))
            out->tolerance = row->tolerance;
        commodity = row->parent;
    }
    return ERR_OK;
}

enum err custody_exhibit(struct change *change, struct reference reference,
                         struct exhibit_record **out)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;
    enum err err = change_get(change, &key, &record);

    if (err == ERR_MISSING || (err == ERR_OK && record->type != &exhibit_type))
        return fail(ERR_MISSING,
                    N_("One of the exhibits is not in this store. Check its number."));
    TRY(err);
    *out = (struct exhibit_record *)record;
    return ERR_OK;
}

/* ---- the chain as it stood at the step's time ---- */

/* It put a seal on, or broke one. */
static bool seals(const struct custody_event_record *event)
{
    return text_present(event->seal_on) || text_present(event->seal_off) ||
           text_is(event->action, "opened");
}

static void stand_on(struct standing *standing, const struct custody_event_record *event,
                     struct moment occurred)
{
    if (moment_compare(event->occurred, occurred) > 0) {
        standing->sealed_since |= seals(event);
        if (!standing->next || moment_compare(event->occurred, standing->next->occurred) < 0)
            standing->next = event;
        return;
    }
    if (standing->before && moment_compare(event->occurred, standing->before->occurred) < 0)
        return;
    standing->before = event;
    standing->holder = event->holder;
    standing->located = event->located;
    standing->state = event->state;
}

/* The seal of a past moment: the newest one put on until then. */
static void seal_on(struct standing *standing, const struct custody_event_record *event,
                    struct moment occurred, struct moment *since)
{
    if (!seals(event) || moment_compare(event->occurred, occurred) > 0 ||
        (since->date != 0 && moment_compare(event->occurred, *since) < 0))
        return;
    standing->seal = event->seal_on;
    *since = event->occurred;
}

static enum err stand_in_past(struct change *change, const struct exhibit_record *exhibit,
                              struct moment occurred, struct standing *out)
{
    struct family_page page = { .more = true };
    struct moment since = { 0 };
    uint32_t from = 1;

    while (page.more) {
        TRY(family_page(change_txn(change), exhibit->head.key.id, custody_event_type.family,
                        from, FORWARD, EVENTS_PAGE, change_arena(change), &page));
        for (size_t i = 0; i < page.count; i++) {
            const struct custody_event_record *event =
                (const struct custody_event_record *)page.records[i];

            from = page.records[i]->key.n + 1;
            if (page.damaged[i])
                continue; /* it is named where the chain is shown */
            stand_on(out, event, occurred);
            seal_on(out, event, occurred, &since);
        }
    }
    return ERR_OK;
}

/* Chain order is the order of events: a step entered late meets the exhibit as it stood then. */
enum err custody_stand(struct change *change, const struct exhibit_record *exhibit,
                       struct moment occurred, struct standing *out)
{
    *out = (struct standing){ .past = exhibit->last_event.date != 0 &&
                                      moment_compare(occurred, exhibit->last_event) < 0 };
    if (out->past) {
        TRY(stand_in_past(change, exhibit, occurred, out));
        return out->before
                   ? ERR_OK
                   : fail(ERR_REFUSED,
                          N_("The chain of exhibit %s begins after that time, so nothing "
                             "can have happened to it then. Check the true time."),
                          arena_string(change_arena(change), exhibit->number));
    }
    out->holder = exhibit->holder;
    out->located = exhibit->located;
    out->state = exhibit->state;
    out->seal = exhibit->seal;
    return ERR_OK;
}

/* Partial dates of old papers count from their first day. */
static bool is_late(const struct standing *standing, struct moment occurred)
{
    return standing->past || now_ms() - moment_ms(occurred) > DAY_MS;
}

/* ---- both accounts ---- */

/* Of several exhibits in one hand-over, a breach of one is no breach of the others. */
static bool names_another(const struct difference_item *item,
                          const struct exhibit_record *exhibit)
{
    return item->found.id != 0 && item->found.id != exhibit->head.key.id &&
           id_kind(item->found.id) == exhibit_type.number;
}

/* Where the papers say one thing and the record another, both are kept. */
static enum err put_accounts(struct change *change, struct exhibit_record *exhibit,
                             const struct custody_step *step, const struct standing *standing,
                             struct custody_event_record *event)
{
    struct differences differences = { 0 };
    struct difference_item *items;

    for (size_t i = 0; i < step->breaches.count; i++)
        if (!names_another(&step->breaches.items[i], exhibit))
            difference_add(&differences, step->breaches.items[i]);
    TRY(custody_compare(change, exhibit, step, standing, &differences));
    if (differences.count == 0 && !text_present(step->account))
        return ERR_OK;
    event->discrepancy = FLAG_YES;
    event->account = step->account;
    if (differences.count > 0) {
        items = arena_array(change_arena(change), differences.count, sizeof *items);
        memcpy(items, differences.items, differences.count * sizeof *items);
        event->differences = (struct list){ items, differences.count };
    }
    exhibit->discrepancies = (struct integer){
        true, (exhibit->discrepancies.present ? exhibit->discrepancies.value : 0) + 1
    };
    return ERR_OK;
}

static void close_discrepancy(struct exhibit_record *exhibit)
{
    if (exhibit->discrepancies.present && exhibit->discrepancies.value > 0)
        exhibit->discrepancies.value--;
}

/* ---- the step ---- */

static bool is_location(struct reference reference)
{
    return reference.id != 0 && id_kind(reference.id) == location_type.number;
}

/* What leaves a store is not on its shelf any more, even where nobody says where it is. */
static struct reference place_after(const struct custody_step *step,
                                    const struct standing *standing)
{
    if (step->located.id == 0 && step->holder.id != 0 && is_location(standing->holder) &&
        step->holder.id != standing->holder.id)
        return (struct reference){ 0 };
    return step->located.id != 0 ? step->located : standing->located;
}

static void fill_event(const struct session *session, const struct custody_step *step,
                       const struct standing *standing, struct custody_event_record *event)
{
    event->action = text_of(step->action);
    event->occurred = step->occurred;
    event->from_holder = standing->holder;
    event->holder = step->holder.id != 0 ? step->holder : standing->holder;
    event->located = place_after(step, standing);
    event->seal_on = step->seal_on;
    event->seal_off =
        text_present(step->seal_on) || step->unsealed ? standing->seal : (struct text){ 0 };
    event->opening = step->opening;
    event->handover = step->handover;
    event->second = (struct reference){ .id = session->other.officer };
    event->actor = (struct reference){ .id = session->officer };
    event->state = step->state ? text_of(step->state) : standing->state;
    event->late = is_late(standing, step->occurred) ? FLAG_YES : FLAG_ABSENT;
    event->weight = step->weight;
    event->counted = step->counted;
    event->cash = step->cash;
    event->sums = step->sums;
    event->first_count = step->first_count;
    event->first_cash = step->first_cash;
    event->first_counter = step->first_counter;
    event->reading = step->reading;
    event->keys = step->keys;
    event->amount = step->amount;
    event->fed = step->fed;
    event->packages = step->packages;
    event->unloaded = step->unloaded;
    event->other_seals = step->other_seals;
    event->condition = step->condition;
    event->paper_number = step->paper_number;
    event->refusal = step->refusal;
    event->remark = step->remark;
    event->examination = step->examination;
    event->result = step->result;
    if (step->annotates > 0)
        event->annotates = (struct integer){ true, step->annotates };
}

/* What happened before the newest event moves nothing but a seal that no later event replaced. */
static void apply_step(struct arena *arena, struct exhibit_record *exhibit,
                       const struct custody_step *step, const struct standing *standing,
                       const struct custody_event_record *event)
{
    exhibit->events = (struct integer){ true, event->head.key.n };
    if (text_is(event->action, "released"))
        exhibit->handover = event->handover;
    else if (event->handover.id == exhibit->handover.id)
        exhibit->handover = (struct reference){ 0 };
    if ((text_present(step->seal_on) || step->unsealed) && !standing->sealed_since)
        exhibit->seal = step->seal_on;
    if (standing->past)
        return;
    if (step->holder.id != 0) {
        exhibit->due = step->due;
        exhibit->count_due = step->count_due;
        exhibit->correct_by = step->correct_by;
    }
    exhibit->holder = event->holder;
    exhibit->located = event->located;
    if (!text_equal(exhibit->state, event->state)) {
        exhibit->state = event->state;
        exhibit->state_since = step->occurred;
    }
    exhibit->last_event = step->occurred;
    custody_packages_put(arena, exhibit, step->packages);
}

/* ---- demands ---- */

bool custody_after_the_fact(const struct custody_step *step)
{
    return text_present(step->paper_number) && now_ms() - moment_ms(step->occurred) >= HOUR_MS;
}

enum err custody_breach(struct custody_step *step, const char *rule,
                        const struct exhibit_record *exhibit, enum err refusal)
{
    struct difference_item item = { .about = text_of(rule) };

    if (!custody_after_the_fact(step))
        return refusal;
    if (exhibit)
        item.found = reference_of(&exhibit->head);
    difference_add(&step->breaches, item);
    return ERR_OK;
}

enum err custody_two_officers(struct change *change, const struct exhibit_record *exhibit,
                              struct custody_step *step)
{
    struct session *session = change_session(change);
    struct commodity_demands demands;
    enum err err;

    TRY(commodity_demands(change, exhibit->commodity, &demands));
    if (!demands.two_officers || session->officer == 0 || session->other.unlocked)
        return ERR_OK;
    err = custody_breach(
        step, "rule_officers", exhibit,
        fail(ERR_REFUSED,
             N_("Exhibit %s needs two officers to be shelved, counted or opened: drugs, "
                "cash, firearms and valuables. Let the second officer confirm, or use a "
                "temporary locker."),
             arena_string(change_arena(change), exhibit->number)));
    session->second_wanted |= err != ERR_OK;
    return err;
}

/* Weights are taken at each exit and each return of goods that have a weight rule. */
static enum err weight_demanded(struct change *change, const struct exhibit_record *exhibit,
                                const struct commodity_demands *demands,
                                struct custody_step *step)
{
    if (!step->move || !step->move->weighed || !demands->weighed ||
        text_present(step->weight.unit))
        return ERR_OK;
    change_session(change)->weight_wanted = true;
    return custody_breach(
        step, "rule_weight", exhibit,
        fail(ERR_REFUSED,
             N_("Exhibit %s is weighed whenever it leaves or comes back. Weigh it and enter "
                "the weight beside it."),
             arena_string(change_arena(change), exhibit->number)));
}

/* What stands in place is not sealed: its condition says what was handed over. */
static enum err condition_demanded(struct change *change, const struct exhibit_record *exhibit,
                                   const struct commodity_demands *demands,
                                   struct custody_step *step)
{
    struct text action = text_of(step->action);
    bool told = text_present(step->condition) &&
                (!demands->driven || (text_present(step->reading) && text_present(step->keys)));

    if (told || !demands->kept_in_place ||
        (!text_is(action, "kept_in_place") && !text_is(action, "handed_over") &&
         !text_is(action, "released")))
        return ERR_OK;
    change_session(change)->condition_wanted = true;
    return custody_breach(
        step, "rule_condition", exhibit,
        fail(ERR_REFUSED,
             N_("Exhibit %s is not sealed, so its condition is entered when it changes hands; "
                "of a vehicle or vessel its reading and keys too."),
             arena_string(change_arena(change), exhibit->number)));
}

static enum err demands_check(struct change *change, const struct exhibit_record *exhibit,
                              struct custody_step *step)
{
    struct commodity_demands demands;

    TRY(commodity_demands(change, exhibit->commodity, &demands));
    TRY(weight_demanded(change, exhibit, &demands, step));
    TRY(condition_demanded(change, exhibit, &demands, step));
    return step->opened ? custody_two_officers(change, exhibit, step) : ERR_OK;
}

enum err custody_in_order(struct change *change, const struct exhibit_record *exhibit,
                          struct moment occurred)
{
    if (moment_compare(occurred, exhibit->last_event) >= 0)
        return ERR_OK;
    return fail(
        ERR_REFUSED,
        N_("Exhibit %s has a custody event after that time. What ends, finds or joins it "
           "is entered in order: give a later time, and say the true one in the remark."),
        arena_string(change_arena(change), exhibit->number));
}

/* ---- the step ---- */

enum err custody_take(struct change *change, struct exhibit_record *exhibit,
                      const struct custody_step *said)
{
    struct custody_step whole = *said, *step = &whole;
    struct record *record;
    struct custody_event_record *event;
    struct standing standing;
    struct text old = exhibit->seal;

    if (exhibit->voided == FLAG_YES)
        return fail(ERR_REFUSED, N_("Exhibit %s was voided; custody of it cannot go on."),
                    arena_string(change_arena(change), exhibit->number));
    TRY(custody_stand(change, exhibit, step->occurred, &standing));
    TRY(demands_check(change, exhibit, step));
    TRY(change_event(change, exhibit->head.key.id, &custody_event_type, &record));
    event = (struct custody_event_record *)record;
    fill_event(change_session(change), step, &standing, event);
    TRY(put_accounts(change, exhibit, step, &standing, event));
    if (text_is(event->action, "resolved"))
        close_discrepancy(exhibit);
    apply_step(change_arena(change), exhibit, step, &standing, event);
    if (!text_equal(exhibit->seal, old)) /* entered late, a seal may stand below a newer one */
        TRY(custody_break_seal(change, old, reference_of(&exhibit->head), step->occurred));
    TRY(change_put(change, &exhibit->head)); /* first: an event stands beside what is there */
    return change_put(change, &event->head);
}
