/* One chain by itself: times, who held it before, and that the exhibit is what its events say (declared in
 * custody_verify_parts.h). */
#include "core/model/custody_verify_parts.h"

enum { HOUR_MS = 60 * 60 * 1000, DAY_MS = 24 * HOUR_MS, AHEAD_MS = HOUR_MS };

/* ---- times ---- */

/* A clock that was set back between the act and its entry is no late entry: both must say so. */
static bool is_over_a_day_late(const struct entry_facts *facts, int64_t occurred)
{
    return (int64_t)facts->time_ms - occurred > DAY_MS + HOUR_MS &&
           facts->clock_ms - occurred > DAY_MS + HOUR_MS;
}

static bool is_ahead(const struct entry_facts *facts, int64_t occurred)
{
    return occurred - (int64_t)facts->time_ms > AHEAD_MS &&
           occurred - facts->clock_ms > AHEAD_MS;
}

static void check_times(struct custody_check *check, const struct chain *chain)
{
    struct moment newest = { 0 };

    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event = chain->events[i];
        const struct entry_facts *facts = entry_of(check, event->head.sequence);
        bool past = moment_compare(event->occurred, newest) < 0;

        if (event->occurred.date == 0) {
            verify_contradiction(check->v, N_("Exhibit %s, event %lld: no time is said."),
                                 chain->name, event_number(event));
            continue;
        }
        if (past && event->late != FLAG_YES)
            verify_contradiction(
                check->v,
                N_("Exhibit %s, event %lld: it happened before an event that was "
                   "entered earlier, yet it is not marked as a late entry."),
                chain->name, event_number(event));
        else if (!facts->damaged && event->late != FLAG_YES &&
                 is_over_a_day_late(facts, moment_ms(event->occurred)))
            verify_contradiction(check->v,
                                 N_("Exhibit %s, event %lld: it was entered more than 24 hours "
                                    "later, yet it is not marked as a late entry."),
                                 chain->name, event_number(event));
        if (!facts->damaged && is_ahead(facts, moment_ms(event->occurred)))
            verify_contradiction(
                check->v,
                N_("Exhibit %s, event %lld: its time lies after the entry that "
                   "recorded it."),
                chain->name, event_number(event));
        if (!past)
            newest = event->occurred;
    }
}

/* ---- holders ---- */

/* A late entry that fills in how the officer who acted next came to hold it contradicts nothing. */
static bool fills_in(const struct custody_event_record *since,
                     const struct custody_event_record *event, uint64_t holder)
{
    return since->late == FLAG_YES && event->actor.id == holder &&
           event->holder.id != event->from_holder.id;
}

/* In order of time each event begins where the one before ended; where it does not, one of the two accounts is marked. */
static void check_holders(struct custody_check *check, const struct chain *chain)
{
    const struct custody_event_record *since = NULL; /* who holds it now, since this event */
    uint64_t holder = 0;

    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event = chain->order[i];

        if (since && event->from_holder.id != holder && event->discrepancy != FLAG_YES &&
            since->discrepancy != FLAG_YES && !fills_in(since, event, holder))
            verify_contradiction(
                check->v,
                N_("Exhibit %s, event %lld: it was taken from %s, yet %s held it "
                   "since event %lld, and no discrepancy is marked."),
                chain->name, event_number(event), who_is(check, event->from_holder),
                who_is(check, since->holder), event_number(since));
        if (!since || event->holder.id != holder)
            since = event;
        holder = event->holder.id;
    }
}

/* ---- the exhibit is what its events say ---- */

static void differs(struct custody_check *check, const struct chain *chain, uint16_t tag)
{
    verify_contradiction(check->v,
                         N_("Exhibit %s: %p is not what its events say (the newest of them is "
                            "event %lld)."),
                         chain->name, label_argument(&field_find(&exhibit_type, tag)->label),
                         event_number(chain->order[chain->count - 1]));
}

static struct text seal_after(const struct chain *chain)
{
    struct text seal = { 0 };

    for (size_t i = 0; i < chain->count; i++)
        if (text_present(chain->order[i]->seal_on) || text_present(chain->order[i]->seal_off) ||
            text_is(chain->order[i]->action, "opened"))
            seal = chain->order[i]->seal_on;
    return seal;
}

/* A release leaves a hand-over open until an event answers it, in order of entering. */
static uint64_t handover_after(const struct chain *chain)
{
    uint64_t open = 0;

    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event = chain->events[i];

        if (text_is(event->action, "released"))
            open = event->handover.id;
        else if (event->handover.id == open)
            open = 0;
    }
    return open;
}

/* What was opened on the table lies open until the session that opened it is closed. */
static uint64_t opening_after(const struct chain *chain)
{
    uint64_t open = 0;

    for (size_t i = 0; i < chain->count; i++)
        if (text_is(chain->events[i]->action, "opened"))
            open = chain->events[i]->opening.id;
        else if (text_is(chain->events[i]->action, "opening_closed"))
            open = 0;
    return open;
}

static void check_present(struct custody_check *check, const struct chain *chain)
{
    const struct exhibit_record *exhibit = chain->exhibit;
    const struct custody_event_record *last = chain->order[chain->count - 1];

    if (exhibit->events.value != (int64_t)chain->count)
        verify_contradiction(
            check->v, N_("Exhibit %s says that its chain has %lld events; %lld are there."),
            chain->name, (long long)exhibit->events.value, (long long)chain->count);
    if (exhibit->holder.id != last->holder.id || last->holder.id == 0)
        differs(check, chain, tag_exhibit_holder);
    if (exhibit->located.id != last->located.id)
        differs(check, chain, tag_exhibit_located);
    if (!text_equal(exhibit->state, last->state))
        differs(check, chain, tag_exhibit_state);
    if (moment_compare(exhibit->last_event, last->occurred) != 0)
        differs(check, chain, tag_exhibit_last_event);
    if (!text_equal(exhibit->seal, seal_after(chain)))
        differs(check, chain, tag_exhibit_seal);
    if (exhibit->handover.id != handover_after(chain))
        differs(check, chain, tag_exhibit_handover);
    if (exhibit->opening.id != opening_after(chain))
        differs(check, chain, tag_exhibit_opening);
}

/* ---- what events say of other events ---- */

/* Is it the first event that says of event n that it was resolved? */
static bool resolved_before(const struct chain *chain, size_t before, int64_t n)
{
    for (size_t i = 0; i < before; i++)
        if (text_is(chain->events[i]->action, "resolved") &&
            chain->events[i]->annotates.value == n)
            return true;
    return false;
}

static void check_named(struct custody_check *check, const struct chain *chain, size_t at)
{
    const struct custody_event_record *event = chain->events[at];
    int64_t n = event->annotates.value;

    if (!event->annotates.present)
        return;
    if (n < 1 || n > (int64_t)at)
        verify_contradiction(
            check->v,
            N_("Exhibit %s, event %lld: it speaks of event %lld, which is none "
               "before it."),
            chain->name, event_number(event), (long long)n);
    else if (text_is(event->action, "resolved") &&
             (chain->events[n - 1]->discrepancy != FLAG_YES || resolved_before(chain, at, n)))
        verify_contradiction(
            check->v,
            N_("Exhibit %s, event %lld: it resolves event %lld, which is no open "
               "discrepancy."),
            chain->name, event_number(event), (long long)n);
}

static void check_counts(struct custody_check *check, const struct chain *chain)
{
    const struct exhibit_record *exhibit = chain->exhibit;
    int64_t open = 0, holds = 0, said;

    for (size_t i = 0; i < chain->count; i++) {
        const struct custody_event_record *event = chain->events[i];

        open += event->discrepancy == FLAG_YES;
        open -= text_is(event->action, "resolved");
        holds += text_is(event->action, "held");
        holds -= text_is(event->action, "hold_ended");
        check_named(check, chain, i);
    }
    said = exhibit->discrepancies.present ? exhibit->discrepancies.value : 0;
    if (said != open)
        verify_contradiction(
            check->v,
            N_("Exhibit %s says that it has %lld open discrepancies; its events "
               "say %lld."),
            chain->name, (long long)said, (long long)open);
    if ((int64_t)exhibit->holds.count != holds)
        verify_contradiction(check->v,
                             N_("Exhibit %s says that it is on hold %lld times; its events say "
                                "%lld."),
                             chain->name, (long long)exhibit->holds.count, (long long)holds);
}

void chain_check(struct custody_check *check, const struct chain *chain)
{
    if (chain->count == 0) {
        verify_contradiction(check->v, N_("Exhibit %s has no custody event at all."),
                             chain->name);
        return;
    }
    check_times(check, chain);
    check_holders(check, chain);
    check_present(check, chain);
    check_counts(check, chain);
}
