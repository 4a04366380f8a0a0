/* Random steps upon the goods themselves: seized, sealed, weighed, counted, shared out, opened, spoken about. */
#ifndef TIDEWAITER_TESTS_EXHIBIT_ROOM_GOODS_H
#define TIDEWAITER_TESTS_EXHIBIT_ROOM_GOODS_H

#include "tests/unit/exhibit_room_people.h"

/* ---- exhibits, seals ---- */

static struct thing *new_thing(struct record_key key, const struct goods *of)
{
    struct thing *thing = &things[thing_count++];

    *thing = (struct thing){ .key = key, .goods = of, .left = NOTHING, .parent = NOTHING };
    snprintf(thing->number, sizeof thing->number, "%s", number_of(&d, key));
    return thing;
}

static void new_seizure(void)
{
    char when[40];

    seizure_minute = minute_now();
    moment_print(when, moment_of_ms(seizure_minute * MINUTE_MS, OFFSET_HONG_KONG));
    seizure = done(&d, does(&d, &d.desk, "seizure-record", NULL,
                            TYPED("of_case", number_of(&d, open_case(&d)), "occurred", when,
                                  "place", "KCT", "officer", "D-1204")));
}

static void add_thing(void)
{
    const struct person *who = &people[below(2)];
    const struct goods *of = &goods[below(sizeof goods / sizeof *goods)];
    struct thing *thing;
    char quantity[32];
    int64_t amount = of->stands ? 1 : 500 + below(500);
    bool gross = of->weighed && one_in(2);

    if (thing_count + 8 > THINGS)
        return;
    if (one_in(6))
        new_seizure();
    snprintf(quantity, sizeof quantity, "%lld %s", (long long)amount, of->unit);
    if (!act(who, "exhibit-add", NULL,
             TYPED("seizure", number_of(&d, seizure), "commodity", of->commodity, "quantity",
                   quantity, gross ? "gross" : "remark", gross ? of->weight : "-")))
        fail_here(last_failure()->id);
    thing = new_thing(key_made(&exhibit_type, 0), of);
    thing->quantity = amount;
    thing->has_gross = gross;
    took(thing, &(struct said){
                    .action = "seized",
                    .minute = seizure_minute,
                    .holder = d.desk.officer,
                    .located = ((struct exhibit_record *)fetch(&d, thing->key))->located.id,
                    .state = "E01",
                    .actor = officer_of(who) });
}

static void issue_seals(void)
{
    static unsigned next = 1;
    const struct person *who = &people[2 + below(2)], *to = anybody();
    char first[12], last[12];

    if (seal_count + 5 > SEALS)
        return;
    snprintf(first, sizeof first, "R%06u", next);
    snprintf(last, sizeof last, "R%06u", next + 4);
    if (!act(who, "seal-issue", NULL,
             TYPED("first", first, "last", last, "officer", to->number)))
        fail_here(last_failure()->id);
    for (unsigned i = 0; i < 5; i++) {
        struct seal *seal = &seals[seal_count++];

        snprintf(seal->number, sizeof seal->number, "R%06u", next + i);
        seal->owner = officer_of(to);
        seal->key = d.result.keys[i];
    }
    next += 5;
}

static struct seal *seal_for(uint64_t officer)
{
    struct seal *any = &seals[below((unsigned)seal_count)];

    if (one_in(4))
        return any;
    for (size_t i = 0; i < 50; i++) {
        struct seal *seal =
            &seals[seal_count - 1 - below(seal_count < 60 ? (unsigned)seal_count : 60)];

        if (seal->owner == officer && seal->state == ISSUED)
            return seal;
    }
    return any;
}

static void put_seal(void)
{
    const struct person *who = anybody();
    struct thing *thing = anything();
    struct seal *seal;
    struct when when = some_time(thing);
    bool was_new, sealed, saved, wrong, others;

    if (seal_count == 0)
        return;
    seal = seal_for(officer_of(who));
    others = seal->owner != officer_of(who);
    wrong =
        seal->state != ISSUED || (others && !when.paper) || when.future || thing->goods->stands;
    was_new = is_now(thing, "E01");
    sealed = seal_at(thing, INT64_MAX)[0];
    saved = act(who, "exhibit-seal", &thing->key,
                TYPED("seal", seal->number, "occurred", when.typed,
                      when.paper ? "paper_number" : "remark", "P 1"));
    must_not(wrong, saved, "a seal that is not to be used was put on");
    if (!saved)
        return;
    seal->state = USED;
    took(thing, &(struct said){ .action = sealed ? "resealed" : "sealed",
                                .minute = when.minute,
                                .state = was_new ? "E02" : NULL,
                                .seal_on = seal->number,
                                .mark = others,
                                .actor = officer_of(who) });
}

static void spoil_seal(void)
{
    struct seal *seal = &seals[below((unsigned)seal_count)];
    bool saved;

    if (seal_count == 0 || !one_in(4))
        return;
    saved = act(anybody(), "seal-spoil", &seal->key, TYPED("reason", "torn"));
    must_not(seal->state == USED, saved, "a used seal was spoiled");
    if (saved)
        seal->state = SPOILED;
}

/* ---- words about it ---- */

static void resolve(void)
{
    const struct person *who = one_in(5) ? anybody() : &people[4];
    struct thing *thing = anything();
    struct when when;
    char typed[16];
    size_t n;
    bool saved, open;

    for (int i = 0; i < 30 && (open_marks(thing) == 0 || (i < 20 && !is_now(thing, "E16")));
         i++)
        thing = anything();
    when = some_time(thing);
    n = below((unsigned)thing->count);
    for (size_t i = 0; i < thing->count && !one_in(20); i++)
        if (thing->events[i].marked && !thing->events[i].resolved)
            n = i;
    open = thing->events[n].marked && !thing->events[n].resolved;
    snprintf(typed, sizeof typed, "%zu", n + 1);
    saved = act(who, "exhibit-resolve-discrepancy", &thing->key,
                TYPED("event", typed, "finding", "misread", "occurred", when.typed));
    must_not(when.future || !open, saved, "resolved what was not open");
    if (!saved)
        return;
    thing->events[n].resolved = true;
    took(thing, &(struct said){
                    .action = "resolved", .minute = when.minute, .actor = officer_of(who) });
}

static void say_something(void)
{
    struct thing *thing = anything();
    struct when when = some_time(thing);
    bool hold = one_in(3), mark = one_in(3), saved;
    const struct person *who = hold && !one_in(4) ? &people[4] : anybody();
    const char *name = hold ? "exhibit-hold" : mark ? "exhibit-court-mark" : "exhibit-annotate";

    if (hold)
        saved =
            act(who, name, NULL,
                TYPED("exhibits", thing->number, "reason", "appeal", "occurred", when.typed));
    else if (mark)
        saved = act(who, name, &thing->key, TYPED("mark", "P1", "occurred", when.typed));
    else
        saved = act(who, name, &thing->key,
                    TYPED("event", "1", "remark", "rain", "occurred", when.typed));
    must_not(when.future, saved, "in the future");
    if (!saved)
        return;
    thing->holds += hold;
    took(thing, &(struct said){ .action = hold   ? "held"
                                          : mark ? "court_marked"
                                                 : "annotated",
                                .minute = when.minute,
                                .actor = officer_of(who) });
}

static void end_hold(void)
{
    const struct person *who = one_in(5) ? anybody() : &people[4];
    struct thing *thing = anything();
    bool saved;

    for (int i = 0; i < 20 && thing->holds == 0; i++)
        thing = anything();
    saved = act(who, "exhibit-hold-end", &thing->key, TYPED("hold", "1", "reason", "over"));
    must_not(thing->holds == 0, saved, "a hold ended that never was");
    if (!saved)
        return;
    thing->holds--;
    took(thing, &(struct said){
                    .action = "hold_ended", .minute = minute_now(), .actor = officer_of(who) });
}

static void weigh(void)
{
    const struct person *who = anybody();
    struct thing *thing = anything();
    struct when when = some_time(thing);
    bool wrong = one_in(6), saved;
    const char *weight = wrong ? "900 g" : "500 g";

    saved =
        act(who, "exhibit-weigh", &thing->key, TYPED("weight", weight, "occurred", when.typed));
    must_not(when.future, saved, "in the future");
    if (saved)
        took(thing, &(struct said){ .action = "weighed",
                                    .minute = when.minute,
                                    .mark = wrong && thing->has_gross && thing->goods->weighed,
                                    .actor = officer_of(who) });
}

static int64_t left_of(const struct thing *thing)
{
    return thing->left != NOTHING ? thing->left : thing->quantity;
}

/* Goods of two officers are counted once, and again by another officer. */
static void count(void)
{
    const struct person *who = anybody();
    struct thing *thing = anything();
    struct when when = some_time(thing);
    uint64_t first = ((struct exhibit_record *)fetch(&d, thing->key))->count_first_by.id;
    int64_t figure = left_of(thing) + (one_in(8) ? 1 : 0);
    char typed[32];
    bool saved, begins = thing->goods->two && first == 0;

    snprintf(typed, sizeof typed, "%lld %s", (long long)figure, thing->goods->unit);
    saved =
        act(who, "exhibit-count", &thing->key, TYPED("counted", typed, "occurred", when.typed));
    must_not(when.future || (first != 0 && first == officer_of(who)), saved,
             "the same officer counted twice");
    if (saved)
        took(thing, &(struct said){ .action = begins ? "counted_first" : "counted",
                                    .minute = when.minute,
                                    .mark = !begins && figure != left_of(thing),
                                    .actor = officer_of(who) });
}

/* ---- parts ---- */

static int64_t number_in(struct quantity quantity)
{
    int64_t number = 0;

    if (text_present(quantity.unit))
        assert_true(decimal_scale(&number, quantity.number, 0));
    return number;
}

/* Nothing was gained or lost. */
static void mass_agrees(const struct thing *thing)
{
    const struct exhibit_record *exhibit = fetch(&d, thing->key);
    int64_t sum = thing->left + thing->used + thing->lost + thing->gave_back;

    assert_int_equal(number_in(exhibit->quantity), thing->quantity);
    assert_int_equal(text_present(exhibit->remaining.unit), thing->left != NOTHING);
    if (thing->left == NOTHING)
        return;
    assert_int_equal(number_in(exhibit->remaining), thing->left);
    assert_int_equal(number_in(exhibit->used_up), thing->used);
    assert_int_equal(number_in(exhibit->lost), thing->lost);
    for (size_t i = 0; i < thing_count; i++)
        if (things[i].parent == thing - things)
            sum += things[i].quantity - things[i].gave_back;
    assert_int_equal(sum, thing->quantity);
}

/* A part begins where the whole was at that moment. */
static struct thing *new_part(struct thing *whole, struct record_key key, int64_t quantity,
                              const struct when *when, const struct person *who)
{
    struct thing *part = new_thing(key, whole->goods);
    const struct happened *then = standing_at(whole, when->minute);

    part->quantity = quantity;
    part->parent = (int)(whole - things);
    took(part, &(struct said){ .action = "split_from",
                               .minute = when->minute,
                               .holder = then ? then->holder : 0,
                               .located = then ? then->located : 0,
                               .state = then ? then->state : NULL,
                               .actor = officer_of(who) });
    return part;
}

static struct record_key other_made(const struct thing *whole, size_t nth)
{
    for (size_t i = 0; i < d.result.count; i++)
        if (type_of_key(&d.result.keys[i]) == &exhibit_type &&
            d.result.keys[i].id != whole->key.id && nth-- == 0)
            return d.result.keys[i];
    return (struct record_key){ 0 };
}

static void split(void)
{
    const struct person *who = anybody();
    struct thing *whole = anything();
    struct when when = some_time(whole);
    int64_t left = left_of(whole), part = 1 + below(100), used = below(3), lost = below(3);
    int64_t over = one_in(5) ? 1 : 0;
    char parts[80], typed_used[32], typed_lost[32];
    uint64_t second;
    bool saved;

    if (left < 120 || thing_count + 8 > THINGS || !one_in(3))
        return;
    snprintf(parts, sizeof parts, "%lld %s; %lld %s", (long long)part, whole->goods->unit,
             (long long)(left - part - used - lost + over), whole->goods->unit);
    snprintf(typed_used, sizeof typed_used, "%lld %s", (long long)used, whole->goods->unit);
    snprintf(typed_lost, sizeof typed_lost, "%lld %s", (long long)lost, whole->goods->unit);
    second = one_in(3) ? 0 : confirm(who, NULL);
    saved = act(who, "exhibit-split", &whole->key,
                TYPED("parts", parts, "used_up", typed_used, "lost", typed_lost, "occurred",
                      when.typed));
    must_not(over > 0 || when.future || (whole->goods->two && second == 0), saved,
             "a split that does not add up or that one officer did");
    if (!saved)
        return;
    check_two(whole, signers_of_last());
    new_part(whole, other_made(whole, 0), part, &when, who);
    new_part(whole, other_made(whole, 1), left - part - used - lost, &when, who);
    whole->left = 0;
    whole->used += used;
    whole->lost += lost;
    took(whole, &(struct said){ .action = "split",
                                .minute = when.minute,
                                .state = "E17",
                                .actor = officer_of(who) });
    mass_agrees(whole);
}

static void sample(void)
{
    const struct person *who = anybody();
    struct thing *whole = anything();
    struct when when = some_time(whole);
    int64_t left = left_of(whole), part = one_in(10) ? left + 1 : 1 + below(5);
    char typed[32];
    uint64_t second;
    bool saved;

    if (thing_count + 8 > THINGS || whole->goods->stands || !one_in(3))
        return;
    snprintf(typed, sizeof typed, "%lld %s", (long long)part, whole->goods->unit);
    second = one_in(3) ? 0 : confirm(who, NULL);
    saved = act(who, "exhibit-sample", &whole->key,
                TYPED("quantity", typed, "occurred", when.typed));
    must_not(part > left || when.future || (whole->goods->two && second == 0), saved,
             "a sample larger than the whole or that one officer took");
    if (!saved)
        return;
    check_two(whole, signers_of_last());
    new_part(whole, other_made(whole, 0), part, &when, who);
    whole->left = left - part;
    took(whole, &(struct said){
                    .action = "sampled", .minute = when.minute, .actor = officer_of(who) });
    mass_agrees(whole);
}

static void use_up(void)
{
    const struct person *who = anybody();
    struct thing *thing = anything();
    struct when when;
    int64_t left, used;
    char typed[32];
    bool saved;

    for (int i = 0; i < 20 && thing->parent == NOTHING; i++)
        thing = anything();
    when = some_time(thing);
    left = left_of(thing);
    used = one_in(10) ? left + 1 : one_in(3) ? left : below(3);
    snprintf(typed, sizeof typed, "%lld %s", (long long)used, thing->goods->unit);
    saved = act(who, "exhibit-use-up", &thing->key,
                TYPED("quantity", typed, "certificate", "C 1", "occurred", when.typed));
    must_not(used > left || when.future, saved, "more was used than there was");
    if (!saved)
        return;
    thing->left = left - used;
    thing->used += used;
    took(thing, &(struct said){ .action = "used_up",
                                .minute = when.minute,
                                .state = thing->left == 0 ? "E18" : NULL,
                                .actor = officer_of(who) });
    mass_agrees(thing);
}

static void join(void)
{
    const struct person *who = anybody();
    struct thing *part = anything(), *whole;
    struct when when;
    bool was_split, gone, right, saved;
    int64_t left;

    for (int i = 0; i < 20 && part->parent == NOTHING; i++)
        part = anything();
    right = part->parent != NOTHING && !one_in(10);
    whole = right ? &things[part->parent] : anything();
    when = some_time(part);
    was_split = is_now(whole, "E17");
    gone = is_now(whole, "E25");
    if (one_in(2))
        confirm(who, NULL);
    saved = act(who, "exhibit-join", &whole->key,
                TYPED("exhibits", part->number, "occurred", when.typed));
    must_not(part->parent != whole - things || when.future || gone, saved,
             "joined to another's whole");
    if (!saved)
        return;
    left = left_of(part);
    whole->left = left_of(whole) + left;
    part->left = 0;
    part->gave_back += left;
    part->joined = true;
    took(part, &(struct said){ .action = "joined",
                               .minute = when.minute,
                               .holder = now_of(whole)->holder,
                               .located = now_of(whole)->located,
                               .state = "E25",
                               .actor = officer_of(who) });
    took(whole, &(struct said){ .action = "took_in",
                                .minute = when.minute,
                                .state = was_split ? "E02" : NULL,
                                .actor = officer_of(who) });
    mass_agrees(whole);
    mass_agrees(part);
}

static void amend(void)
{
    struct thing *thing = anything();
    char typed[32];
    bool saved;

    if (!one_in(4) || thing->goods->stands)
        return;
    snprintf(typed, sizeof typed, "%lld %s", (long long)thing->quantity + 1,
             thing->goods->unit);
    saved = act(anybody(), "exhibit-amend", &thing->key, TYPED("quantity", typed));
    must_not(thing->left != NOTHING || thing->parent != NOTHING, saved,
             "the quantity of what has parts was typed over");
    if (saved)
        thing->quantity++;
}

/* ---- open on the table ---- */

struct table {
    struct record_key key;
    struct thing *things[ITEMS];
    size_t count;
    uint64_t officer, second;
    bool closed;
};
static struct table tables[HANDS];
static size_t table_count;

static void open_on_table(void)
{
    const struct person *who = anybody();
    struct listed list;
    struct when when;
    struct table *table;
    uint64_t second;
    bool saved, wrong = false;

    if (table_count == HANDS)
        table_count = HANDS / 2; /* those are left as they are */
    list_some(&list, false);
    when = some_time(list.things[0]);
    for (size_t i = 0; i < list.count; i++)
        wrong |= list.things[i]->goods->stands || open_in(list.things[i]) != 0;
    second = confirm(who, NULL);
    saved = act(who, "exhibit-open", NULL,
                TYPED("exhibits", list.typed, "located", "KCC", "purpose", "count", "occurred",
                      when.typed));
    must_not(wrong || when.future || second == 0 || second == officer_of(who), saved,
             "opened by one officer, or twice");
    if (!saved)
        return;
    assert_int_equal(signers_of_last(), 2);
    table = &tables[table_count++];
    *table = (struct table){ .key = key_made(&opening_type, 0),
                             .count = list.count,
                             .officer = officer_of(who),
                             .second = second };
    memcpy(table->things, list.things, sizeof table->things);
    all_took(&list, (struct said){ .action = "opened",
                                   .minute = when.minute,
                                   .holder = officer_of(who),
                                   .located = place_kept,
                                   .releaser = officer_of(who),
                                   .opening = table->key.id,
                                   .unsealed = true,
                                   .actor = officer_of(who) });
}

/* Sealed by whoever has a seal. */
static void seal_again(struct thing *thing)
{
    struct seal *seal = seal_for(0);
    const struct person *who = person_of(seal->owner);
    bool was_new = is_now(thing, "E01");

    if (seal->state != ISSUED ||
        !act(who, "exhibit-seal", &thing->key, TYPED("seal", seal->number)))
        return;
    seal->state = USED;
    took(thing, &(struct said){ .action = "sealed",
                                .minute = minute_now(),
                                .state = was_new ? "E02" : NULL,
                                .seal_on = seal->number,
                                .actor = officer_of(who) });
}

static void close_table(void)
{
    struct table *table = table_count > 0 ? &tables[below((unsigned)table_count)] : NULL;
    const struct person *who;
    uint64_t second;
    bool bare = false, saved, others;

    if (!table)
        return;
    for (size_t i = 0; i < table->count; i++) {
        struct thing *thing = table->things[i];

        if (open_in(thing) == table->key.id && !seal_at(thing, INT64_MAX)[0] && !one_in(8))
            seal_again(thing);
        bare |= open_in(thing) == table->key.id && !seal_at(thing, INT64_MAX)[0] &&
                left_of(thing) > 0;
    }
    who = one_in(5) ? anybody() : person_of(table->officer);
    second = confirm(who, one_in(5) ? NULL : person_of(table->second));
    others = !(officer_of(who) == table->officer && second == table->second) &&
             !(officer_of(who) == table->second && second == table->officer);
    saved = act(who, "opening-close", &table->key, NULL);
    must_not(table->closed || bare || second == 0 || second == officer_of(who), saved,
             "closed with goods that lie open, by one, or twice");
    if (!saved)
        return;
    table->closed = true;
    for (size_t i = 0; i < table->count; i++)
        if (open_in(table->things[i]) == table->key.id)
            took(table->things[i], &(struct said){ .action = "opening_closed",
                                                   .minute = minute_now(),
                                                   .opening = table->key.id,
                                                   .mark = others,
                                                   .actor = officer_of(who) });
}

#endif
