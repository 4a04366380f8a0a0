/* Random acts against a plain model in memory: after each the store must say what the model says. SEED=n and
 * SEEDS=n in the environment choose where to begin and how many to run. */
#include "core/change/change.h"

#include <stdlib.h>
#include <string.h>

#include "core/model/choices.h"
#include "core/model/custody_event.h"
#include "core/model/elements.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "tests/unit/plain_model.h"

static unsigned running; /* the seed */

/* ---- random records ---- */

static struct bitext words_of(struct model *m)
{
    struct bitext out = { .en = arena_printf(m->t.arena, "%s %s", words_en[below(m, WORDS)],
                                             words_en[below(m, WORDS)]) };

    if (below(m, 2) == 0)
        out.zh = arena_printf(m->t.arena, "%s%s", words_zh[below(m, WORDS)],
                              words_zh[below(m, WORDS)]);
    return out;
}

static struct text number_of(struct model *m, const char *letters, unsigned count)
{
    return arena_printf(m->t.arena, "%s%u", letters, below(m, count));
}

static struct text none(void)
{
    return (struct text){ NULL, 0 };
}

static void random_case(struct model *m, struct case_record *c)
{
    static const char *const chapters[] = { "109", "586", "60" }, *const states[] = {
        "OPEN", "CLOSED", "IN_COURT"
    };
    struct ordinance_item *items = arena_array(m->t.arena, 3, sizeof *items);

    c->number = below(m, 4) == 0 ? none() : number_of(m, "K", 60);
    c->state = below(m, 4) == 0 ? none() : text_of(states[below(m, 3)]);
    c->title = words_of(m);
    c->opened = date_make(2023, (int)below(m, 12) + 1, 21);
    c->officer = m->officers[below(m, 2)];
    c->ordinances = (struct list){ items, below(m, 4) };
    for (size_t i = 0; i < c->ordinances.count; i++)
        items[i].ordinance = text_of(chapters[below(m, 3)]);
    c->bring_up = below(m, 2) == 0 ? 0 : date_make(2024, 1, (int)below(m, 28) + 1);
    c->value =
        below(m, 2) == 0 ? (struct money){ 0, "" } : (struct money){ below(m, 1000), "HKD" };
}

static void random_location(struct model *m, struct location_record *l)
{
    l->number = number_of(m, "KC-", 60);
    l->state = text_of(choices_location_state[below(m, 2)].code);
    l->name = words_of(m);
    l->location_kind = text_of(choices_location[0].code);
    l->barcode = below(m, 2) == 0 ? none() : number_of(m, "B", 40);
}

static void random_values(struct model *m, struct record *record)
{
    if (record->type == &bare_types[BARE_case])
        random_case(m, (struct case_record *)record);
    else
        random_location(m, (struct location_record *)record);
}

static struct record *random_record(struct model *m)
{
    struct record *record =
        record_new(m->t.arena, &bare_types[below(m, 2) == 0 ? BARE_case : BARE_location]);

    random_values(m, record);
    return record;
}

/* ---- what must come of it ---- */

static bool same_number(const struct index_row *row, const struct record *a,
                        const struct record *b)
{
    const struct field *field = field_find(a->type, row->fields[0]);

    return a->type == b->type && field_present(field, a) &&
           value_equal(field, field_value(field, a), field_value(field, b));
}

static bool clashes(const struct record *a, const struct record *b)
{
    for (size_t i = 0; i < a->type->index_count; i++)
        if (a->type->indexes[i].unique && same_number(&a->type->indexes[i], a, b))
            return true;
    return false;
}

/* Does a staged record want a number that another one has, or wants too? */
static bool any_clash(const struct model *m, struct record *const *staged, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < m->count; k++)
            if (record_key_compare(&m->items[k].key, &staged[i]->key) != 0 &&
                clashes(staged[i], newest(&m->items[k])))
                return true;
        for (size_t k = 0; k < i; k++)
            if (clashes(staged[i], staged[k]))
                return true;
    }
    return false;
}

/* The store said that it saved these. */
static void remember(struct model *m, struct record *const *staged, size_t count, bool undo)
{
    struct act *act = &m->acts[m->act_count++];

    assert_int_equal(m->t.result.count, count);
    *act = (struct act){ .sequence = m->t.result.sequence, .count = count };
    for (size_t i = 0; i < count; i++) {
        const struct record_key *key = &m->t.result.keys[i];
        struct item *item = item_of(m, key);
        struct record *kept = record_copy(m->t.arena, staged[i]);

        assert_true(undo || staged[i]->key.id == 0 || staged[i]->key.n != key->n ||
                    record_key_compare(&staged[i]->key, key) == 0);
        if (!item) {
            assert_true(m->count < RECORDS);
            item = &m->items[m->count++];
            item->key = *key;
        }
        kept->key = *key;
        kept->revision = item->count + 1;
        kept->sequence = act->sequence;
        item->versions[item->count++] = (struct version){ kept, m->t.result.time_ms };
        act->items[i].item = item;
        act->items[i].revision = kept->revision;
    }
    m->saved++;
}

static void save_and_expect(struct model *m, struct record **staged, size_t count)
{
    enum err expected = any_clash(m, staged, count) ? ERR_INVALID : ERR_OK;

    assert_int_equal(temporary_save(&m->t, "record.save", staged, count), expected);
    if (expected == ERR_OK)
        remember(m, staged, count, false);
    m->invalid += expected == ERR_INVALID;
}

/* ---- acts ---- */

static void make(struct model *m)
{
    struct record *staged[3];
    size_t count = below(m, 3) + 1;

    for (size_t i = 0; i < count; i++)
        staged[i] = random_record(m);
    save_and_expect(m, staged, count);
}

/* A case or a location that is there; NULL: none yet. */
static struct item *some_item(struct model *m)
{
    struct item *item = m->count > 0 ? &m->items[below(m, (unsigned)m->count)] : NULL;

    return item && item->key.family == 0 && newest(item)->type != &bare_types[BARE_officer]
               ? item
               : NULL;
}

static void amend(struct model *m)
{
    struct item *first = some_item(m), *second = some_item(m);
    struct record *staged[2];
    size_t count = 0;

    if (first)
        staged[count++] = record_copy(m->t.arena, newest(first));
    if (second && second != first)
        staged[count++] = record_copy(m->t.arena, newest(second));
    for (size_t i = 0; i < count; i++)
        random_values(m, staged[i]);
    if (count > 0)
        save_and_expect(m, staged, count);
}

static void set_voided(struct model *m)
{
    struct item *item = some_item(m);
    struct record *staged;

    if (!item)
        return;
    staged = record_copy(m->t.arena, newest(item));
    *(enum flag *)field_place(field_find(staged->type, TAG_VOIDED), staged) =
        below(m, 3) == 0 ? FLAG_NO : FLAG_YES;
    save_and_expect(m, &staged, 1);
}

static void amend_too_late(struct model *m)
{
    struct item *item = some_item(m);
    struct record *staged[2] = { random_record(m), NULL };

    if (!item || item->count < 2)
        return;
    staged[1] = record_copy(m->t.arena, item->versions[below(m, item->count - 1)].record);
    random_values(m, staged[1]);
    assert_int_equal(temporary_save(&m->t, "record.save", staged, 2), ERR_CONFLICT);
    assert_non_null(m->t.result.conflict);
    assert_true(record_equal(m->t.result.conflict, newest(item)));
    assert_int_equal(m->t.result.conflict->revision, item->count);
    m->conflicts++;
}

static void amend_wrongly(struct model *m)
{
    struct item *item = some_item(m);
    struct record *staged[2] = { random_record(m), NULL };
    const struct field *field;

    if (!item)
        return;
    staged[1] = record_copy(m->t.arena, newest(item));
    field =
        field_named(staged[1]->type,
                    staged[1]->type == &bare_types[BARE_case] ? TEXT("title") : TEXT("name"));
    memset(field_place(field, staged[1]), 0, sizeof(struct bitext));
    assert_int_equal(temporary_save(&m->t, "record.save", staged, 2), ERR_INVALID);
    assert_true(m->t.result.findings.count > 0);
    m->invalid++;
}

static enum err put_and_give_up(struct change *change, void *context)
{
    TRY(temporary_build(change, context));
    return fail(ERR_REFUSED, "Given up.");
}

static void give_up(struct model *m)
{
    struct record *staged = random_record(m);
    struct temporary_records wanted = { &staged, 1, NULL };

    assert_int_equal(change_run(&m->t.session, "record.save", put_and_give_up, &wanted,
                                &m->t.result),
                     ERR_REFUSED);
    m->refused++;
}

static void add_event(struct model *m)
{
    struct item *item = some_item(m);
    struct custody_event_record *event = BARE_NEW(m->t.arena, custody_event);
    struct record *staged = &event->head;

    if (!item)
        return;
    event->head.key = (struct record_key){ item->key.id, 1, 0 };
    event->action = text_of(choices_custody[0].code);
    event->occurred = (struct moment){ 20230621, (int16_t)below(m, 1440), OFFSET_HONG_KONG };
    save_and_expect(m, &staged, 1);
}

static void undo(struct model *m)
{
    const struct act *act =
        m->act_count > 0 ? &m->acts[below(m, (unsigned)m->act_count)] : NULL;
    struct record *staged[ACT_ITEMS];
    enum err expected = ERR_OK;

    if (!act)
        return;
    for (size_t i = 0; i < act->count; i++) {
        const struct item *item = act->items[i].item;
        uint32_t revision = act->items[i].revision;
        const struct field *voided = field_find(newest(item)->type, TAG_VOIDED);

        if (item->count != revision || (revision == 1 && !voided)) {
            expected = ERR_REFUSED;
            break;
        }
        staged[i] =
            record_copy(m->t.arena, item->versions[revision > 1 ? revision - 2 : 0].record);
        if (revision == 1)
            *(enum flag *)field_place(voided, staged[i]) = FLAG_YES;
    }
    if (expected == ERR_OK && any_clash(m, staged, act->count))
        expected = ERR_INVALID;
    assert_int_equal(change_undo(&m->t.session, act->sequence, &m->t.result), expected);
    m->refused += expected == ERR_REFUSED;
    m->invalid += expected == ERR_INVALID;
    if (expected != ERR_OK)
        return;
    /* The store goes by key, the model by the order in which the act named them. */
    struct record *ordered[ACT_ITEMS];

    for (size_t i = 0; i < act->count; i++)
        for (size_t k = 0; k < act->count; k++)
            if (record_key_compare(&staged[k]->key, &m->t.result.keys[i]) == 0)
                ordered[i] = staged[k];
    remember(m, ordered, act->count, true);
}

/* ---- the run ---- */

static void add_officers(struct model *m)
{
    struct role_item *role = arena_alloc(m->t.arena, sizeof *role);

    role->role = text_of(choices_role[0].code);
    for (unsigned i = 0; i < 2; i++) {
        struct officer_record *o = BARE_NEW(m->t.arena, officer);
        struct record *staged = &o->head;

        o->number = arena_printf(m->t.arena, "D-%u", i);
        o->state = text_of(choices_officer_state[0].code);
        o->name.en = TEXT("Officer");
        o->roles = (struct list){ role, 1 };
        save_and_expect(m, &staged, 1);
        m->officers[i] = (struct reference){ m->t.result.keys[0].id, 0, 0 };
    }
}

static void run(unsigned seed, unsigned totals[4])
{
    static void (*const acts[])(struct model * m) = {
        make,       make,           make,          amend,   amend,     amend, amend,
        set_voided, amend_too_late, amend_wrongly, give_up, add_event, undo,  undo
    };
    struct model *m = memory_new(sizeof *m);
    uint64_t entries;

    running = seed;
    m->random = seed;
    temporary_make(&m->t);
    add_officers(m);
    for (unsigned i = 2; i < OPERATIONS; i++) {
        acts[below(m, sizeof acts / sizeof *acts)](m);
        if (i % 25 == 24)
            compare(m);
    }
    assert_int_equal(store_size(m->t.store, &entries), ERR_OK);
    assert_int_equal(entries, 1 + m->saved);
    totals[0] += m->saved;
    totals[1] += m->invalid;
    totals[2] += m->conflicts;
    totals[3] += m->refused;
    temporary_remove(&m->t);
    free(m);
    running = 0;
}

static unsigned wanted(const char *name, unsigned preset)
{
    const char *value = getenv(name);

    return value ? (unsigned)strtoul(value, NULL, 10) : preset;
}

static void the_store_says_what_a_plain_model_says_after_any_acts(void **state)
{
    unsigned first = wanted("SEED", 1), count = wanted("SEEDS", 200), totals[4] = { 0 };

    (void)state;
    for (unsigned i = 0; i < count; i++)
        run(first + i, totals);
    assert_true(count < 10 ||
                (totals[0] > 0 && totals[1] > 0 && totals[2] > 0 && totals[3] > 0));
    print_message("# seeds %u to %u: %u acts saved, %u invalid, %u too late, %u refused\n",
                  first, first + count - 1, totals[0], totals[1], totals[2], totals[3]);
}

static int name_seed(void **state)
{
    (void)state;
    if (running != 0)
        print_error("# failed with SEED=%u\n", running);
    return 0;
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_teardown(the_store_says_what_a_plain_model_says_after_any_acts, name_seed),
};

int main(void)
{
    bare_types_make();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
