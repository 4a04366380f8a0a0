/* A plain model in memory of what a store should hold, and the comparison of a store with it: records, history, index
 * entries, counters, search and numbers, each worked out anew by the simplest means. */
#ifndef TIDEWAITER_TESTS_UNIT_PLAIN_MODEL_H
#define TIDEWAITER_TESTS_UNIT_PLAIN_MODEL_H

#include <stdlib.h>
#include <string.h>

#include "core/change/history.h"
#include "core/model/case.h"
#include "tests/bare_types.h"
#include "tests/check.h"
#include "tests/temporary_store.h"

enum {
    OPERATIONS = 100,
    RECORDS = 400,
    VERSIONS = 110,
    ACT_ITEMS = 4,
    WORDS = 6,
    ENTRIES = 4096
};

/* ---- the model ---- */

struct version {
    struct record *record;
    uint64_t time_ms;
};
struct item {
    struct record_key key;
    struct version versions[VERSIONS]; /* revision n is versions[n - 1] */
    uint32_t count;
};
struct act {
    uint64_t sequence;
    size_t count;
    struct {
        struct item *item;
        uint32_t revision;
    } items[ACT_ITEMS];
};
struct model {
    struct temporary_store t;
    struct item items[RECORDS];
    size_t count;
    struct act acts[OPERATIONS + 2];
    size_t act_count;
    uint64_t random;
    struct reference officers[2];
    unsigned saved, invalid, conflicts, refused;
};

static inline unsigned below(struct model *m, unsigned limit)
{
    uint64_t z = m->random += UINT64_C(0x9E3779B97F4A7C15);

    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return (unsigned)((z ^ (z >> 31)) % limit);
}

static inline struct record *newest(const struct item *item)
{
    return item->versions[item->count - 1].record;
}

static inline struct item *item_of(struct model *m, const struct record_key *key)
{
    for (size_t i = 0; i < m->count; i++)
        if (record_key_compare(&m->items[i].key, key) == 0)
            return &m->items[i];
    return NULL;
}

static const char *const words_en[WORDS] = { "ivory",     "cigarettes", "carton",
                                             "speedboat", "carved",     "bangle" };
static const char *const words_zh[WORDS] = { "象牙", "未完稅香煙", "快艇",
                                             "手鐲", "貨櫃",       "犀角" };

/* ---- comparing ---- */

static inline void compare_records(struct model *m, struct txn *txn, struct arena *arena)
{
    struct revision *revisions;
    struct record *got;
    size_t count;

    for (size_t i = 0; i < m->count; i++) {
        const struct item *item = &m->items[i];
        uint32_t at = below(m, item->count), last = at;

        assert_int_equal(record_get(txn, &item->key, 0, arena, &got), ERR_OK);
        assert_true(record_equal(got, newest(item)));
        assert_int_equal(got->revision, item->count);
        assert_int_equal(got->sequence, newest(item)->sequence);
        assert_int_equal(history_read(txn, &item->key, 0, VERSIONS, arena, &revisions, &count),
                         ERR_OK);
        assert_int_equal(count, item->count);
        for (size_t k = 0; k < count; k++) {
            assert_true(
                record_equal(revisions[k].record, item->versions[count - 1 - k].record));
            assert_int_equal(revisions[k].revision, count - k);
        }
        while (last + 1 < item->count &&
               item->versions[last + 1].time_ms == item->versions[at].time_ms)
            last++;
        assert_int_equal(record_as_at(txn, &item->key, item->versions[at].time_ms, arena, &got),
                         ERR_OK);
        assert_int_equal(got->revision, last + 1);
    }
}

struct entries {
    struct bytes keys[ENTRIES];
    size_t count;
};

static inline void put_index(struct buffer *out, const struct field *field, const void *value)
{
    if (value)
        field_kind(field)->index(out, field, value);
    else
        buffer_byte(out, 0);
}

static inline void take(struct entries *entries, struct arena *arena,
                        const struct buffer *bytes)
{
    assert_true(entries->count < ENTRIES);
    entries->keys[entries->count++] =
        (struct bytes){ arena_copy(arena, bytes->data, bytes->len), bytes->len };
}

/* The entries of one record in one row, after the prefix; only the first field may be a list. */
static inline void expect_entries(struct entries *entries, struct arena *arena,
                                  const struct record *record, const uint16_t *tags,
                                  bool only_present, bool with_key)
{
    const struct field *first = tags[0] == 0 ? NULL : field_find(record->type, tags[0]);
    const struct list *list =
        first && first->kind == KIND_LIST ? field_value(first, record) : NULL;
    size_t rows = list && list->count > 0 ? list->count : 1;

    if (only_present && !field_present(first, record))
        return;
    for (size_t i = 0; i < rows; i++) {
        AUTO_BUFFER struct buffer bytes = { 0 };
        uint8_t key[RECORD_KEY];

        if (list)
            put_index(&bytes, &first->element->fields[0],
                      list->count == 0 ? NULL
                                       : (const char *)list->items + i * first->element->size +
                                             first->element->fields[0].offset);
        for (size_t k = list ? 1 : 0; k < 4 && tags[k] != 0; k++) {
            const struct field *field = field_find(record->type, tags[k]);

            put_index(&bytes, field, field_value(field, record));
        }
        record_key_encode(key, &record->key);
        if (with_key)
            buffer_put(&bytes, key, record->key.family == 0 ? 8 : sizeof key);
        take(entries, arena, &bytes);
    }
}

static inline int by_bytes(const void *a, const void *b)
{
    const struct bytes *x = a, *y = b;

    return text_compare((struct text){ (const char *)x->data, x->len },
                        (struct text){ (const char *)y->data, y->len });
}

static inline void sort(struct entries *entries, bool each_once)
{
    size_t kept = 0;

    qsort(entries->keys, entries->count, sizeof *entries->keys, by_bytes);
    for (size_t i = 1; each_once && i < entries->count; i++)
        if (by_bytes(&entries->keys[kept], &entries->keys[i]) != 0)
            entries->keys[++kept] = entries->keys[i];
    if (each_once && entries->count > 0)
        entries->count = kept + 1;
}

static inline bool same_bytes(struct bytes a, struct bytes b)
{
    return by_bytes(&a, &b) == 0;
}

static inline void compare_index(struct model *m, struct txn *txn,
                                 const struct record_type *type, const struct index_row *row,
                                 struct arena *arena)
{
    struct entries *expected = arena_alloc(arena, sizeof *expected);
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct bytes resume = { NULL, 0 };
    struct index_page page = { .more = true };
    size_t at = 0;

    for (size_t i = 0; i < m->count; i++)
        if (newest(&m->items[i])->type == type)
            expect_entries(expected, arena, newest(&m->items[i]), row->fields,
                           row->unique || row->sparse, true);
    sort(expected, true);
    index_prefix(&prefix, type, row, NULL, 0);
    while (page.more) {
        assert_int_equal(index_page(txn, buffer_bytes(&prefix), resume, FORWARD, 7, arena,
                                    &page),
                         ERR_OK);
        for (size_t i = 0; i < page.count; i++, at++) {
            struct bytes rest = { page.entries[i].data + prefix.len,
                                  page.entries[i].len - prefix.len };

            assert_true(at < expected->count && same_bytes(rest, expected->keys[at]));
        }
        if (page.count > 0)
            resume = page.entries[page.count - 1];
    }
    assert_int_equal(at, expected->count);
}

struct counted {
    struct entries *expected;
    size_t at;
};

static inline void check_counter(struct bytes values, int64_t number, void *context)
{
    struct counted *counted = context;

    assert_true(number > 0);
    for (; number > 0; number--, counted->at++)
        assert_true(counted->at < counted->expected->count &&
                    same_bytes(values, counted->expected->keys[counted->at]));
}

static inline bool is_voided(const struct record *record)
{
    const struct field *field = field_find(record->type, TAG_VOIDED);

    return field && *(const enum flag *)field_value(field, record) == FLAG_YES;
}

static inline void compare_counter(struct model *m, struct txn *txn,
                                   const struct record_type *type, const struct count_row *row,
                                   struct arena *arena)
{
    struct counted counted = { arena_alloc(arena, sizeof(struct entries)), 0 };

    for (size_t i = 0; i < m->count; i++)
        if (newest(&m->items[i])->type == type && !is_voided(newest(&m->items[i])))
            expect_entries(counted.expected, arena, newest(&m->items[i]), row->fields, false,
                           false);
    sort(counted.expected, false);
    assert_int_equal(count_each(txn, type, row->name, arena, check_counter, &counted), ERR_OK);
    assert_int_equal(counted.at, counted.expected->count);
}

static inline bool holds(const struct record *record, struct text term, struct arena *arena)
{
    struct text *terms;
    size_t count;

    record_terms(record, arena, &terms, &count);
    for (size_t i = 0; i < count; i++)
        if (text_equal(terms[i], term))
            return true;
    return false;
}

static inline void compare_search(struct model *m, struct txn *txn,
                                  const struct record_type *type, const char *first,
                                  const char *second, struct arena *arena)
{
    struct text query = arena_printf(arena, "%s %s", first, second);
    struct record_key *keys, before = { UINT64_MAX, 0, 0 };
    size_t found, expected = 0;

    assert_int_equal(terms_find(txn, type, query, RECORDS, arena, &keys, &found), ERR_OK);
    for (size_t i = 0; i < m->count; i++)
        expected += newest(&m->items[i])->type == type &&
                    holds(newest(&m->items[i]), text_of(first), arena) &&
                    holds(newest(&m->items[i]), text_of(second), arena);
    assert_int_equal(found, expected);
    for (size_t i = 0; i < found; i++) {
        const struct record *record = newest(item_of(m, &keys[i]));

        assert_true(holds(record, text_of(first), arena) &&
                    holds(record, text_of(second), arena));
        assert_true(record_key_compare(&keys[i], &before) < 0);
        before = keys[i];
    }
}

static inline void compare_numbers(struct model *m, struct txn *txn, struct arena *arena)
{
    const struct record_type *type = &bare_types[BARE_case];
    struct record *got;

    for (unsigned i = 0; i < 60; i++) {
        struct text number = arena_printf(arena, "K%u", i);
        const struct item *bearer = NULL;

        for (size_t k = 0; k < m->count; k++)
            if (newest(&m->items[k])->type == type &&
                text_equal(((struct case_record *)newest(&m->items[k]))->number, number))
                bearer = &m->items[k];
        assert_int_equal(record_by_number(txn, type, number, 0, arena, &got),
                         bearer ? ERR_OK : ERR_MISSING);
        if (bearer)
            assert_int_equal(record_key_compare(&got->key, &bearer->key), 0);
    }
}

static inline void compare(struct model *m)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct txn *txn;

    assert_int_equal(store_begin(&txn, m->t.store), ERR_OK);
    compare_records(m, txn, arena);
    for (size_t i = 0; record_types[i]; i++) {
        const struct record_type *type = record_types[i];

        for (size_t k = 0; k < type->index_count; k++)
            compare_index(m, txn, type, &type->indexes[k], arena);
        for (size_t k = 0; k < type->count_count; k++)
            compare_counter(m, txn, type, &type->counts[k], arena);
    }
    compare_search(m, txn, &bare_types[BARE_case], words_en[below(m, WORDS)],
                   words_en[below(m, WORDS)], arena);
    compare_search(m, txn, &bare_types[BARE_location], words_en[below(m, WORDS)], words_zh[0],
                   arena);
    compare_numbers(m, txn, arena);
    txn_end(txn);
}

#endif
