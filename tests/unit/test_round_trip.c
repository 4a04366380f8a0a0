/* Every record type, filled at random: what goes through the write path comes back as it was. */
#include "core/change/change.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/base/seams.h"
#include "core/change/history.h"
#include "core/model/custody_event.h"
#include "core/model/seal.h"
#include "tests/bare_types.h"
#include "tests/check.h"
#include "tests/temporary_store.h"

enum { SEEDS = 10, REVISIONS = 4 };

struct filler {
    struct temporary_store t;
    struct reference made[BARE_COUNT]; /* a record of each type, once there is one */
    unsigned serial;
};

static unsigned below(unsigned limit)
{
    uint32_t number;

    random_bytes(&number, sizeof number);
    return number % limit;
}

/* ---- random values ---- */

static struct text random_text(struct filler *f, const struct field *field)
{
    static const char *const starts[] = { "A", "Kwai Chung", "葵涌海關", "象牙",
                                          "0", "€ é",        "a|b;c\\" };
    struct text t = arena_printf(f->t.arena, "%s%u", starts[below(7)], f->serial++);

    return field_max(field) < t.len ? arena_printf(f->t.arena, "%u", f->serial++) : t;
}

static struct text random_choice(const struct field *field)
{
    size_t count = 0;

    while (field->choices[count].code)
        count++;
    return text_of(field->choices[below((unsigned)count)].code);
}

static bool may_target(const struct field *field, const struct record_type *type)
{
    struct text rest = text_of(field->targets);

    if (!field->targets)
        return true;
    while (text_present(rest))
        if (text_is(text_split(rest, ' ', &rest), type->name))
            return true;
    return false;
}

static struct reference random_reference(const struct filler *f, const struct field *field)
{
    unsigned start = below(BARE_COUNT);

    for (unsigned i = 0; i < BARE_COUNT; i++) {
        unsigned at = (start + i) % BARE_COUNT;

        if (f->made[at].id != 0 && may_target(field, &bare_types[at]))
            return f->made[at];
    }
    return (struct reference){ 0, 0, 0 };
}

static struct hash_value random_hash(struct filler *f)
{
    uint8_t *bytes = arena_alloc(f->t.arena, 32);

    random_bytes(bytes, 32);
    return (struct hash_value){ TEXT("sha-256"), { bytes, 32 } };
}

static void fill_field(struct filler *f, const struct field *field, void *values);

/* Rows that must refer to a record wait until there is one. */
static bool may_have_rows(const struct filler *f, const struct element_type *element)
{
    for (size_t k = 0; k < element->count; k++)
        if (element->fields[k].kind == KIND_REFERENCE && element->fields[k].flags & REQUIRED &&
            random_reference(f, &element->fields[k]).id == 0)
            return false;
    return true;
}

static struct list random_list(struct filler *f, const struct field *field)
{
    const struct element_type *element = field->element;
    size_t count =
        field->tag == TAG_APPROXIMATE || !may_have_rows(f, element) ? 0 : below(3) + 1;
    char *items = arena_array(f->t.arena, count, element->size);

    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < element->count; k++)
            fill_field(f, &element->fields[k], items + i * element->size);
    return (struct list){ items, count };
}

static struct quantity random_quantity(void)
{
    return (struct quantity){ { below(100000), (int8_t) - (int)below(4) }, TEXT("kg") };
}

static void set_value(struct filler *f, const struct field *field, void *place)
{
    date day = date_make(1990 + (int)below(50), (int)below(12) + 1, (int)below(28) + 1);

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_CODE:
        *(struct text *)place = random_text(f, field);
        break;
    case KIND_BITEXT:
        *(struct bitext *)place =
            (struct bitext){ random_text(f, field), random_text(f, field) };
        break;
    case KIND_CHOICE:
        *(struct text *)place = random_choice(field);
        break;
    case KIND_DATE:
        *(date *)place = day;
        break;
    case KIND_MOMENT:
        *(struct moment *)place =
            (struct moment){ day, (int16_t)below(1440), OFFSET_HONG_KONG };
        break;
    case KIND_TIME:
        *(machine_time *)place = 1700000000000 + below(1000000);
        break;
    case KIND_MONEY:
        *(struct money *)place =
            below(2) ? (struct money){ below(100000), "HKD" } : (struct money){ 5, "USD" };
        break;
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        *(struct quantity *)place = random_quantity();
        break;
    case KIND_REFERENCE:
        *(struct reference *)place = random_reference(f, field);
        break;
    case KIND_LIST:
        *(struct list *)place = random_list(f, field);
        break;
    case KIND_NUMBER:
        *(struct checked_number *)place =
            (struct checked_number){ random_text(f, field), TEXT("as on the paper") };
        break;
    case KIND_FLAG:
        *(enum flag *)place = below(2) ? FLAG_YES : FLAG_NO;
        break;
    case KIND_INTEGER:
        *(struct integer *)place = (struct integer){ true, below(1000) };
        break;
    case KIND_COORDINATES:
        *(struct coordinates *)place =
            (struct coordinates){ true, 223000000 + (int32_t)below(1000), 1141000000 };
        break;
    case KIND_HASH:
        *(struct hash_value *)place = random_hash(f);
        break;
    case KIND_COUNT:
        break;
    }
}

static void fill_field(struct filler *f, const struct field *field, void *values)
{
    if ((field->flags & REQUIRED) || below(2) == 0)
        set_value(f, field, field_place(field, values));
}

static struct record *random_record(struct filler *f, const struct record_type *type)
{
    struct record *record = record_new(f->t.arena, type);

    for (size_t i = 0; i < type->count; i++)
        fill_field(f, &type->fields[i], record);
    if (type->family > 0)
        record->key = (struct record_key){ f->made[BARE_seal].id, type->family, 0 };
    return record;
}

/* Whether all that it must refer to is there. */
static bool complete(const struct record *record)
{
    for (size_t i = 0; i < record->type->count; i++)
        if ((record->type->fields[i].flags & REQUIRED) &&
            !field_present(&record->type->fields[i], record))
            return false;
    return record->type->family == 0 || record->key.id != 0;
}

/* ---- there and back ---- */

static void assert_same(struct filler *f, const struct record *expected)
{
    struct record *got;

    assert_int_equal(temporary_get(&f->t, &expected->key, &got), ERR_OK);
    assert_true(record_equal(got, expected));
    assert_int_equal(got->revision, expected->revision);
}

static void keep_revisions(struct filler *f, struct record *first)
{
    struct record *versions[REVISIONS] = { first };
    struct revision *revisions;
    struct txn *txn;
    size_t count;

    temporary_keep(&f->t, first);
    assert_same(f, first);
    for (size_t i = 1; i < REVISIONS; i++) {
        versions[i] = random_record(f, first->type);
        versions[i]->key = first->key;
        versions[i]->revision = (uint32_t)i;
        temporary_keep(&f->t, versions[i]);
        assert_same(f, versions[i]);
    }
    assert_int_equal(store_begin(&txn, f->t.store), ERR_OK);
    assert_int_equal(history_read(txn, &first->key, 0, REVISIONS + 1, f->t.arena, &revisions,
                                  &count),
                     ERR_OK);
    assert_int_equal(count, REVISIONS);
    for (size_t i = 0; i < REVISIONS; i++)
        assert_true(record_equal(revisions[i].record, versions[REVISIONS - 1 - i]));
    txn_end(txn);
}

static void round_trip(unsigned seed)
{
    struct filler *f = memory_new(sizeof *f);
    unsigned left = BARE_COUNT, before = 0;

    random_repeat(seed);
    temporary_make(&f->t);
    while (left != before) {
        before = left;
        for (unsigned i = 0; i < BARE_COUNT; i++) {
            struct record *record = random_record(f, &bare_types[i]);

            if (f->made[i].id != 0 || !complete(record))
                continue;
            keep_revisions(f, record);
            f->made[i] = reference_of(record);
            left--;
        }
    }
    assert_int_equal(left, 0);
    temporary_remove(&f->t);
    free(f);
    seams_set(NULL);
}

static void a_record_of_any_type_comes_back_as_it_was_saved_in_all_its_revisions(void **state)
{
    const char *wanted = getenv("SEED");
    unsigned first = wanted ? (unsigned)strtoul(wanted, NULL, 10) : 1;

    (void)state;
    for (unsigned seed = first; seed < first + SEEDS; seed++) {
        print_message("# SEED=%u\n", seed);
        round_trip(seed);
    }
}

/* ---- damage ---- */

/* Turns a bit in every place where the marker stands in the database; how many there were. */
static size_t spoil(const char *path, struct text marker)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct bytes file;
    size_t count = 0;
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);

    assert_true(descriptor >= 0);
    assert_int_equal(file_read(arena, path, 1 << 30, &file), ERR_OK);
    for (const uint8_t *at = file.data;
         (at = memmem(at, file.len - (size_t)(at - file.data), marker.data, marker.len));
         at++) {
        uint8_t other = *at ^ 1;

        assert_int_equal(pwrite(descriptor, &other, 1, at - file.data), 1);
        count++;
    }
    close(descriptor);
    return count;
}

static struct record *event(struct temporary_store *t, uint64_t owner, const char *remark)
{
    struct custody_event_record *e = BARE_NEW(t->arena, custody_event);

    e->head.key = (struct record_key){ owner, 1, 0 };
    e->action =
        text_of(field_find(&custody_event_type, tag_custody_event_action)->choices[0].code);
    e->occurred = (struct moment){ 20230621, 520, OFFSET_HONG_KONG };
    e->remark = text_of(remark);
    return &e->head;
}

static void look_at_the_damage(struct temporary_store *t, const struct seal_record *good,
                               const struct seal_record *bad)
{
    struct record *got = NULL;
    struct revision *revisions;
    struct family_page page;
    struct txn *txn;
    size_t count;

    assert_int_equal(temporary_get(t, &good->head.key, &got), ERR_OK);
    assert_true(record_equal(got, &good->head));
    got = NULL;
    assert_int_equal(temporary_get(t, &bad->head.key, &got), ERR_DAMAGED);
    assert_null(got);
    assert_string_equal(last_failure()->arguments[0].text, "SL-2");
    assert_int_equal(store_begin(&txn, t->store), ERR_OK);
    assert_int_equal(history_read(txn, &bad->head.key, 0, 9, t->arena, &revisions, &count),
                     ERR_DAMAGED);
    assert_int_equal(family_page(txn, good->head.key.id, 1, 0, FORWARD, 9, t->arena, &page),
                     ERR_OK);
    assert_int_equal(page.count, 3);
    assert_false(page.damaged[0] || page.damaged[2]);
    assert_true(page.damaged[1]);
    assert_int_equal(page.records[1]->key.n, 2);
    assert_false(text_present(((struct custody_event_record *)page.records[1])->remark));
    txn_end(txn);
}

static void a_damaged_value_is_named_and_never_shown(void **state)
{
    struct temporary_store *t = memory_new(sizeof *t);
    struct seal_record *good, *bad, amended;
    struct record *head = &amended.head;

    (void)state;
    temporary_make(t);
    good = BARE_NEW(t->arena, seal);
    bad = BARE_NEW(t->arena, seal);
    good->number = TEXT("GOOD-1");
    bad->number = TEXT("BAD-1");
    bad->remark = TEXT("here the paper is stained");
    temporary_keep(t, good);
    temporary_keep(t, bad);
    temporary_keep(t, event(t, good->head.key.id, "first"));
    temporary_keep(t, event(t, good->head.key.id, "here the paper is stained"));
    temporary_keep(t, event(t, good->head.key.id, "third"));
    temporary_finish(t);
    temporary_close(t);
    assert_true(spoil(arena_printf(t->arena, "%s/data.mdb", t->folder).data,
                      TEXT("here the paper is stained")) >= 4);
    temporary_open(t);
    look_at_the_damage(t, good, bad);
    amended = *bad;
    amended.remark = TEXT("written anew");
    assert_int_equal(temporary_save(t, "record.save", &head, 1), ERR_DAMAGED);
    temporary_remove(t);
    free(t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_record_of_any_type_comes_back_as_it_was_saved_in_all_its_revisions),
    cmocka_unit_test(a_damaged_value_is_named_and_never_shown),
};

int main(void)
{
    bare_types_make();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
