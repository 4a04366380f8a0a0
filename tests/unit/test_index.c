#include "core/index/index.h"

#include <string.h>

#include "core/model/case.h"
#include "core/model/elements.h"
#include "core/model/exhibit.h"
#include "core/model/handover.h"
#include "core/model/location.h"
#include "core/model/officer.h"
#include "tests/check.h"
#include "tests/temporary_store.h"

/* Writes through the index alone: the old one may be NULL, and so may the new one. */
struct update {
    struct record *old, *new;
    struct bytes spoil; /* an entry that is taken away first */
    struct index_clash clash;
};

static enum err put_envelope(struct txn *txn, const struct record *record, struct bytes payload)
{
    AUTO_BUFFER struct buffer value = { 0 };
    struct envelope envelope = { .revision = record->revision + 1,
                                 .sequence = record->key.id,
                                 .payload = payload };
    uint8_t key[RECORD_KEY];

    record_key_encode(key, &record->key);
    envelope_encode(&value, &envelope);
    return txn_put(txn, TREE_RECORDS, (struct bytes){ key, sizeof key }, buffer_bytes(&value));
}

static enum err run_update(struct txn *txn, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer payload = { 0 };
    struct update *u = context;

    if (u->spoil.len > 0)
        TRY(txn_delete(txn, TREE_INDEXES, u->spoil));
    if (u->new) {
        record_encode(&payload, u->new);
        TRY(put_envelope(txn, u->new, buffer_bytes(&payload)));
    }
    return index_update(txn, u->new ? u->new->type : u->old->type, u->old, u->new, arena,
                        &u->clash);
}

static enum err update(struct temporary_store *t, void *old, void *new)
{
    struct update u = { .old = old, .new = new };

    return store_write(t->store, run_update, &u);
}

static struct exhibit_record *exhibit(struct arena *arena, uint64_t number, const char *label)
{
    struct exhibit_record *e = (struct exhibit_record *)record_new(arena, &exhibit_type);

    e->head.key.id = id_make(exhibit_type.number, 0, number);
    e->number = text_of(label);
    e->state = TEXT("IN_STORE");
    e->commodity = TEXT("CIG");
    return e;
}

static int begin(void **state)
{
    struct temporary_store *t = calloc(1, sizeof *t);

    temporary_make(t);
    *state = t;
    return 0;
}

static int end(void **state)
{
    temporary_remove(*state);
    free(*state);
    return 0;
}

/* The keys of a page by index, as numbers of records. */
static size_t list(struct temporary_store *t, const struct record_type *type, const char *name,
                   const void *const *values, size_t count, enum direction direction,
                   uint64_t *numbers, size_t room)
{
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct index_page page = { .more = true };
    struct bytes resume = { NULL, 0 };
    size_t found = 0;

    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    index_prefix(&prefix, type, index_named(type, name), values, count);
    while (page.more) {
        assert_int_equal(index_page(txn, buffer_bytes(&prefix), resume, direction, 2, t->arena,
                                    &page),
                         ERR_OK);
        for (size_t i = 0; i < page.count; i++) {
            assert_true(found < room);
            numbers[found++] = id_number(page.keys[i].id);
        }
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    }
    return found;
}

static int64_t counted(struct temporary_store *t, const struct record_type *type,
                       const char *name, const void *const *values, size_t count)
{
    AUTO_TXN struct txn *txn = NULL;
    int64_t number;

    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(count_get(txn, type, name, values, count, &number), ERR_OK);
    return number;
}

static void a_record_is_found_by_its_number_in_any_case(void **state)
{
    struct temporary_store *t = *state;
    AUTO_TXN struct txn *txn = NULL;
    struct record *found;

    assert_int_equal(update(t, NULL, exhibit(t->arena, 7, "KC-0007-A")), ERR_OK);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(record_by_number(txn, &exhibit_type, TEXT("kc-0007-a"), 0, t->arena,
                                      &found),
                     ERR_OK);
    assert_int_equal(id_number(found->key.id), 7);
    assert_int_equal(found->revision, 1);
    assert_int_equal(record_by_number(txn, &exhibit_type, TEXT("KC-0007"), 0, t->arena, &found),
                     ERR_MISSING);
}

static void a_page_goes_on_where_the_last_one_ended_in_both_directions(void **state)
{
    struct temporary_store *t = *state;
    const struct text cigarettes = TEXT("CIG"), wine = TEXT("WINE");
    const void *value[] = { &cigarettes };
    uint64_t got[8];

    for (uint64_t i = 1; i <= 5; i++) {
        struct exhibit_record *e =
            exhibit(t->arena, i, arena_printf(t->arena, "N%d", (int)(10 - i)).data);

        if (i == 3)
            e->commodity = wine;
        assert_int_equal(update(t, NULL, e), ERR_OK);
    }
    assert_int_equal(list(t, &exhibit_type, "by_commodity", value, 1, FORWARD, got, 8), 4);
    assert_memory_equal(got, ((uint64_t[]){ 5, 4, 2, 1 }), 4 * sizeof *got);
    assert_int_equal(list(t, &exhibit_type, "by_commodity", value, 1, BACKWARD, got, 8), 4);
    assert_memory_equal(got, ((uint64_t[]){ 1, 2, 4, 5 }), 4 * sizeof *got);
    assert_int_equal(list(t, &exhibit_type, "by_commodity", NULL, 0, FORWARD, got, 8), 5);
    assert_int_equal(got[4], 3);
}

static void an_entry_that_does_not_change_is_not_touched(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record *old = exhibit(t->arena, 1, "A1"), *new = exhibit(t->arena, 1, "A1");
    AUTO_BUFFER struct buffer entry = { 0 };
    const void *values[] = { &old->commodity, &old->number };
    struct update u = { .old = &old->head, .new = &new->head };
    uint64_t got[2];

    new->state = TEXT("AT_COURT");
    assert_int_equal(update(t, NULL, old), ERR_OK);
    index_prefix(&entry, &exhibit_type, index_named(&exhibit_type, "by_commodity"), values, 2);
    index_put_key(&entry, &exhibit_type, &old->head.key);
    u.spoil = buffer_bytes(&entry);
    assert_int_equal(store_write(t->store, run_update, &u), ERR_OK);
    assert_int_equal(list(t, &exhibit_type, "by_commodity", NULL, 0, FORWARD, got, 2), 0);
    values[0] = &new->state;
    assert_int_equal(list(t, &exhibit_type, "by_state", values, 1, FORWARD, got, 2), 1);
    values[0] = &old->state;
    assert_int_equal(list(t, &exhibit_type, "by_state", values, 1, FORWARD, got, 2), 0);
    assert_int_equal(list(t, &exhibit_type, "by_state", NULL, 0, FORWARD, got, 2), 1);
}

static struct case_record *case_under(struct arena *arena, uint64_t number,
                                      const char *const *chapters)
{
    struct case_record *c = (struct case_record *)record_new(arena, &case_type);
    size_t count = 0;

    while (chapters[count])
        count++;
    struct ordinance_item *items = arena_array(arena, count, sizeof *items);

    for (size_t i = 0; i < count; i++)
        items[i].ordinance = text_of(chapters[i]);
    c->ordinances = (struct list){ items, count };
    c->head.key.id = id_make(case_type.number, 0, number);
    return c;
}

static void a_case_stands_under_each_of_its_ordinances_once(void **state)
{
    struct temporary_store *t = *state;
    const struct text ivory = TEXT("586"), duty = TEXT("109");
    const void *value[] = { &ivory }, *other[] = { &duty }, *none[] = { NULL };
    uint64_t got[8];

    assert_int_equal(update(t, NULL,
                            case_under(t->arena, 1,
                                       (const char *const[]){ "586", "60", "586", NULL })),
                     ERR_OK);
    assert_int_equal(update(t, NULL, case_under(t->arena, 2, (const char *const[]){ NULL })),
                     ERR_OK);
    assert_int_equal(list(t, &case_type, "by_ordinance", value, 1, FORWARD, got, 8), 1);
    assert_int_equal(list(t, &case_type, "by_ordinance", NULL, 0, FORWARD, got, 8), 3);
    assert_int_equal(list(t, &case_type, "by_ordinance", none, 1, FORWARD, got, 8), 1);
    assert_int_equal(got[0], 2);
    assert_int_equal(
        update(t, case_under(t->arena, 1, (const char *const[]){ "586", "60", "586", NULL }),
               case_under(t->arena, 1, (const char *const[]){ "109", NULL })),
        ERR_OK);
    assert_int_equal(list(t, &case_type, "by_ordinance", value, 1, FORWARD, got, 8), 0);
    assert_int_equal(list(t, &case_type, "by_ordinance", other, 1, FORWARD, got, 8), 1);
}

static void a_number_that_another_record_bears_is_refused_and_the_record_named(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record *first = exhibit(t->arena, 1, "A1");
    struct update u = { .old = NULL, .new = &exhibit(t->arena, 2, "a1")->head };
    AUTO_TXN struct txn *txn = NULL;
    struct index_clash *clashes;
    size_t count;
    uint64_t got[4];

    assert_int_equal(update(t, NULL, first), ERR_OK);
    assert_int_equal(store_write(t->store, run_update, &u), ERR_CONFLICT);
    assert_string_equal(u.clash.index->name, "by_number");
    assert_int_equal(id_number(u.clash.key.id), 1);
    assert_int_equal(list(t, &exhibit_type, "by_state", NULL, 0, FORWARD, got, 4), 1);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(index_clashes(txn, NULL, u.new, t->arena, &clashes, &count), ERR_OK);
    assert_int_equal(count, 1);
    assert_int_equal(index_clashes(txn, &first->head, &first->head, t->arena, &clashes, &count),
                     ERR_OK);
    assert_int_equal(count, 0);
}

static void records_without_a_number_do_not_clash(void **state)
{
    struct temporary_store *t = *state;
    uint64_t got[4];

    assert_int_equal(update(t, NULL, exhibit(t->arena, 1, NULL)), ERR_OK);
    assert_int_equal(update(t, NULL, exhibit(t->arena, 2, NULL)), ERR_OK);
    assert_int_equal(list(t, &exhibit_type, "by_number", NULL, 0, FORWARD, got, 4), 0);
    assert_int_equal(list(t, &exhibit_type, "by_bag", NULL, 0, FORWARD, got, 4), 2);
}

static void a_sparse_index_holds_only_what_has_the_value(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record *out = exhibit(t->arena, 2, "A2"), *back = exhibit(t->arena, 2, "A2");
    struct exhibit_record *doubted = exhibit(t->arena, 3, "A3"),
                          *settled = exhibit(t->arena, 3, "A3");
    uint64_t got[4];

    out->due = 20230700;
    doubted->discrepancies = (struct integer){ true, 2 };
    settled->discrepancies = (struct integer){ true, 0 };
    assert_int_equal(update(t, NULL, exhibit(t->arena, 1, "A1")), ERR_OK);
    assert_int_equal(update(t, NULL, out), ERR_OK);
    assert_int_equal(update(t, NULL, doubted), ERR_OK);
    assert_int_equal(list(t, &exhibit_type, "by_due", NULL, 0, FORWARD, got, 4), 1);
    assert_int_equal(got[0], 2);
    assert_int_equal(list(t, &exhibit_type, "by_discrepancies", NULL, 0, FORWARD, got, 4), 1);
    assert_int_equal(got[0], 3);
    assert_int_equal(update(t, out, back), ERR_OK);
    assert_int_equal(update(t, doubted, settled), ERR_OK);
    assert_int_equal(list(t, &exhibit_type, "by_due", NULL, 0, FORWARD, got, 4), 0);
    assert_int_equal(list(t, &exhibit_type, "by_discrepancies", NULL, 0, FORWARD, got, 4), 0);
}

static void an_index_of_some_codes_holds_no_others(void **state)
{
    struct temporary_store *t = *state;
    struct handover_record *waits =
        (struct handover_record *)record_new(t->arena, &handover_type);
    struct handover_record *done =
        (struct handover_record *)record_new(t->arena, &handover_type);
    uint64_t got[4];

    waits->head.key.id = done->head.key.id = id_make(handover_type.number, 0, 1);
    waits->state = TEXT("released");
    done->state = TEXT("done");
    assert_int_equal(update(t, NULL, waits), ERR_OK);
    assert_int_equal(list(t, &handover_type, "by_waiting", NULL, 0, FORWARD, got, 4), 1);
    assert_int_equal(update(t, waits, done), ERR_OK);
    assert_int_equal(list(t, &handover_type, "by_waiting", NULL, 0, FORWARD, got, 4), 0);
}

struct entries {
    struct bytes keys[32];
    size_t count;
    struct arena *arena;
};

static void take_entry(enum tree tree, struct bytes key, int64_t delta, void *context)
{
    struct entries *entries = context;

    (void)delta;
    if (tree != TREE_INDEXES)
        return;
    assert_true(entries->count < sizeof entries->keys / sizeof *entries->keys);
    entries->keys[entries->count++] =
        (struct bytes){ arena_copy(entries->arena, key.data, key.len), key.len };
}

static size_t entries_that_moved(struct arena *arena, const struct exhibit_record *old,
                                 const struct exhibit_record *new)
{
    struct entries before = { .arena = arena }, after = { .arena = arena };
    size_t moved = 0;

    index_derive(&old->head, arena, take_entry, &before);
    index_derive(&new->head, arena, take_entry, &after);
    for (size_t i = 0; i < after.count; i++) {
        bool stays = false;

        for (size_t k = 0; k < before.count && !stays; k++)
            stays = before.keys[k].len == after.keys[i].len &&
                    memcmp(before.keys[k].data, after.keys[i].data, after.keys[i].len) == 0;
        moved += !stays;
    }
    return moved;
}

/* Each one more costs every transfer some six pages of the disk. */
static void a_transfer_moves_three_entries_of_an_exhibit(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record *old = exhibit(t->arena, 1, "A1"), *new = exhibit(t->arena, 1, "A1");

    old->legal_status = new->legal_status = TEXT("L01");
    old->holder.id = id_make(officer_type.number, 0, 1);
    new->holder.id = id_make(officer_type.number, 0, 2);
    new->located.id = id_make(location_type.number, 0, 1);
    new->state = TEXT("E03");
    new->last_event = (struct moment){ 20230621, 600, 480 };
    new->state_since = new->last_event;
    new->events = (struct integer){ true, 2 };
    assert_int_equal(entries_that_moved(t->arena, old, new), 3);
}

struct sums {
    size_t count;
    int64_t total;
};

static void add_up(struct bytes values, int64_t number, void *context)
{
    struct sums *sums = context;

    assert_true(values.len > 0);
    sums->count++;
    sums->total += number;
}

static void counters_tell_how_many_and_leave_voided_records_out(void **state)
{
    struct temporary_store *t = *state;
    struct case_record *cases[4];
    const struct text open = TEXT("OPEN"), closed = TEXT("CLOSED");
    const struct reference lee = { id_make(officer_type.number, 0, 1), 0, 0 };
    const void *by_state[] = { &open }, *by_officer[] = { &lee, &open };
    AUTO_TXN struct txn *txn = NULL;
    struct sums sums = { 0 };

    for (uint64_t i = 0; i < 4; i++) {
        cases[i] = case_under(t->arena, i + 1, (const char *const[]){ NULL });
        cases[i]->state = i < 3 ? open : closed;
        if (i != 1)
            cases[i]->officer = lee;
        assert_int_equal(update(t, NULL, cases[i]), ERR_OK);
    }
    assert_int_equal(counted(t, &case_type, "all", NULL, 0), 4);
    assert_int_equal(counted(t, &case_type, "by_state", by_state, 1), 3);
    assert_int_equal(counted(t, &case_type, "by_officer", by_officer, 2), 2);
    assert_int_equal(counted(t, &case_type, "by_officer", by_officer, 1), 3);
    struct case_record voided = *cases[0];

    voided.voided = FLAG_YES;
    assert_int_equal(update(t, cases[0], &voided), ERR_OK);
    assert_int_equal(counted(t, &case_type, "all", NULL, 0), 3);
    assert_int_equal(counted(t, &case_type, "by_officer", by_officer, 1), 2);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(count_each(txn, &case_type, "by_officer", t->arena, add_up, &sums),
                     ERR_OK);
    assert_int_equal(sums.count, 3);
    assert_int_equal(sums.total, 3);
}

static void what_is_gone_leaves_nothing_behind(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record *e = exhibit(t->arena, 1, "A1");
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *keys;
    size_t count;
    uint64_t got[2];

    e->description = (struct bitext){ TEXT("象牙手鐲"), TEXT("ivory bangle") };
    assert_int_equal(update(t, NULL, e), ERR_OK);
    assert_int_equal(update(t, e, NULL), ERR_OK);
    for (size_t i = 0; i < exhibit_type.index_count; i++)
        assert_int_equal(list(t, &exhibit_type, exhibit_type.indexes[i].name, NULL, 0, FORWARD,
                              got, 2),
                         0);
    assert_int_equal(counted(t, &exhibit_type, "all", NULL, 0), 0);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(terms_find(txn, &exhibit_type, TEXT("ivory"), 10, t->arena, &keys, &count),
                     ERR_OK);
    assert_int_equal(count, 0);
}

/* ---- words ---- */

static void describe(struct temporary_store *t, uint64_t number, const char *zh, const char *en)
{
    struct exhibit_record *e = exhibit(t->arena, number, NULL);

    e->description = (struct bitext){ text_of(zh), text_of(en) };
    assert_int_equal(update(t, NULL, e), ERR_OK);
}

static void assert_found(struct temporary_store *t, const struct record_type *type,
                         const char *query, size_t limit, size_t count, ...)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record_key *keys;
    size_t found;
    va_list expected;

    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(terms_find(txn, type, text_of(query), limit, t->arena, &keys, &found),
                     ERR_OK);
    assert_int_equal(found, count);
    va_start(expected, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(id_number(keys[i].id), va_arg(expected, int));
    va_end(expected);
}

static void words_find_the_records_that_hold_them_all_newest_first(void **state)
{
    struct temporary_store *t = *state;

    describe(t, 1, "象牙手鐲一隻", "one ivory bangle");
    describe(t, 2, "未完稅香煙", "cigarettes, ivory white box");
    describe(t, 3, "象牙擺設", "carved ivory bangles");
    assert_found(t, &exhibit_type, "ivory", 10, 3, 3, 2, 1);
    assert_found(t, &exhibit_type, "ivory", 2, 2, 3, 2);
    assert_found(t, &exhibit_type, "ivory bangle", 10, 2, 3, 1);
    assert_found(t, &exhibit_type, "bangle ivory", 10, 1, 1);
    assert_found(t, &exhibit_type, "bang", 10, 2, 3, 1);
    assert_found(t, &exhibit_type, "bang white", 10, 0);
    assert_found(t, &exhibit_type, "象牙", 10, 2, 3, 1);
    assert_found(t, &exhibit_type, "象牙手鐲", 10, 1, 1);
    assert_found(t, &exhibit_type, "象", 10, 2, 3, 1);
    assert_found(t, &exhibit_type, "象 carved", 10, 1, 3);
    assert_found(t, &exhibit_type, "犀角", 10, 0);
    assert_found(t, &exhibit_type, "", 10, 0);
    assert_found(t, &exhibit_type, " ,.", 10, 0);
    assert_found(t, &case_type, "ivory", 10, 0);
}

struct many {
    struct temporary_store *t;
    uint64_t from;
};

static enum err put_many(struct txn *txn, void *context)
{
    const struct many *many = context;
    AUTO_ARENA struct arena *arena = arena_new();

    for (uint64_t i = many->from; i < many->from + 100; i++) {
        AUTO_BUFFER struct buffer payload = { 0 };
        struct exhibit_record *e = exhibit(arena, i, NULL);

        e->description.en = arena_printf(arena, "carton%d box", (int)i);
        if (i == 700)
            e->description.en = arena_printf(arena, "carton%d box seal", (int)i);
        record_encode(&payload, &e->head);
        TRY(put_envelope(txn, &e->head, buffer_bytes(&payload)));
        TRY(index_update(txn, &exhibit_type, NULL, &e->head, arena, NULL));
    }
    return ERR_OK;
}

static void a_beginning_that_many_words_have_still_gives_the_newest(void **state)
{
    struct temporary_store *t = *state;

    for (uint64_t from = 1; from < 1600; from += 100) {
        struct many many = { t, from };

        assert_int_equal(store_write(t->store, put_many, &many), ERR_OK);
    }
    assert_found(t, &exhibit_type, "carton", 3, 3, 1600, 1599, 1598);
    assert_found(t, &exhibit_type, "box carton", 2, 2, 1600, 1599);
    assert_found(t, &exhibit_type, "carton77", 20, 11, 779, 778, 777, 776, 775, 774, 773, 772,
                 771, 770, 77);
    assert_found(t, &exhibit_type, "box carton77", 2, 2, 779, 778);
    assert_found(t, &exhibit_type, "carton box", 2, 0);
    assert_found(t, &exhibit_type, "box sea", 5, 1, 700);
}

static void a_search_of_everything_begins_with_what_changed_last(void **state)
{
    struct temporary_store *t = *state;
    struct case_record *c = case_under(t->arena, 9, (const char *const[]){ NULL });

    c->title.en = TEXT("ivory from the sea");
    c->head.key.id = id_make(case_type.number, 0, 9);
    describe(t, 1, NULL, "ivory");
    describe(t, 2, NULL, "ivory");
    assert_int_equal(update(t, NULL, c), ERR_OK);
    /* The envelopes of this test take ids for sequences, and exhibits' are the greater ones. */
    assert_found(t, NULL, "ivory", 10, 3, 2, 1, 9);
    assert_found(t, NULL, "ivory", 1, 1, 2);
}

/* ---- reading records ---- */

struct raw {
    struct record *record;
    struct bytes payload;
};

static enum err put_raw(struct txn *txn, void *context)
{
    const struct raw *raw = context;

    return put_envelope(txn, raw->record, raw->payload);
}

static void a_record_that_cannot_be_read_is_named_and_not_shown(void **state)
{
    struct temporary_store *t = *state;
    const uint8_t nonsense[] = { 0xa1, 0x01, 0x02 };
    struct exhibit_record *e = exhibit(t->arena, 123, "A1");
    struct raw raw = { &e->head, { nonsense, sizeof nonsense } };
    struct record *got = NULL;

    assert_int_equal(update(t, NULL, e), ERR_OK);
    assert_int_equal(store_write(t->store, put_raw, &raw), ERR_OK);
    assert_int_equal(temporary_get(t, &e->head.key, &got), ERR_DAMAGED);
    assert_null(got);
    assert_string_equal(last_failure()->arguments[0].text, "E-123");
    e->head.key.id++;
    assert_int_equal(temporary_get(t, &e->head.key, &got), ERR_MISSING);
    assert_string_equal(last_failure()->arguments[0].text, "E-124");
}

static enum err remove_record(struct txn *txn, void *context)
{
    uint8_t key[RECORD_KEY];

    record_key_encode(key, context);
    return txn_delete(txn, TREE_RECORDS, (struct bytes){ key, sizeof key });
}

static void a_number_that_leads_nowhere_is_damage_and_not_emptiness(void **state)
{
    struct temporary_store *t = *state;
    struct exhibit_record *e = exhibit(t->arena, 5, "A5");
    AUTO_TXN struct txn *txn = NULL;
    struct record *got;

    assert_int_equal(update(t, NULL, e), ERR_OK);
    assert_int_equal(store_write(t->store, remove_record, &e->head.key), ERR_OK);
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(record_by_number(txn, &exhibit_type, TEXT("A5"), 0, t->arena, &got),
                     ERR_DAMAGED);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(a_record_is_found_by_its_number_in_any_case, begin, end),
    cmocka_unit_test_setup_teardown(a_page_goes_on_where_the_last_one_ended_in_both_directions,
                                    begin, end),
    cmocka_unit_test_setup_teardown(an_entry_that_does_not_change_is_not_touched, begin, end),
    cmocka_unit_test_setup_teardown(a_case_stands_under_each_of_its_ordinances_once, begin,
                                    end),
    cmocka_unit_test_setup_teardown(
        a_number_that_another_record_bears_is_refused_and_the_record_named, begin, end),
    cmocka_unit_test_setup_teardown(records_without_a_number_do_not_clash, begin, end),
    cmocka_unit_test_setup_teardown(a_sparse_index_holds_only_what_has_the_value, begin, end),
    cmocka_unit_test_setup_teardown(an_index_of_some_codes_holds_no_others, begin, end),
    cmocka_unit_test_setup_teardown(a_transfer_moves_three_entries_of_an_exhibit, begin, end),
    cmocka_unit_test_setup_teardown(counters_tell_how_many_and_leave_voided_records_out, begin,
                                    end),
    cmocka_unit_test_setup_teardown(what_is_gone_leaves_nothing_behind, begin, end),
    cmocka_unit_test_setup_teardown(words_find_the_records_that_hold_them_all_newest_first,
                                    begin, end),
    cmocka_unit_test_setup_teardown(a_beginning_that_many_words_have_still_gives_the_newest,
                                    begin, end),
    cmocka_unit_test_setup_teardown(a_search_of_everything_begins_with_what_changed_last, begin,
                                    end),
    cmocka_unit_test_setup_teardown(a_record_that_cannot_be_read_is_named_and_not_shown, begin,
                                    end),
    cmocka_unit_test_setup_teardown(a_number_that_leads_nowhere_is_damage_and_not_emptiness,
                                    begin, end),
};

int main(void)
{
    return cmocka_run_group_tests(tests, NULL, NULL);
}
