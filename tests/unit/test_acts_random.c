/* Random acts on persons, things, reports and follow-ups against a plain model: what may be done is done, what may not is
 * refused, and states, relations and counters are what the model says, also after undoing. At last the store is
 * verified and built again from its journal. SEED=n and SEEDS=n choose where to begin and how many to run. */
#include <stdio.h>
#include <stdlib.h>

#include "core/change/mirror.h"
#include "core/change/rebuild.h"
#include "core/change/verify.h"
#include "core/model/involvement.h"
#include "core/model/link.h"
#include "core/model/report.h"
#include "core/model/task.h"
#include "tests/department.h"

enum { CASES = 2, PARTIES = 3, THINGS = 3, ROLES = 2, ITEMS = 24, STEPS = 80 };

/* What a report or a follow-up is; "" is none, or voided. */
struct held {
    struct record_key key;
    char state[12];
    bool assessed;
};
struct plain {
    struct held reports[ITEMS], tasks[ITEMS];
    size_t report_count, task_count;
    struct record_key involved[CASES][PARTIES][ROLES]; /* id 0: not */
    struct record_key linked[CASES][THINGS];
};

static struct department d;
static struct plain now, before;
static bool can_undo;
static struct record_key cases[CASES], parties[PARTIES], things[THINGS];
static uint64_t random_state;
static unsigned running, saved, refusals;

static const char *const roles[ROLES] = { "suspect", "witness" };

static unsigned below(unsigned limit)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % limit);
}

/* Does an act that must be done or refused; the key of the first record. */
static struct record_key act(const char *name, const struct record_key *subject,
                             const char *const *typed, bool allowed)
{
    enum err err = does(&d, &d.supervisor, name, subject, typed);

    if (err != (allowed ? ERR_OK : ERR_INVALID))
        print_error("%s: %s\n", name, last_failure()->id);
    assert_int_equal(err, allowed ? ERR_OK : ERR_INVALID);
    saved += allowed;
    refusals += !allowed;
    can_undo |= allowed;
    return allowed ? d.result.keys[0] : (struct record_key){ 0 };
}

static void set_state(struct held *held, const char *state)
{
    if (state != held->state)
        snprintf(held->state, sizeof held->state, "%s", state);
}

static bool is(const struct held *held, const char *state)
{
    return strcmp(held->state, state) == 0;
}

/* One that is there; NULL: none. */
static struct held *some(struct held *items, size_t count)
{
    struct held *held = count > 0 ? &items[below((unsigned)count)] : NULL;

    return held && !is(held, "") ? held : NULL;
}

/* ---- steps ---- */

static void add_report(void)
{
    struct held *held = &now.reports[now.report_count];

    if (now.report_count == ITEMS)
        return;
    held->key = act("report-add", NULL, TYPED("subject", "事由", "details", "詳情"), true);
    set_state(held, "new");
    now.report_count++;
}

static void step_report(void)
{
    struct held *held = some(now.reports, now.report_count);
    bool open = held && (is(held, "new") || is(held, "assessed"));

    if (!held)
        return;
    switch (below(5)) {
    case 0:
        act("report-assess", &held->key, TYPED("assessment", "評估"), open);
        held->assessed |= open;
        set_state(held, open ? "assessed" : held->state);
        break;
    case 1:
        act("report-attach", &held->key, TYPED("of_case", number_of(&d, cases[below(CASES)])),
            open);
        set_state(held, open ? "attached" : held->state);
        break;
    case 2:
        act("report-refer", &held->key, TYPED("referred_to", "XMC", "reason", "theirs"), open);
        set_state(held, open ? "referred" : held->state);
        break;
    case 3:
        act("report-close", &held->key, TYPED("close_reason", "other", "reason", "x"), open);
        set_state(held, open ? "closed" : held->state);
        break;
    default:
        act("report-reopen", &held->key, TYPED("reason", "again"), !open);
        set_state(held, open ? held->state : held->assessed ? "assessed" : "new");
    }
}

static void add_task(void)
{
    struct held *held = &now.tasks[now.task_count];

    if (now.task_count == ITEMS)
        return;
    held->key = act("task-add", NULL,
                    TYPED("what", "跟進", "due", "+7", "about",
                          number_of(&d, below(2) ? cases[0] : parties[0])),
                    true);
    set_state(held, "open");
    now.task_count++;
}

static void step_task(void)
{
    struct held *held = some(now.tasks, now.task_count);
    bool open = held && is(held, "open");

    if (!held)
        return;
    switch (below(5)) {
    case 0:
        act("task-done", &held->key, TYPED("result", "done"), open);
        set_state(held, open ? "done" : held->state);
        break;
    case 1:
        act("task-cancel", &held->key, TYPED("reason", "no"), open);
        set_state(held, open ? "cancelled" : held->state);
        break;
    case 2:
        act("task-postpone", &held->key, NULL, open);
        break;
    case 3:
        act("task-assign", &held->key, TYPED("officer", below(2) ? "D-1204" : "D-1205"), open);
        break;
    default:
        act("task-reopen", &held->key, TYPED("reason", "again"), !open);
        set_state(held, "open");
    }
}

static void step_involve(void)
{
    unsigned c = below(CASES), p = below(PARTIES), r = below(ROLES);
    struct record_key *involved = &now.involved[c][p][r], key;
    bool free = involved->id == 0;

    if (!free && below(3) == 0) {
        act("involvement-void", involved, TYPED("reason", "mistaken"), true);
        *involved = (struct record_key){ 0 };
        return;
    }
    key = act("involvement-add", NULL,
              TYPED("of_case", number_of(&d, cases[c]), "party", number_of(&d, parties[p]),
                    "role", roles[r]),
              free);
    if (free)
        *involved = key;
}

static void step_link(void)
{
    unsigned c = below(CASES), t = below(THINGS);
    struct record_key *linked = &now.linked[c][t], key;
    bool free = linked->id == 0;

    key = act("link-add", NULL,
              TYPED("of_case", number_of(&d, cases[c]), "thing", number_of(&d, things[t]),
                    "how", "carried"),
              free);
    if (free)
        *linked = key;
}

static void step_undo(void)
{
    enum err err;

    d.result = (struct change_result){ .arena = d.arena };
    err = act_undo(&d.supervisor, &d.result);
    if (err != (can_undo ? ERR_OK : ERR_MISSING))
        print_error("undo: %s\n", last_failure()->id);
    assert_int_equal(err, can_undo ? ERR_OK : ERR_MISSING);
    if (can_undo)
        now = before;
    can_undo = false;
}

/* ---- comparing ---- */

static int64_t counted(const struct record_type *type, const char *state)
{
    AUTO_TXN struct txn *txn = NULL;
    struct text code = text_of(state);
    const void *values[] = { &code };
    int64_t count;

    assert_int_equal(store_begin(&txn, d.t.store), ERR_OK);
    assert_int_equal(count_get(txn, type, "by_state", values, 1, &count), ERR_OK);
    return count;
}

static void compare_states(const struct record_type *type, const struct held *items,
                           size_t count, const char *const *states)
{
    for (; *states; states++) {
        int64_t expected = 0;

        for (size_t i = 0; i < count; i++)
            expected += is(&items[i], *states);
        assert_int_equal(counted(type, *states), expected);
    }
    for (size_t i = 0; i < count; i++) {
        const struct record *record = fetch(&d, items[i].key);

        says(items[i].state,
             *(const struct text *)field_value(field_find(type, TAG_STATE), record));
    }
}

static void compare(void)
{
    compare_states(&report_type, now.reports, now.report_count,
                   TYPED("new", "assessed", "attached", "referred", "closed"));
    compare_states(&task_type, now.tasks, now.task_count, TYPED("open", "done", "cancelled"));
    for (size_t i = 0; i < now.report_count; i++) {
        const struct report_record *report = fetch(&d, now.reports[i].key);

        assert_int_equal(report->of_case.id != 0, is(&now.reports[i], "attached"));
    }
}

static void print_fault(const struct message *message, void *context)
{
    (void)context;
    print_error("%s\n", message->id);
}

static void dump_line(struct text line, void *context)
{
    buffer_text(context, line);
    buffer_byte(context, '\n');
}

/* What is derived is true of the records, and the journal alone gives all of it again. */
static void verify_and_rebuild(void)
{
    struct verify_options options = { .depth = VERIFY_ALL, .fault = print_fault };
    struct verify_report report;
    AUTO_BUFFER struct buffer ours = { 0 };
    AUTO_BUFFER struct buffer rebuilt = { 0 };
    char *again = path_join(d.arena, d.t.parent, "again");
    struct store *store;
    uint64_t entries;

    temporary_finish(&d.t);
    assert_int_equal(mirror_catch_up(d.t.store), ERR_OK);
    assert_int_equal(verify_store(d.t.store, &options, &report), ERR_OK);
    assert_int_equal(rebuild_store(d.t.folder, again, NULL, NULL, &entries), ERR_OK);
    assert_int_equal(store_open(&store, again, STORE_READ_ONLY), ERR_OK);
    assert_int_equal(dump_store(d.t.store, dump_line, &ours), ERR_OK);
    assert_int_equal(dump_store(store, dump_line, &rebuilt), ERR_OK);
    store_close(store);
    assert_true(text_equal(buffer_as_text(&ours), buffer_as_text(&rebuilt)));
}

static void run(unsigned seed)
{
    static void (*const steps[])(void) = { add_report, step_report, step_report,  add_task,
                                           step_task,  step_task,   step_involve, step_involve,
                                           step_link,  step_undo };

    running = seed;
    random_state = seed;
    now = before = (struct plain){ 0 };
    can_undo = false;
    department_open(&d);
    for (size_t i = 0; i < CASES; i++)
        cases[i] = open_case(&d);
    for (size_t i = 0; i < PARTIES; i++)
        parties[i] = done(&d, does(&d, &d.desk, "party-add", NULL, TYPED("name", "人士")));
    for (size_t i = 0; i < THINGS; i++)
        things[i] =
            done(&d, does(&d, &d.desk, "thing-add", NULL,
                          TYPED("thing_kind", "vehicle", "identifier",
                                arena_string(d.arena, arena_printf(d.arena, "AB%zu", i)))));
    for (unsigned i = 0; i < STEPS; i++) {
        struct plain held = now;
        unsigned step = below(sizeof steps / sizeof *steps), count = saved;

        steps[step]();
        if (saved != count)
            before = held;
        if (i % 20 == 19)
            compare();
    }
    compare();
    verify_and_rebuild();
    department_close(&d);
    running = 0;
}

static unsigned wanted(const char *name, unsigned preset)
{
    const char *value = getenv(name);

    return value ? (unsigned)strtoul(value, NULL, 10) : preset;
}

static void acts_do_what_a_plain_model_says(void **state)
{
    unsigned first = wanted("SEED", 1), count = wanted("SEEDS", 6);

    (void)state;
    for (unsigned i = 0; i < count; i++)
        run(first + i);
    assert_true(count < 6 || (saved > 0 && refusals > 0));
    print_message("# seeds %u to %u: %u acts saved, %u refused\n", first, first + count - 1,
                  saved, refusals);
}

static int name_seed(void **state)
{
    (void)state;
    if (running != 0)
        print_error("# failed with SEED=%u\n", running);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(acts_do_what_a_plain_model_says, name_seed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
