#include "core/model/custody.h"

#include "core/base/seams.h"
#include "core/model/commodity.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, AHEAD_MS = 5 * 60 * 1000 };

enum err commodity_demands(struct change *change, struct text commodity, struct commodity_demands *out)
{
    struct arena *arena = change_arena(change);

    *out = (struct commodity_demands){ 0 };
    for (int level = 0; level < 8 && text_present(commodity); level++) {
        struct record *record;
        struct commodity_record *row;
        enum err err = record_by_number(change_txn(change), &commodity_type, commodity, 0, arena, &record);

        if (err == ERR_MISSING)
            return ERR_OK; /* the check of the code itself says that it is not there */
        TRY(err);
        row = (struct commodity_record *)record;
        out->two_officers |= row->two_officers == FLAG_YES;
        out->weighed |= row->weighed == FLAG_YES;
        out->kept_in_place |= row->kept_in_place == FLAG_YES;
        if (!text_present(out->hazard))
            out->hazard = row->hazard;
        commodity = row->parent;
    }
    return ERR_OK;
}

enum err custody_exhibit(struct change *change, struct reference reference, struct exhibit_record **out)
{
    struct record_key key = key_of_reference(reference);
    struct record *record;
    enum err err = change_get(change, &key, &record);

    if (err == ERR_MISSING || (err == ERR_OK && record->type != &exhibit_type))
        return fail(ERR_MISSING, N_("One of the exhibits is not in this store. Check its number."));
    TRY(err);
    *out = (struct exhibit_record *)record;
    if ((*out)->voided == FLAG_YES)
        return fail(ERR_REFUSED, N_("Exhibit %s was voided; custody of it cannot go on."), arena_string(change_arena(change), (*out)->number));
    return ERR_OK;
}

/* Late: before the newest event, or entered over a day after it happened. Partial dates of old papers are late by
 * nature only where a later event stands. */
static bool is_late(const struct exhibit_record *exhibit, struct moment occurred)
{
    if (exhibit->last_event.date != 0 && moment_compare(occurred, exhibit->last_event) < 0)
        return true;
    return now_ms() - moment_ms(occurred) > DAY_MS;
}

static enum err check_time(struct change *change, struct moment occurred)
{
    if (!moment_valid(occurred) || moment_ms(occurred) > now_ms() + AHEAD_MS)
        return fail(ERR_INVALID, N_("The true time lies in the future. Custody is recorded when it has happened."));
    (void)change;
    return ERR_OK;
}

/* Where the papers say one thing and the record another, both are kept. */
static void compare_accounts(struct change *change, struct exhibit_record *exhibit, const struct custody_step *step, struct custody_event_record *event)
{
    struct arena *arena = change_arena(change);
    AUTO_BUFFER struct buffer account = { 0 };

    if (step->released_by.id != 0 && exhibit->holder.id != 0 && step->released_by.id != exhibit->holder.id) {
        struct record_key recorded = key_of_reference(exhibit->holder), said = key_of_reference(step->released_by);

        buffer_string(&account, "recorded holder ");
        key_print(&account, &recorded);
        buffer_string(&account, "; released by ");
        key_print(&account, &said);
    }
    if (text_present(step->seal_seen) && !text_equal(step->seal_seen, exhibit->seal)) {
        if (account.len > 0)
            buffer_string(&account, "; ");
        buffer_printf(&account, "recorded seal %.*s; seen %.*s", (int)exhibit->seal.len, exhibit->seal.data ? exhibit->seal.data : "",
                      (int)step->seal_seen.len, step->seal_seen.data);
    }
    if (account.len == 0)
        return;
    event->discrepancy = FLAG_YES;
    event->account = arena_text(arena, buffer_as_text(&account));
    exhibit->discrepancies = (struct integer){ true, (exhibit->discrepancies.present ? exhibit->discrepancies.value : 0) + 1 };
}

static void fill_event(struct change *change, struct exhibit_record *exhibit, const struct custody_step *step, struct custody_event_record *event)
{
    const struct session *session = change_session(change);

    event->action = text_of(step->action);
    event->occurred = step->occurred;
    event->from_holder = exhibit->holder;
    event->holder = step->holder.id != 0 ? step->holder : exhibit->holder;
    event->located = step->located.id != 0 ? step->located : exhibit->located;
    event->seal_on = step->seal_on;
    event->seal_off = text_present(step->seal_on) ? exhibit->seal : (struct text){ 0 };
    event->handover = step->handover;
    event->second = (struct reference){ .id = session->other.officer };
    event->actor = (struct reference){ .id = session->officer };
    event->state = step->state ? text_of(step->state) : exhibit->state;
    event->late = is_late(exhibit, step->occurred) ? FLAG_YES : FLAG_ABSENT;
    event->weight = step->weight;
    event->reading = step->reading;
    event->condition = step->condition;
    event->paper_number = step->paper_number;
    event->refusal = step->refusal;
    event->remark = step->remark;
    if (step->annotates > 0)
        event->annotates = (struct integer){ true, step->annotates };
    compare_accounts(change, exhibit, step, event);
}

static void apply_step(struct exhibit_record *exhibit, const struct custody_step *step, const struct custody_event_record *event)
{
    exhibit->holder = event->holder;
    exhibit->located = event->located;
    if (text_present(step->seal_on))
        exhibit->seal = step->seal_on;
    if (!text_equal(exhibit->state, event->state)) {
        exhibit->state = event->state;
        exhibit->state_since = step->occurred;
    }
    exhibit->events = (struct integer){ true, event->head.key.n };
    if (event->late != FLAG_YES || exhibit->last_event.date == 0 || moment_compare(step->occurred, exhibit->last_event) > 0)
        exhibit->last_event = step->occurred;
}

enum err custody_take(struct change *change, struct exhibit_record *exhibit, const struct custody_step *step)
{
    struct record *record;
    struct custody_event_record *event;

    TRY(check_time(change, step->occurred));
    TRY(change_event(change, exhibit->head.key.id, &custody_event_type, &record));
    event = (struct custody_event_record *)record;
    fill_event(change, exhibit, step, event);
    apply_step(exhibit, step, event);
    TRY(change_put(change, &event->head));
    return change_put(change, &exhibit->head);
}
