/* Who works in the exhibit room of random tests, with which seals and shelves; how acts are done and what is said of them. What is
 * refused changes nothing. */
#ifndef TIDEWAITER_TESTS_EXHIBIT_ROOM_PEOPLE_H
#define TIDEWAITER_TESTS_EXHIBIT_ROOM_PEOPLE_H

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
    RARE = 4,
    MEASURED = 10000
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

#endif
