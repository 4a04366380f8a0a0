/* Random steps towards the end of goods: cases that end, legal statuses, disposals drafted, approved, looked at, carried out. The
 * plain model knows the gates: nothing is open or on hold, its case is over, another officer approved, it passed at the door. */
#ifndef TIDEWAITER_TESTS_EXHIBIT_ROOM_DISPOSAL_H
#define TIDEWAITER_TESTS_EXHIBIT_ROOM_DISPOSAL_H

#include "core/model/case.h"
#include "core/model/disposal.h"
#include "tests/unit/exhibit_room_hands.h"

static struct session chief, preparer; /* with the rank that approves */
static const struct person bosses[] = { { &chief, "S-0201" }, { &preparer, "S-0203" } };

enum batch_state { DRAFT, SUBMITTED, APPROVED, AT_DOOR, DISPOSED };
struct batch {
    struct record_key key;
    enum batch_state state;
    bool witnessed;
    struct thing *things[ITEMS];
    bool passed[ITEMS], looked[ITEMS];
    size_t count;
};
static struct batch batches[HANDS];
static size_t batch_count;

static void set_boss(const struct person *boss)
{
    struct record_key key = { .id = hire(&d, boss->number, "上司 | Boss", "supervisor") };

    done(&d, does(&d, &d.administrator, "officer-amend", &key, TYPED("rank", "ASUPT")));
    enter(&d, boss->session, boss->number);
}

/* Courts end cases by acts that are not there yet. */
static void end_case(void)
{
    const struct exhibit_record *exhibit = fetch(&d, anything()->key);
    struct case_record *file = fetch(&d, key_of_reference(exhibit->of_case));

    if (!one_in(3))
        return;
    file->state = TEXT("C17");
    assert_int_equal(force(&d, file), ERR_OK);
    new_seizure(); /* what is seized from now on is of another case */
}

static void set_legal(void)
{
    static const char *const statuses[] = { "L05", "L05", "L05", "L01", "L03", "L06" };
    struct thing *thing = anything();

    act(one_in(5) ? anybody() : &people[4], "exhibit-legal-status", &thing->key,
        TYPED("legal_status", statuses[below(6)], "cause", "order"));
}

/* For once all goes as it should: seized, shelved by two, its case over, forfeited. */
static void make_ready(void)
{
    size_t before = thing_count;
    struct thing *thing;
    const struct person *clerk = &people[2];
    const struct shelf *rack = &shelves[2];
    struct case_record *file;

    add_thing();
    if (thing_count == before || things[before].goods->stands)
        return;
    thing = &things[before];
    d.desk.other = clerk->session->signer;
    if (!act(&people[0], "exhibit-hand-over", NULL,
             TYPED("exhibits", thing->number, "receiver", clerk->number)))
        fail_here(last_failure()->id);
    took(thing, &(struct said){ .action = "handed_over",
                                .minute = minute_now(),
                                .holder = officer_of(clerk),
                                .releaser = d.desk.officer,
                                .state = "E02",
                                .handover = key_made(&handover_type, 0).id,
                                .actor = d.desk.officer });
    clerk->session->other = people[3].session->signer;
    if (!act(clerk, "exhibit-shelve", NULL,
             TYPED("exhibits", thing->number, "location", rack->number)))
        fail_here(last_failure()->id);
    took(thing, &(struct said){ .action = "shelved",
                                .minute = minute_now(),
                                .holder = rack->id,
                                .located = rack->id,
                                .releaser = officer_of(clerk),
                                .state = "E03",
                                .handover = key_made(&handover_type, 0).id,
                                .actor = officer_of(clerk) });
    act(&people[4], "exhibit-legal-status", &thing->key,
        TYPED("legal_status", "L05", "cause", "order"));
    file =
        fetch(&d, key_of_reference(((struct exhibit_record *)fetch(&d, thing->key))->of_case));
    file->state = TEXT("C17");
    assert_int_equal(force(&d, file), ERR_OK);
    new_seizure();
}

static bool case_over(const struct thing *thing)
{
    const struct exhibit_record *exhibit = fetch(&d, thing->key);
    const struct case_record *file = fetch(&d, key_of_reference(exhibit->of_case));

    return text_is(file->state, "C17");
}

static bool may_go(const struct thing *thing)
{
    const struct exhibit_record *exhibit = fetch(&d, thing->key);

    return thing->holds == 0 && open_marks(thing) == 0 && case_over(thing) &&
           text_is(exhibit->legal_status, "L05") && !is_terminal(now_of(thing)->state);
}

static void draft_batch(void)
{
    const struct person *who = one_in(6) ? anybody() : &bosses[1];
    struct thing *thing = anything();
    struct batch *batch;
    bool witnessed = one_in(2);

    for (int i = 0; i < 300 && !one_in(400) && (!is_now(thing, "E03") || !may_go(thing)); i++)
        thing = anything();
    if (batch_count == HANDS ||
        !act(who, "disposal-open", NULL,
             TYPED("route", witnessed ? "D01" : "D02", "exhibits", thing->number)))
        return;
    must_not(!may_go(thing), true, "a batch took what may not go");
    batch = &batches[batch_count++];
    *batch = (struct batch){ .key = key_made(&disposal_type, 0), .witnessed = witnessed };
    batch->things[batch->count++] = thing;
}

static struct batch *some_batch(enum batch_state state)
{
    struct batch *batch = NULL;

    for (int i = 0; i < 20 && batch_count > 0 && (!batch || batch->state != state); i++)
        batch = &batches[below((unsigned)batch_count)];
    return batch;
}

static void submit_batch(void)
{
    struct batch *batch = some_batch(DRAFT);
    bool saved;

    if (!batch)
        return;
    saved = act(&bosses[1], "disposal-submit", &batch->key, NULL);
    must_not(batch->state != DRAFT || !may_go(batch->things[0]), saved,
             "submitted, and may not go");
    if (saved)
        batch->state = SUBMITTED;
}

static void approve_batch(void)
{
    struct batch *batch = some_batch(SUBMITTED);
    const struct person *who = &bosses[below(2)];
    bool saved;

    if (!batch)
        return;
    saved = act(who, "disposal-approve", &batch->key, NULL);
    must_not(batch->state != SUBMITTED || who == &bosses[1] || !may_go(batch->things[0]), saved,
             "approved by whoever prepared it, or what may not go");
    if (saved)
        batch->state = APPROVED;
}

static void start_batch(void)
{
    struct batch *batch = some_batch(APPROVED);
    bool saved;

    if (!batch)
        return;
    saved = act(&people[2], "disposal-start", &batch->key, NULL);
    must_not(batch->state != APPROVED, saved, "begun without approval");
    if (saved)
        batch->state = AT_DOOR;
}

static void look_at_door(void)
{
    struct batch *batch = some_batch(AT_DOOR);
    const struct person *who = &people[2];
    const char *seal;
    struct thing *thing;
    char counted[32];
    bool wrong = one_in(6), refuse = one_in(8), saved;

    if (!batch)
        return;
    thing = batch->things[0];
    seal = one_in(8) ? other_seal : seal_at(thing, INT64_MAX);
    snprintf(counted, sizeof counted, "%lld %s", (long long)left_of(thing) + (wrong ? 1 : 0),
             thing->goods->unit);
    confirm(who, &people[3]);
    saved = refuse ? act(who, "disposal-refuse", &batch->key,
                         TYPED("exhibit", thing->number, "why", "wet"))
                   : act(who, "disposal-line", &batch->key,
                         TYPED("exhibit", thing->number, "counted", counted,
                               thing->goods->weighed ? "weight" : "condition",
                               thing->goods->weighed ? "500 g" : "dry",
                               seal[0] ? "seal_seen" : "condition", seal[0] ? seal : "dry"));
    must_not(batch->state != AT_DOOR || (!refuse && (batch->looked[0] || !may_go(thing))),
             saved, "looked at twice, or what may not go");
    if (!saved)
        return;
    batch->looked[0] = true;
    took(thing, &(struct said){ .action = refuse ? "door_refused" : "door_checked",
                                .minute = minute_now(),
                                .seal_seen = refuse || seal != other_seal ? NULL : other_seal,
                                .mark = !refuse && wrong,
                                .actor = officer_of(who) });
    batch->passed[0] = !refuse && !thing->events[thing->count - 1].marked;
}

static void finish_batch(void)
{
    struct batch *batch = some_batch(AT_DOOR);
    const struct person *who = &people[2], *second = one_in(4) ? anybody() : &people[4],
                        *third = one_in(4) ? anybody() : &people[below(2) ? 3 : 0];
    struct custody_event_record *event;
    struct thing *thing;
    uint64_t giver;
    bool saved, two, may;

    if (!batch)
        return;
    thing = batch->things[0];
    giver = now_of(thing)->holder;
    may = may_go(thing);
    if (!one_in(6))
        who->session->other = second->session->signer;
    if (!one_in(6))
        who->session->third = third->session->signer;
    two = who->session->other.unlocked && who->session->third.unlocked &&
          officer_of(second) != officer_of(third) && officer_of(second) != officer_of(who) &&
          officer_of(third) != officer_of(who);
    if (giver != who->session->other.officer && giver != who->session->third.officer)
        giver = officer_of(who);
    saved = act(who, "disposal-finish", &batch->key,
                batch->witnessed ? TYPED("method", "burnt")
                                 : TYPED("outside_person", "Mr Lee", "outside_receipt", "A 1"));
    secret_clear(&who->session->third, sizeof who->session->third);
    must_not(batch->state != AT_DOOR || !batch->passed[0] || !may || (batch->witnessed && !two),
             saved, "disposed of before its gates");
    if (!saved)
        return;
    batch->state = DISPOSED;
    assert_true(!batch->witnessed || signers_of_last() == 3);
    event = fetch(&d, (struct record_key){ thing->key.id, custody_event_type.family,
                                           (uint32_t)thing->count + 1 });
    took(thing,
         &(struct said){ .action = "disposed",
                         .minute = minute_now(),
                         .holder = event->holder.id, /* of its body, else of who did it */
                         .releaser = giver,
                         .state = "E10",
                         .handover = event->handover.id,
                         .actor = officer_of(who) });
}

#endif
