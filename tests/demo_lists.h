/* The demo store, read plainly: what lists, filters and their plans are compared with. */
#ifndef TIDEWAITER_TESTS_DEMO_LISTS_H
#define TIDEWAITER_TESTS_DEMO_LISTS_H

#include <string.h>

#include "core/exchange/demo.h"
#include "core/model/codes.h"
#include "core/query/query.h"
#include "tests/temporary_store.h"

enum { ROOM = 512 };

struct rows {
    struct record_key keys[ROOM];
    bool damaged[ROOM];
    size_t count;
};

static struct temporary_store demo;
static struct codes *codes;

static inline int make(void **state)
{
    struct demo_report report;

    (void)state;
    snprintf(demo.parent, sizeof demo.parent, "%s/tidewaiter-test-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    if (!mkdtemp(demo.parent))
        return -1;
    snprintf(demo.folder, sizeof demo.folder, "%s/store", demo.parent);
    demo.arena = arena_new();
    demo.result.arena = demo.arena;
    if (crypto_start() != ERR_OK || demo_make(demo.folder, &report) != ERR_OK)
        return -1;
    temporary_open(&demo);
    codes = codes_new(demo.store);
    demo.session.lookup = codes_lookup(codes);
    return codes_refresh(codes) == ERR_OK ? 0 : -1;
}

static inline int unmake(void **state)
{
    (void)state;
    codes_free(codes);
    temporary_remove(&demo);
    return 0;
}

/* ---- reading ---- */

/* The whole list in slices; each begins where the last one ended, from a snapshot of its own. */
static inline void read_list(const struct query *query, size_t rows, int budget_ms,
                             struct rows *out)
{
    AUTO_BUFFER struct buffer resume = { 0 };
    struct query_slice slice = { .more = true };

    out->count = 0;
    while (slice.more) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_TXN struct txn *txn = NULL;

        assert_int_equal(store_begin(&txn, demo.store), ERR_OK);
        assert_int_equal(query_slice(txn, query, buffer_bytes(&resume), rows, budget_ms,
                                     codes_lookup(codes), arena, &slice),
                         ERR_OK);
        assert_true(slice.count <= rows);
        for (size_t i = 0; i < slice.count; i++) {
            assert_true(out->count < ROOM);
            assert_true(slice.rows[i].damaged == !slice.rows[i].record);
            out->damaged[out->count] = slice.rows[i].damaged;
            out->keys[out->count++] = slice.rows[i].key;
        }
        buffer_clear(&resume);
        buffer_put(&resume, slice.resume.data, slice.resume.len);
    }
}

static inline void same_rows(const struct rows *a, const struct rows *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        assert_int_equal(record_key_compare(&a->keys[i], &b->keys[i]), 0);
}

static inline struct filter *typed_filter(const struct record_type *type, const char *typed)
{
    struct filter *filter = NULL;
    struct message why;

    if (filter_parse(&filter, demo.arena, type, text_of(typed), codes_lookup(codes), &why) !=
        ERR_OK)
        fail_here(last_failure()->id);
    return filter;
}

static inline size_t found(const struct record_type *type, const char *typed, struct rows *out)
{
    struct query query = { .type = type, .filter = typed_filter(type, typed) };

    read_list(&query, 100, 0, out);
    return out->count;
}

/* Every record of a type, whole, by id. */
static inline size_t all_records(const struct record_type *type, struct record **out)
{
    struct query query = { .type = type };
    static struct rows rows;

    read_list(&query, ROOM, 0, &rows);
    for (size_t i = 0; i < rows.count; i++)
        assert_int_equal(temporary_get(&demo, &rows.keys[i], &out[i]), ERR_OK);
    return rows.count;
}

#endif
