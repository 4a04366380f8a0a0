/* Random steps from hand to hand: handed over, released and answered, shelved, sent out, lost and found, scanned. */
#ifndef TIDEWAITER_TESTS_EXHIBIT_ROOM_HANDS_H
#define TIDEWAITER_TESTS_EXHIBIT_ROOM_HANDS_H

#include "tests/unit/exhibit_room_goods.h"

/* ---- from hand to hand ---- */

static void hand_over(void)
{
    const struct person *who = anybody(), *to = anybody();
    struct listed list;
    struct when when;
    uint64_t second;
    bool saved;

    list_some(&list, false);
    when = some_time(list.things[0]);
    second = confirm(who, to);
    saved = act(who, "exhibit-hand-over", NULL,
                TYPED("exhibits", list.typed, "receiver", to->number, "occurred", when.typed));
    must_not(officer_of(to) == officer_of(who) || second != officer_of(to) || when.future,
             saved, "handed over without the receiver");
    if (!saved)
        return;
    assert_int_equal(signers_of_last(), 2);
    all_took(&list, (struct said){ .action = "handed_over",
                                   .minute = when.minute,
                                   .holder = officer_of(to),
                                   .releaser = officer_of(who),
                                   .state = "E02",
                                   .handover = key_made(&handover_type, 0).id,
                                   .actor = officer_of(who) });
}

static struct hand *new_hand(enum hand_state state)
{
    struct hand *hand = &hands[hand_count < HANDS ? hand_count++ : below(HANDS)];

    *hand = (struct hand){ .state = state, .key = key_made(&handover_type, 0) };
    return hand;
}

static struct hand *some_hand(enum hand_state state)
{
    for (size_t i = 0; hand_count > 0 && i < 40; i++) {
        struct hand *hand = &hands[below((unsigned)hand_count)];

        if (hand->state == state)
            return hand;
    }
    return hand_count > 0 ? &hands[below((unsigned)hand_count)] : NULL;
}

static void release(void)
{
    const struct person *who = anybody(), *to = anybody();
    struct listed list;
    struct when when;
    struct hand *hand;
    bool saved, waiting = false;

    list_some(&list, false);
    for (size_t i = 0; i < list.count; i++)
        waiting |= waiting_in(list.things[i]) != 0;
    when = some_time(list.things[0]);
    saved = act(who, "exhibit-release", NULL,
                TYPED("exhibits", list.typed, "receiver", to->number, "occurred", when.typed));
    must_not(officer_of(to) == officer_of(who) || waiting || when.future, saved,
             "released twice");
    if (!saved)
        return;
    hand = new_hand(RELEASED);
    hand->from = officer_of(who);
    hand->to = officer_of(to);
    hand->minute = when.minute;
    for (size_t i = 0; i < list.count; i++)
        hand->items[hand->count++].thing = (int)(list.things[i] - things);
    all_took(&list, (struct said){ .action = "released",
                                   .minute = when.minute,
                                   .releaser = officer_of(who),
                                   .state = "E05",
                                   .handover = hand->key.id,
                                   .actor = officer_of(who) });
}

static void answer(void)
{
    struct hand *hand = some_hand(RELEASED);
    const struct person *who;
    struct when when;
    bool receive = !one_in(4), saved;
    struct said said;

    if (!hand || hand->count == 0)
        return;
    who = hand->state == RELEASED && !one_in(6) ? person_of(hand->to) : anybody();
    when = some_time(&things[hand->items[0].thing]);
    saved = act(who, receive ? "hand-over-receive" : "hand-over-refuse", &hand->key,
                TYPED("occurred", when.typed, receive ? "remark" : "refusal", "torn"));
    must_not(hand->state != RELEASED || officer_of(who) != hand->to || when.future ||
                 when.minute < hand->minute,
             saved, "a hand-over was answered by another, twice, or before it was offered");
    if (!saved)
        return;
    hand->state = ANSWERED;
    said = (struct said){ .action = receive ? "received" : "refused",
                          .minute = when.minute,
                          .holder = receive ? hand->to : hand->from,
                          .releaser = hand->from,
                          .state = receive ? "E02" : "E15",
                          .handover = hand->key.id,
                          .actor = officer_of(who) };
    for (size_t i = 0; i < hand->count; i++)
        took(&things[hand->items[i].thing], &said);
}

/* ---- into the store ---- */

static int stored_at(uint64_t shelf)
{
    int count = 0;

    for (size_t i = 0; i < thing_count; i++)
        count += now_of(&things[i])->located == shelf;
    return count;
}

static bool may_not_enter(const struct shelf *shelf, const struct person *who, uint64_t second)
{
    return shelf->closed || (shelf->only[0] && strcmp(shelf->only, who->number) != 0) ||
           (shelf->two && (second == 0 || second == officer_of(who)));
}

static void shelve(void)
{
    const struct person *who = anybody();
    const struct shelf *shelf = &shelves[below(SHELVES)];
    struct listed list;
    struct when when;
    uint64_t second;
    bool saved, wrong;

    list_some(&list, false);
    when = some_time(list.things[0]);
    second = one_in(3) ? 0 : confirm(who, NULL);
    wrong = may_not_enter(shelf, who, second);
    for (size_t i = 0; i < list.count; i++)
        list.said[i].mark |= wrong || list.things[i]->goods->stands;
    for (size_t i = 0; i < list.count; i++)
        wrong |= list.things[i]->goods->stands;
    saved = act(who, "exhibit-shelve", NULL,
                TYPED("exhibits", list.typed, "location", shelf->number, "occurred", when.typed,
                      when.paper ? "paper_number" : "remark", "P 1"));
    must_not(when.future || (wrong && !when.paper), saved, "a shelf took what it must not");
    if (!saved)
        return;
    for (size_t i = 0; i < list.count && !shelf->temporary; i++) {
        list.said[i].mark |= list.things[i]->goods->two && signers_of_last() < 2;
        if (!when.paper)
            check_two(list.things[i], signers_of_last());
    }
    all_took(&list, (struct said){ .action = "shelved",
                                   .minute = when.minute,
                                   .holder = shelf->id,
                                   .located = shelf->id,
                                   .releaser = officer_of(who),
                                   .state = "E03",
                                   .handover = key_made(&handover_type, 0).id,
                                   .actor = officer_of(who) });
    assert_true(shelf->capacity == 0 || stored_at(shelf->id) <= shelf->capacity ||
                when.minute < minute_now() || when.paper);
}

static void keep_in_place(void)
{
    const struct person *who = anybody(), *holder = one_in(2) ? who : anybody();
    struct thing *thing = anything();
    struct when when = some_time(thing);
    uint64_t second = holder == who ? 0 : confirm(who, holder);
    bool saved = act(who, "exhibit-keep-in-place", NULL,
                     TYPED("exhibits", thing->number, "located", "KCC", "holder",
                           holder->number, "occurred", when.typed));

    must_not(when.future ||
                 (officer_of(holder) != officer_of(who) && second != officer_of(holder)),
             saved, "an officer answers for goods and never confirmed it");
    if (saved)
        took(thing, &(struct said){ .action = "kept_in_place",
                                    .minute = when.minute,
                                    .holder = officer_of(holder),
                                    .located = place_kept,
                                    .releaser = officer_of(who),
                                    .state = "E13",
                                    .actor = officer_of(who) });
}

/* ---- out of the house and back ---- */

static void send_out(void)
{
    static const struct {
        const char *act, *purpose, *action, *state;
    } ways[] = {
        { "exhibit-entrust", "store", "entrusted", "E14" },
        { "exhibit-lend", "laboratory", "lent", "E04" },
        { "exhibit-produce", "court", "produced", "E07" },
        { "exhibit-transfer", "other", "transferred", "E06" },
    };
    size_t way = below(sizeof ways / sizeof *ways);
    bool last = way == 3, saved;
    const struct person *who = last && !one_in(3) ? &people[4] : anybody();
    struct listed list;
    struct when when;

    if (last && !one_in(3))
        return;
    do
        list_some(&list, true);
    while (last && any_marked(&list) && !one_in(30));
    when = some_time(list.things[0]);
    saved = act(who, ways[way].act, NULL,
                TYPED("exhibits", list.typed, "body", "XGL", "purpose", ways[way].purpose,
                      "outside_person", "Dr Au", "outside_receipt", "GL 1", "due", "2033-07-21",
                      "occurred", when.typed, when.paper ? "paper_number" : "remark", "P 1"));
    must_not(when.future || (last && any_marked(&list) && !when.paper), saved,
             "it left for good with a discrepancy");
    for (size_t i = 0; i < list.count; i++)
        list.said[i].mark |= last && open_marks(list.things[i]) > 0;
    if (saved)
        all_took(&list, (struct said){ .action = ways[way].action,
                                       .minute = when.minute,
                                       .holder = holder_body,
                                       .releaser = officer_of(who),
                                       .state = ways[way].state,
                                       .handover = key_made(&handover_type, 0).id,
                                       .actor = officer_of(who) });
}

static void take_back(void)
{
    const struct person *who = anybody();
    bool found = one_in(3), named = !one_in(3), saved;
    struct listed list;
    struct when when;

    do
        list_some(&list, true);
    while (found && !all_in(&list, "E16") && !one_in(60));
    when = some_time(list.things[0]);
    saved = act(who, found ? "exhibit-found" : "exhibit-return", NULL,
                TYPED("exhibits", list.typed, "occurred", when.typed, named ? "from" : "remark",
                      "XGL"));
    must_not(when.future || (found && !all_in(&list, "E16")), saved, "found what was not lost");
    if (saved)
        all_took(&list, (struct said){ .action = found ? "found" : "returned",
                                       .minute = when.minute,
                                       .holder = officer_of(who),
                                       .releaser = named   ? holder_body
                                                   : found ? 0
                                                           : officer_of(who),
                                       .state = "E02",
                                       .actor = officer_of(who) });
}

static void lose(void)
{
    const struct person *who = anybody();
    struct thing *thing = anything();
    struct when when = some_time(thing);
    bool lost = one_in(2), saved;

    if (!one_in(3))
        return;
    saved =
        act(who, lost ? "exhibit-unable-to-locate" : "exhibit-report-discrepancy", NULL,
            TYPED("exhibits", thing->number, "reason", "not there", "occurred", when.typed));
    must_not(when.future, saved, "in the future");
    if (saved)
        took(thing, &(struct said){ .action = lost ? "unable_to_locate" : "discrepancy",
                                    .minute = when.minute,
                                    .state = lost ? "E16" : NULL,
                                    .mark = true,
                                    .actor = officer_of(who) });
}

static void write_off(void)
{
    const struct person *who = one_in(4) ? anybody() : &people[4];
    struct thing *thing = anything();
    struct when when;
    uint64_t second;
    bool saved;

    for (int i = 0; i < 200 && (!is_now(thing, "E16") || open_marks(thing) > 0); i++)
        thing = anything();
    when = some_time(thing);
    second = confirm(who, NULL);
    saved = act(who, "exhibit-write-off", NULL,
                TYPED("exhibits", thing->number, "reason", "inquiry closed", "occurred",
                      when.typed));
    must_not(when.future || second == 0 || second == officer_of(who) || open_marks(thing) > 0 ||
                 !is_now(thing, "E16"),
             saved, "written off before its gates");
    if (saved)
        took(thing, &(struct said){ .action = "written_off",
                                    .minute = when.minute,
                                    .state = "E24",
                                    .actor = officer_of(who) });
}

/* Out of a temporary locker, by two. */
static void count_in(void)
{
    const struct person *who = anybody();
    const struct shelf *shelf = &shelves[below(SHELVES)];
    struct thing *thing = anything();
    struct when when;
    uint64_t second;
    char typed[80];
    bool saved, wrong = one_in(6);

    for (int i = 0; i < 60 && now_of(thing)->located != shelves[4].id; i++)
        thing = anything();
    when = some_time(thing);
    second = confirm(who, NULL);
    snprintf(typed, sizeof typed, "%s | | %lld %s", thing->number,
             (long long)left_of(thing) + (wrong ? 1 : 0), thing->goods->unit);
    saved = act(who, "exhibit-count-in", NULL,
                TYPED("exhibits", typed, "location", shelf->number, "occurred", when.typed));
    must_not(second == 0 || second == officer_of(who) || when.future ||
                 may_not_enter(shelf, who, second),
             saved, "counted in by one");
    if (!saved)
        return;
    assert_int_equal(signers_of_last(), 2);
    took(thing, &(struct said){ .action = "counted_in",
                                .minute = when.minute,
                                .holder = shelf->id,
                                .located = shelf->id,
                                .releaser = officer_of(who),
                                .state = "E03",
                                .handover = key_made(&handover_type, 0).id,
                                .mark = wrong,
                                .actor = officer_of(who) });
}

/* ---- scan by scan ---- */

static void open_hand(void)
{
    static const char *const actions[] = { "shelved", "moved", "handed_over", "returned" };
    const struct person *who = anybody(), *from = anybody();
    const char *action = actions[below(4)];
    bool stored = action == actions[0] || action == actions[1], saved;
    const struct shelf *shelf = &shelves[below(SHELVES)];
    uint64_t second = confirm(who, stored ? NULL : from);
    struct hand *hand;

    saved = act(who, "hand-over-open", NULL,
                TYPED("action", action, stored ? "location" : "from",
                      stored ? shelf->number : from->number));
    must_not(!stored && officer_of(from) != officer_of(who) && second != officer_of(from),
             saved, "opened without the giver");
    if (!saved)
        return;
    hand = new_hand(OPEN);
    hand->action = action;
    hand->opener = officer_of(who);
    hand->from = stored ? officer_of(who) : officer_of(from);
    hand->to = hand->destination = shelf->id;
    if (!stored) {
        hand->to = officer_of(who);
        hand->destination = 0;
    }
    hand->minute = minute_now();
}

static int item_of(const struct hand *hand, const struct thing *thing)
{
    int found = NOTHING;

    for (size_t i = 0; i < hand->count; i++)
        if (hand->items[i].thing == thing - things)
            found = (int)i;
    return found != NOTHING && !hand->items[found].back ? found : NOTHING;
}

static const struct shelf *shelf_of(uint64_t id)
{
    for (size_t i = 0; i < SHELVES; i++)
        if (shelves[i].id == id)
            return &shelves[i];
    return NULL;
}

static void scan_item(void)
{
    struct hand *hand = some_hand(OPEN);
    const struct person *who;
    struct thing *thing = anything();
    struct when when = some_time(thing);
    struct happened before = *now_of(thing);
    const struct shelf *shelf;
    uint64_t second;
    bool saved, there;

    if (!hand || hand->count + 1 > sizeof hand->items / sizeof *hand->items)
        return;
    who = one_in(8) ? anybody() : person_of(hand->opener ? hand->opener : hand->to);
    second = one_in(6) ? 0 : confirm(who, hand->destination ? NULL : person_of(hand->from));
    there = item_of(hand, thing) != NOTHING;
    shelf = shelf_of(hand->destination);
    saved = act(who, "hand-over-item", &hand->key,
                thing->goods->weighed
                    ? TYPED("exhibit", thing->number, "weight", "500 g", "occurred", when.typed)
                    : TYPED("exhibit", thing->number, "occurred", when.typed));
    must_not(hand->state != OPEN || there || when.future ||
                 (shelf && may_not_enter(shelf, who, second)) ||
                 (!hand->destination && hand->from != officer_of(who) && second != hand->from),
             saved, "scanned into a closed hand-over, twice, or without the giver");
    if (!saved)
        return;
    if (shelf && !shelf->temporary)
        check_two(thing, signers_of_last());
    hand->items[hand->count].thing = (int)(thing - things);
    hand->items[hand->count].before = before;
    hand->items[hand->count++].event = thing->count;
    took(thing, &(struct said){ .action = hand->action,
                                .minute = when.minute,
                                .holder = hand->to,
                                .located = hand->destination,
                                .releaser = hand->from,
                                .state = hand->destination ? "E03" : "E02",
                                .handover = hand->key.id,
                                .actor = officer_of(who) });
}

static void unscan_item(void)
{
    struct hand *hand = some_hand(OPEN);
    const struct person *who;
    struct thing *thing;
    uint64_t second;
    int item;
    bool saved, marked;

    if (!hand || hand->count == 0)
        return;
    who = one_in(8) ? anybody() : person_of(hand->opener ? hand->opener : hand->to);
    thing = one_in(8) ? anything() : &things[hand->items[hand->count - 1].thing];
    item = item_of(hand, thing);
    second = one_in(2) ? 0 : confirm(who, item == NOTHING ? NULL : person_of(hand->from));
    saved = act(who, "hand-over-take-back", &hand->key, TYPED("exhibit", thing->number));
    must_not(hand->state != OPEN || item == NOTHING, saved, "taken back what was not scanned");
    if (!saved)
        return;
    marked = thing->events[hand->items[item].event].marked;
    must_not(!marked && is_kind(hand->items[item].before.holder, &officer_type) &&
                 hand->items[item].before.holder != officer_of(who) &&
                 second != hand->items[item].before.holder,
             true, "given back to somebody who was not there");
    must_not(hand->items[item].event + 1 != thing->count, true,
             "taken back after something else");
    hand->items[item].back = true;
    took(thing, &(struct said){ .action = "taken_back",
                                .minute = minute_now(),
                                .holder = hand->items[item].before.holder,
                                .located = hand->items[item].before.located,
                                .state = hand->items[item].before.state,
                                .handover = hand->key.id,
                                .actor = officer_of(who) });
}

static void close_hand(void)
{
    struct hand *hand = some_hand(OPEN);
    const struct person *who;
    int64_t in = 0;
    bool saved;

    if (!hand || !one_in(4))
        return;
    who = person_of(hand->opener ? hand->opener : hand->to);
    saved = act(who, "hand-over-close", &hand->key, NULL);
    must_not(hand->state != OPEN, saved, "closed twice");
    if (!saved)
        return;
    hand->state = CLOSED;
    for (size_t i = 0; i < thing_count; i++)
        in += item_of(hand, &things[i]) != NOTHING;
    assert_int_equal(((struct handover_record *)fetch(&d, hand->key))->item_count.value, in);
}

#endif
