/* A plain model of an exhibit room, for random tests: what people said happened, in order; who has it, where, in which state,
 * how much of it is left, follow by the shortest reasoning. It knows nothing of how the program comes to the same. */
#ifndef TIDEWAITER_TESTS_EXHIBIT_ROOM_H
#define TIDEWAITER_TESTS_EXHIBIT_ROOM_H

#include "core/model/custody_event.h"
#include "core/model/exhibit.h"
#include "core/model/formation.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "tests/one_department.h"

enum { NOTHING = -1, DAY_MINUTES = 24 * 60 };

/* One thing that happened, as the chain must tell it. */
struct happened {
    int64_t minute; /* true time, in minutes since 1970 */
    uint64_t holder, from, located, actor;
    uint64_t handover, opening;
    char action[24], state[4], seal_on[12];
    bool unsealed; /* the seal was broken and none put on */
    bool marked, resolved;
};

struct goods {
    const char *commodity, *unit, *weight;
    bool two, weighed, stands; /* two officers; weighed at exits; kept in place, not shelved */
};

struct thing {
    struct record_key key;
    char number[24];
    const struct goods *goods;
    struct happened *events;
    size_t count, room;
    int64_t quantity, left, used, lost; /* left NOTHING: not shared out yet */
    int64_t gave_back;                  /* into its whole, when joined */
    int parent;                         /* or NOTHING */
    int holds;
    bool joined, has_gross;
};

/* What somebody says of one step; zero: nothing. */
struct said {
    const char *action;
    int64_t minute;
    uint64_t holder, located, releaser, handover, opening, actor;
    const char *state, *seal_on, *seal_seen;
    bool mark; /* a contradiction by itself */
    bool unsealed;
};

/* ---- chance that can be repeated ---- */

static uint64_t random_state;

static inline unsigned below(unsigned limit)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % limit);
}

static inline bool one_in(unsigned limit)
{
    return below(limit) == 0;
}

/* ---- reading the plain model ---- */

static inline bool is_kind(uint64_t id, const struct record_type *type)
{
    return id != 0 && id_kind(id) == type->number;
}

/* The last event until that minute; of one minute the one entered last. NULL: none. */
static inline const struct happened *standing_at(const struct thing *thing, int64_t minute)
{
    const struct happened *found = NULL;

    for (size_t i = 0; i < thing->count; i++)
        if (thing->events[i].minute <= minute &&
            (!found || thing->events[i].minute >= found->minute))
            found = &thing->events[i];
    return found;
}

static inline const struct happened *next_after(const struct thing *thing, int64_t minute)
{
    const struct happened *found = NULL;

    for (size_t i = 0; i < thing->count; i++)
        if (thing->events[i].minute > minute &&
            (!found || thing->events[i].minute < found->minute))
            found = &thing->events[i];
    return found;
}

static inline const struct happened *now_of(const struct thing *thing)
{
    return standing_at(thing, INT64_MAX);
}

static inline bool is_now(const struct thing *thing, const char *state)
{
    const struct happened *last = now_of(thing);

    assert_non_null(last);
    return strcmp(last->state, state) == 0;
}

static inline const char *seal_at(const struct thing *thing, int64_t minute)
{
    const char *seal = "";
    int64_t since = INT64_MIN;

    for (size_t i = 0; i < thing->count; i++)
        if ((thing->events[i].seal_on[0] || thing->events[i].unsealed) &&
            thing->events[i].minute <= minute && thing->events[i].minute >= since) {
            seal = thing->events[i].seal_on;
            since = thing->events[i].minute;
        }
    return seal;
}

static inline int open_marks(const struct thing *thing)
{
    int open = 0;

    for (size_t i = 0; i < thing->count; i++)
        open += thing->events[i].marked && !thing->events[i].resolved;
    return open;
}

/* A release waits for its answer. */
static inline uint64_t waiting_in(const struct thing *thing)
{
    uint64_t open = 0;

    for (size_t i = 0; i < thing->count; i++)
        if (strcmp(thing->events[i].action, "released") == 0)
            open = thing->events[i].handover;
        else if (thing->events[i].handover == open)
            open = 0;
    return open;
}

/* Lies open under two officers, until that session is closed. */
static inline uint64_t open_in(const struct thing *thing)
{
    uint64_t open = 0;

    for (size_t i = 0; i < thing->count; i++)
        if (strcmp(thing->events[i].action, "opened") == 0)
            open = thing->events[i].opening;
        else if (strcmp(thing->events[i].action, "opening_closed") == 0)
            open = 0;
    return open;
}

static inline bool is_terminal(const char *state)
{
    static const char *const ends[] = { "E06", "E10", "E11", "E17", "E18",
                                        "E19", "E24", "E25", NULL };

    for (size_t i = 0; ends[i]; i++)
        if (strcmp(state, ends[i]) == 0)
            return true;
    return false;
}

/* Must this be marked as a discrepancy? */
static inline bool contradicts(const struct thing *thing, const struct said *said)
{
    const struct happened *before = standing_at(thing, said->minute),
                          *next = next_after(thing, said->minute), *last = now_of(thing);
    bool moves = said->holder != 0;

    if (said->mark || !before)
        return said->mark;
    if (said->releaser != 0 && is_kind(before->holder, &officer_type) &&
        before->holder != said->releaser)
        return true;
    if (said->seal_seen && strcmp(said->seal_seen, seal_at(thing, said->minute)) != 0)
        return true;
    if (!moves)
        return false;
    if (is_terminal(before->state))
        return true;
    if (waiting_in(thing) != 0 && waiting_in(thing) != said->handover &&
        said->minute >= last->minute)
        return true;
    if (open_in(thing) != 0 && open_in(thing) != said->opening && said->minute >= last->minute)
        return true;
    return next && next->from != said->holder &&
           (next->actor != said->holder || next->holder == next->from);
}

/* ---- what was said is what the chain tells ---- */

static inline void equal_id(const char *what, const struct thing *thing, uint64_t ours,
                            uint64_t theirs)
{
    if (ours != theirs)
        print_error("%s event %zu: %s is %llx, expected %llx\n", thing->number, thing->count,
                    what, (unsigned long long)theirs, (unsigned long long)ours);
    assert_int_equal(ours, theirs);
}

/* The exhibit is what follows from all that happened. */
static inline void exhibit_agrees(const struct thing *thing)
{
    const struct exhibit_record *exhibit = fetch(&d, thing->key);
    const struct happened *last = now_of(thing);

    assert_int_equal(exhibit->events.value, thing->count);
    equal_id("holder now", thing, last->holder, exhibit->holder.id);
    equal_id("place now", thing, last->located, exhibit->located.id);
    equal_id("hand-over", thing, waiting_in(thing), exhibit->handover.id);
    equal_id("opening", thing, open_in(thing), exhibit->opening.id);
    says(last->state, exhibit->state);
    if (seal_at(thing, INT64_MAX)[0])
        says(seal_at(thing, INT64_MAX), exhibit->seal);
    else
        assert_false(text_present(exhibit->seal));
    assert_int_equal(open_marks(thing),
                     exhibit->discrepancies.present ? exhibit->discrepancies.value : 0);
    assert_int_equal(thing->holds, exhibit->holds.count);
}

static inline struct happened *push(struct thing *thing)
{
    if (thing->count == thing->room) {
        thing->room = thing->room == 0 ? 16 : thing->room * 2;
        thing->events = realloc(thing->events, thing->room * sizeof *thing->events);
        assert_non_null(thing->events);
    }
    thing->events[thing->count] = (struct happened){ 0 };
    return &thing->events[thing->count++];
}

/* The next event of a chain: nothing in it but what was said and what stood before. */
static inline void took(struct thing *thing, const struct said *said)
{
    struct custody_event_record *event =
        fetch(&d, (struct record_key){ thing->key.id, custody_event_type.family,
                                       (uint32_t)thing->count + 1 });
    const struct happened *before = standing_at(thing, said->minute), *last = now_of(thing);
    bool past = last && said->minute < last->minute, must = contradicts(thing, said);
    struct happened happened = { .minute = said->minute,
                                 .actor = said->actor,
                                 .handover = said->handover,
                                 .opening = said->opening,
                                 .unsealed = said->unsealed };

    happened.from = before ? before->holder : 0;
    happened.holder = said->holder != 0 ? said->holder : happened.from;
    happened.located = said->located != 0 ? said->located : before ? before->located : 0;
    if (said->located == 0 && said->holder != 0 && said->holder != happened.from &&
        is_kind(happened.from, &location_type))
        happened.located = 0; /* off the shelf */
    snprintf(happened.action, sizeof happened.action, "%s", said->action);
    snprintf(happened.state, sizeof happened.state, "%s",
             said->state ? said->state
             : before    ? before->state
                         : "");
    snprintf(happened.seal_on, sizeof happened.seal_on, "%s",
             said->seal_on ? said->seal_on : "");
    says(said->action, event->action);
    assert_int_equal(moment_ms(event->occurred) / MINUTE_MS, said->minute);
    equal_id("holder before", thing, happened.from, event->from_holder.id);
    equal_id("holder after", thing, happened.holder, event->holder.id);
    equal_id("place after", thing, happened.located, event->located.id);
    equal_id("hand-over of the event", thing, said->handover, event->handover.id);
    equal_id("actor", thing, said->actor, event->actor.id);
    says(happened.state, event->state);
    if (past || department_now - said->minute * MINUTE_MS > DAY_MINUTES * (int64_t)MINUTE_MS)
        assert_int_equal(event->late, FLAG_YES);
    if (must && event->discrepancy != FLAG_YES)
        print_error("%s event %zu (%s): a contradiction is not marked\n", thing->number,
                    thing->count + 1, said->action);
    assert_true(!must || event->discrepancy == FLAG_YES);
    happened.marked = event->discrepancy == FLAG_YES;
    *push(thing) = happened;
    exhibit_agrees(thing);
}

#endif
