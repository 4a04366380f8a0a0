/* Random officers do random things with exhibits, right ones and wrong ones, late ones, at two terminals at once; a plain model
 * says after each what must hold: no package in two places, no gap without a discrepancy, nothing out of order without a late
 * mark, no critical move without a second signature or an outside receipt, nothing gained or lost between parts, and what was
 * refused changed nothing. At last the store is verified, custody included.
 *
 * EXHIBIT_ROOM_ACTS=100000 says how many acts, CHECK_SEED=n repeats a run. */
#include "core/change/mirror.h"
#include "core/change/verify.h"
#include "core/model/custody_verify.h"
#include "core/model/handover.h"
#include "core/model/opening.h"
#include "core/model/place.h"
#include "tests/unit/exhibit_room.h"

enum {
    ACTS = 3000,
    THINGS = 4000,
    SEALS = 8000,
    HANDS = 400,
    ITEMS = 3,
    FAILURES_SAID = 20,
    RARE = 3
};

static struct thing things[THINGS];
static size_t thing_count;
static struct record_key seizure;
static int64_t seizure_minute;

struct person {
    struct session *session;
    const char *number;
};
static struct session clerk_again; /* the same clerk at a second terminal */
static const struct person people[] = {
    { &d.desk, "D-1204" },   { &d.desk2, "D-1205" },      { &d.clerk, "C-0311" },
    { &d.clerk2, "C-0312" }, { &d.supervisor, "S-0102" }, { &clerk_again, "C-0311" },
};
enum { PEOPLE = sizeof people / sizeof *people };

struct seal {
    char number[12];
    uint64_t owner;
    enum { ISSUED, USED, SPOILED } state;
    struct record_key key;
};
static struct seal seals[SEALS];
static size_t seal_count;

struct shelf {
    char number[8];
    bool temporary, closed, two;
    int capacity;
    char only[8]; /* who may enter; empty: everybody */
    uint64_t id;
};
static struct shelf shelves[] = {
    { .number = "KC-R1" },
    { .number = "KC-R2" },
    { .number = "RACK-A" },
    { .number = "RACK-B" },
    { .number = "LOCK-1", .temporary = true },
    { .number = "SMALL", .capacity = 4 },
    { .number = "CAGE", .only = "C-0312" },
    { .number = "SHUT", .closed = true },
    { .number = "VAULT", .two = true },
};
enum { SHELVES = sizeof shelves / sizeof *shelves };

enum hand_state { RELEASED, ANSWERED, OPEN, CLOSED };
struct hand {
    struct record_key key;
    enum hand_state state;
    uint64_t from, to, destination, opener;
    int64_t minute;
    const char *action; /* scanned */
    struct {
        int thing;
        bool back;
        struct happened before;
        size_t event;
    } items[24];
    size_t count;
};
static struct hand hands[HANDS];
static size_t hand_count;

static const struct goods goods[] = {
    { "DIG.PHO", "pc", NULL, false, false, false },
    { "DUT.CIG", "stick", NULL, false, false, false },
    { "DRG.HER", "g", "500 g", true, true, false },
    { "PRC.GLD", "g", NULL, true, false, false },
    { "CSH.HKD", "hkd", NULL, true, false, false },
    { "CNV.LGV", "vehicle", NULL, false, false, true },
};

static uint64_t holder_body, place_kept; /* XGL; where vehicles stand */

static uint64_t id_by_number(const struct record_type *type, const char *number)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(record_by_number(txn, type, text_of(number), 0, d.arena, &record), ERR_OK);
    return record->key.id;
}

/* ---- doing ---- */

static struct tally_ {
    const char *name;
    unsigned saved, refused;
} tallies[64];
static unsigned acts_run;

static struct tally_ *tally_of(const char *name)
{
    struct tally_ *tally = tallies;

    while (tally->name && strcmp(tally->name, name) != 0)
        tally++;
    tally->name = name;
    return tally;
}

static const struct person *anybody(void)
{
    return &people[below(PEOPLE)];
}

static const struct person *person_of(uint64_t officer)
{
    for (size_t i = 0; i < PEOPLE; i++)
        if (people[i].session->officer == officer)
            return &people[i];
    return NULL;
}

static uint64_t officer_of(const struct person *person)
{
    return person->session->officer;
}

/* Another person at the same screen, as a rule; sometimes nobody, sometimes the same one twice. */
static uint64_t confirm(const struct person *who, const struct person *wanted)
{
    const struct person *other = wanted ? wanted : anybody();

    if (one_in(8))
        return 0;
    if (one_in(12))
        other = anybody();
    who->session->other = other->session->signer;
    return officer_of(other);
}

static size_t signers_of_last(void)
{
    AUTO_TXN struct txn *txn = NULL;
    struct bytes bytes;
    struct leaf leaf;
    struct statement statement;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(txn_leaf(txn, d.result.sequence, d.arena, &bytes), ERR_OK);
    assert_int_equal(leaf_decode(&leaf, bytes), ERR_OK);
    assert_int_equal(statement_decode(&statement, d.arena, leaf.statement), ERR_OK);
    if (statement.signature_count == 2)
        assert_true(statement.signatures[0].officer != statement.signatures[1].officer);
    return statement.signature_count;
}

/* Does it or not; what is refused changes nothing. */
static bool act(const struct person *who, const char *name, const struct record_key *subject,
                const char *const *typed)
{
    uint64_t before, after;
    enum err err;

    assert_int_equal(store_size(d.t.store, &before), ERR_OK);
    err = does(&d, who->session, name, subject, typed);
    secret_clear(&who->session->other, sizeof who->session->other);
    assert_int_equal(store_size(d.t.store, &after), ERR_OK);
    if (err == ERR_OK)
        tally_of(name)->saved++;
    else
        tally_of(name)->refused++;
    acts_run++;
    assert_int_equal(after, before + (err == ERR_OK));
    if (err != ERR_OK && err != ERR_INVALID && err != ERR_REFUSED && err != ERR_CONFLICT &&
        err != ERR_MISSING)
        fail_here(last_failure()->id);
    return err == ERR_OK;
}

static void must_not(bool wrong, bool was_done, const char *why)
{
    if (wrong && was_done)
        fail_here(why);
}

static struct record_key key_made(const struct record_type *type, size_t nth)
{
    for (size_t i = 0; i < d.result.count; i++)
        if (type_of_key(&d.result.keys[i]) == type && nth-- == 0)
            return d.result.keys[i];
    return (struct record_key){ 0 };
}

/* ---- what is said ---- */

static struct thing *anything(void)
{
    return &things[below((unsigned)thing_count)];
}

static int64_t minute_now(void)
{
    return department_now / MINUTE_MS;
}

struct when {
    int64_t minute;
    bool future;
    bool
        paper; /* done on paper an hour ago or more: what breaks a rule is entered and marked */
    char typed[40];
};

static struct when some_time(const struct thing *thing)
{
    struct when when = { .minute = minute_now() };
    int64_t first = thing && thing->count > 0 ? thing->events[0].minute : when.minute;

    if (one_in(10))
        when.minute -= below(6 * 60);
    else if (one_in(25))
        when.minute = first + (int64_t)below((unsigned)(when.minute - first + 1));
    else if (one_in(60))
        when.minute -= 10 * DAY_MINUTES;
    else if (one_in(60)) {
        when.future = true;
        when.minute += 10 + below(1000);
    }
    when.paper = minute_now() - when.minute >= 60 && one_in(2);
    moment_print(when.typed, moment_of_ms(when.minute * MINUTE_MS, OFFSET_HONG_KONG));
    return when;
}

struct listed {
    struct thing *things[ITEMS];
    struct said said[ITEMS]; /* what is said of each besides what is said of all */
    size_t count;
    char typed[400];
};

static const char *other_seal = "ZZ99";

/* Some exhibits as they are typed into a list, with seals and weights, some of them wrong. */
static void list_some(struct listed *out, bool weighed)
{
    size_t wanted = 1 + below(ITEMS), len = 0;

    *out = (struct listed){ 0 };
    for (size_t i = 0; i < wanted; i++) {
        struct thing *thing = anything();
        struct said *said = &out->said[out->count];
        const char *weight = "", *seal = seal_at(thing, INT64_MAX);
        bool twice = false;

        for (size_t k = 0; k < out->count; k++)
            twice |= out->things[k] == thing;
        if (twice)
            continue;
        if (one_in(3) && seal[0])
            said->seal_seen = one_in(4) ? other_seal : seal;
        if (weighed && thing->goods->weighed && !one_in(10)) {
            weight = one_in(12) ? "900 g" : thing->goods->weight;
            said->mark = weight != thing->goods->weight && thing->has_gross;
        }
        out->things[out->count++] = thing;
        len += (size_t)snprintf(out->typed + len, sizeof out->typed - len, "%s%s | | %s | %s",
                                len > 0 ? "; " : "", thing->number,
                                said->seal_seen ? said->seal_seen : "", weight);
    }
}

static bool any_marked(const struct listed *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (open_marks(list->things[i]) > 0)
            return true;
    return false;
}

static bool all_in(const struct listed *list, const char *state)
{
    for (size_t i = 0; i < list->count; i++)
        if (!is_now(list->things[i], state))
            return false;
    return true;
}

/* All of them took this step. */
static void all_took(const struct listed *list, struct said said)
{
    for (size_t i = 0; i < list->count; i++) {
        said.seal_seen = list->said[i].seal_seen;
        if (said.seal_seen &&
            strcmp(said.seal_seen, seal_at(list->things[i], said.minute)) == 0)
            said.seal_seen = NULL;
        said.mark = list->said[i].mark;
        took(list->things[i], &said);
    }
}

/* Goods of two officers, shelved, counted or opened: two signed. */
static void check_two(const struct thing *thing, size_t signers)
{
    if (thing->goods->two && signers < 2)
        fail_here("a critical move has one signature only");
}

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
    bool was_split, right, saved;
    int64_t left;

    for (int i = 0; i < 20 && part->parent == NOTHING; i++)
        part = anything();
    right = part->parent != NOTHING && !one_in(10);
    whole = right ? &things[part->parent] : anything();
    when = some_time(part);
    was_split = is_now(whole, "E17");
    if (one_in(2))
        confirm(who, NULL);
    saved = act(who, "exhibit-join", &whole->key,
                TYPED("exhibits", part->number, "occurred", when.typed));
    must_not(part->parent != whole - things || when.future, saved, "joined to another's whole");
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

/* ---- a run ---- */

static void set_up(void)
{
    department_open(&d);
    enter(&d, &clerk_again, "C-0311");
    for (size_t i = 2; i < SHELVES; i++) {
        const struct shelf *shelf = &shelves[i];
        char capacity[8];

        snprintf(capacity, sizeof capacity, "%d", shelf->capacity);
        done(&d,
             does(&d, &d.administrator, "location-add", NULL,
                  TYPED("number", shelf->number, "name", "x", "location_kind",
                        shelf->temporary ? "locker" : "rack", "state",
                        shelf->closed ? "closed" : "open", "temporary",
                        shelf->temporary ? "yes" : "no", "two_officers",
                        shelf->two ? "yes" : "no", shelf->capacity > 0 ? "capacity" : "remark",
                        shelf->capacity > 0 ? capacity : "-",
                        shelf->only[0] ? "may_enter" : "temperature",
                        shelf->only[0] ? shelf->only : "-")));
    }
    for (size_t i = 0; i < SHELVES; i++)
        shelves[i].id = id_by_number(&location_type, shelves[i].number);
    holder_body = id_by_number(&formation_type, "XGL");
    place_kept = id_by_number(&place_type, "KCC");
    new_seizure();
    for (int i = 0; i < 5; i++)
        issue_seals();
    for (int i = 0; i < 10; i++)
        add_thing();
}

static void say_fault(const struct message *message, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text words = sentence(arena, message, LANGUAGE_EN);
    int *said = context;

    if (++*said <= FAILURES_SAID)
        print_error("%.*s\n", (int)words.len, words.data);
}

static void verify_all(void)
{
    int said = 0;
    struct verify_options options = {
        .depth = VERIFY_ALL, .meaning = custody_verify, .fault = say_fault, .context = &said
    };
    struct verify_report report;

    temporary_finish(&d.t);
    assert_int_equal(mirror_catch_up(d.t.store), ERR_OK);
    if (verify_store(d.t.store, &options, &report) != ERR_OK)
        fail_here(last_failure()->id);
}

static void all_agree(void)
{
    for (size_t i = 0; i < thing_count; i++) {
        exhibit_agrees(&things[i]);
        mass_agrees(&things[i]);
        if (i % 20 == 0) {
            arena_reset(d.arena);
            arena_reset(d.t.arena);
        }
    }
}

static void whatever_is_done_the_chain_hides_nothing(void **state)
{
    static void (*const steps[])(void) = {
        add_thing,     issue_seals, put_seal,    put_seal,      spoil_seal,    hand_over,
        hand_over,     hand_over,   release,     release,       answer,        answer,
        answer,        shelve,      shelve,      shelve,        keep_in_place, send_out,
        send_out,      take_back,   take_back,   take_back,     lose,          write_off,
        resolve,       resolve,     resolve,     say_something, end_hold,      weigh,
        count,         count,       split,       sample,        use_up,        join,
        amend,         open_hand,   scan_item,   scan_item,     scan_item,     scan_item,
        open_on_table, close_table, close_table, count_in,      unscan_item,   close_hand,
    };
    const char *wanted = getenv("EXHIBIT_ROOM_ACTS");
    int never = 0; /* acts that were never done: a short run misses some */
    unsigned limit = wanted ? (unsigned)strtoul(wanted, NULL, 10) : ACTS;

    (void)state;
    random_state = check_seed();
    set_up();
    while (acts_run < limit) {
        unsigned step = below(sizeof steps / sizeof *steps);

        if (thing_count > limit / 40 + 40 && steps[step] == add_thing)
            continue;
        department_now += (int64_t)below(30) * MINUTE_MS;
        steps[step]();
        arena_reset(d.arena);
        arena_reset(d.t.arena);
        if (acts_run % 1000 == 0)
            all_agree();
    }
    all_agree();
    for (struct tally_ *tally = tallies; tally->name; tally++)
        print_message("# %-28s %6u saved %6u refused\n", tally->name, tally->saved,
                      tally->refused);
    verify_all();
    for (struct tally_ *tally = tallies; tally->name; tally++)
        never += tally->saved == 0;
    assert_true(never <= (limit < 10 * ACTS ? RARE : 0));
    session_end(&clerk_again);
    department_close(&d);
    for (size_t i = 0; i < thing_count; i++)
        free(things[i].events);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_done_the_chain_hides_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
