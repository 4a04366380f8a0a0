/* Random officers do random things with exhibits, right ones and wrong ones, late ones, at two terminals at once; a plain model
 * says after each what must hold: no package in two places, no gap without a discrepancy, nothing out of order without a late
 * mark, no critical move without a second signature or an outside receipt, nothing gained or lost between parts, and what was
 * refused changed nothing. At last the store is verified, custody included.
 *
 * EXHIBIT_ROOM_ACTS=100000 says how many acts, CHECK_SEED=n repeats a run. */
#include <sys/resource.h>

#include "core/change/mirror.h"
#include "core/change/verify.h"
#include "core/model/custody_verify.h"
#include "tests/unit/exhibit_room_disposal.h"

/* ---- a run ---- */

static void set_up(void)
{
    department_open(&d);
    enter(&d, &clerk_again, "C-0311");
    set_boss(&bosses[0]);
    set_boss(&bosses[1]);
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

/* Time of the processor that processes of verification have taken until now. */
static int64_t verifying_ms(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_CHILDREN, &usage), 0);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000 +
           (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

static void verify_all(void)
{
    int said = 0;
    struct verify_options options = {
        .depth = VERIFY_ALL, .meaning = custody_verify, .fault = say_fault, .context = &said
    };
    struct verify_report report;
    int64_t begun, whole;
    size_t events = 0;

    temporary_finish(&d.t);
    assert_int_equal(mirror_catch_up(d.t.store), ERR_OK);
    begun = verifying_ms();
    if (verify_store(d.t.store, &options, &report) != ERR_OK)
        fail_here(last_failure()->id);
    whole = verifying_ms() - begun;
    for (size_t i = 0; i < thing_count; i++)
        events += things[i].count;
    if (events < MEASURED)
        return;
    options.meaning = NULL;
    begun = verifying_ms();
    assert_int_equal(verify_store(d.t.store, &options, &report), ERR_OK);
    print_message("# %zu events of %zu exhibits: custody verified in %lld ms of %lld\n", events,
                  thing_count, (long long)(whole - (verifying_ms() - begun)), (long long)whole);
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
        add_thing,     issue_seals,   put_seal,    put_seal,      spoil_seal,    hand_over,
        hand_over,     hand_over,     release,     release,       answer,        answer,
        answer,        shelve,        shelve,      shelve,        keep_in_place, send_out,
        send_out,      take_back,     take_back,   take_back,     lose,          write_off,
        resolve,       resolve,       resolve,     say_something, end_hold,      weigh,
        count,         count,         split,       sample,        use_up,        join,
        amend,         open_hand,     scan_item,   scan_item,     scan_item,     scan_item,
        open_on_table, end_case,      set_legal,   make_ready,    draft_batch,   draft_batch,
        submit_batch,  approve_batch, start_batch, look_at_door,  finish_batch,  close_table,
        close_table,   count_in,      unscan_item, close_hand,
    };
    const char *wanted = getenv("EXHIBIT_ROOM_ACTS"), *again = getenv("CHECK_SEED");
    unsigned seed = again ? (unsigned)strtoul(again, NULL, 10) : 1;
    int never = 0; /* acts that were never done: a short run misses some */
    unsigned limit = wanted ? (unsigned)strtoul(wanted, NULL, 10) : ACTS;

    (void)state;
    random_state = seed;
    print_message("# seed %u\n", seed);
    set_up();
    while (acts_run < limit) {
        unsigned step = below(sizeof steps / sizeof *steps);

        if (thing_count > limit / 25 + 60 &&
            (steps[step] == add_thing || steps[step] == make_ready))
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
    session_end(&chief);
    session_end(&preparer);
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
