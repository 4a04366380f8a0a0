#include "tests/bench/bench_stocktake.h"

#include <stdlib.h>

#include "core/base/seams.h"
#include "core/model/location.h"
#include "core/model/questions.h"
#include "core/model/stocktake_count.h"
#include "tests/bench/bench.h"

/* One in a hundred is not found; the last ones are scanned each by itself, durably. */
enum { ITEMS = 10000, ALONE = 200, AT_ONCE = 100, NOT_FOUND = 100, RESULTS = 20 };

struct stocktaking {
    struct bench *bench;
    struct reference rack;
    struct record_key stocktake;
    size_t at;
};

static size_t items_of(const struct bench *bench)
{
    return bench->exhibits < ITEMS ? bench->exhibits : ITEMS;
}

static enum err act(struct txn *txn, struct session *session, const char *name, void *input,
                    const struct record_key *subject, struct change_result *result)
{
    struct act_call call = { .act = act_named(text_of(name)), .input = input };

    if (subject)
        call.subject = *subject;
    return txn ? act_in(txn, session, &call, result) : act_run(session, &call, result);
}

/* ---- ten thousand on a rack ---- */

static void make_rack(struct stocktaking *s)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct record *record = record_new(arena, &location_type);
    struct location_record *rack = (struct location_record *)record;

    rack->number = TEXT("BENCH");
    rack->state = TEXT("open");
    rack->name = (struct bitext){ TEXT("盤點貨架"), TEXT("Rack to be counted") };
    rack->location_kind = TEXT("rack");
    bench_must(act(NULL, &s->bench->program, "location-add", record, NULL, &result));
    s->rack = (struct reference){ .id = result.keys[0].id };
}

static enum err build_put(struct change *change, void *context)
{
    const struct stocktaking *s = context;
    struct record_key key = { .id = bench_id(&exhibit_type, s->at) };
    struct record *record, *made;
    struct exhibit_record *exhibit;
    struct custody_event_record *event;

    TRY(change_get(change, &key, &record));
    TRY(change_event(change, key.id, &custody_event_type, &made));
    exhibit = (struct exhibit_record *)record;
    event = (struct custody_event_record *)made;
    event->action = TEXT("shelved");
    event->occurred = moment_of_ms(now_ms(), OFFSET_HONG_KONG);
    event->from_holder = exhibit->holder;
    event->holder = event->located = s->rack;
    event->actor = (struct reference){ .id = s->bench->people.clerk[0].officer };
    event->state = TEXT("E03");
    exhibit->holder = exhibit->located = s->rack;
    exhibit->state = event->state;
    exhibit->state_since = exhibit->last_event = event->occurred;
    exhibit->events = (struct integer){ true, exhibit->events.value + 1 };
    TRY(change_put(change, record));
    return change_put(change, made);
}

static enum err put_some(struct txn *txn, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct stocktaking here = *(struct stocktaking *)context;
    struct change_result result = { .arena = arena };
    size_t end = here.at + AT_ONCE, items = items_of(here.bench);

    for (; here.at < end && here.at < items; here.at++)
        TRY(change_in(txn, &here.bench->program, "exhibit-shelve", build_put, &here, &result));
    return ERR_OK;
}

/* ---- scans ---- */

static enum err scan(struct stocktaking *s, struct txn *txn, size_t item, struct arena *arena)
{
    struct change_result result = { .arena = arena };
    struct act_stocktake_scan input = {
        .location = s->rack,
        .exhibit = { .id = bench_id(&exhibit_type, item) },
        .occurred = moment_of_ms(now_ms(), OFFSET_HONG_KONG),
    };

    return act(txn, &s->bench->people.clerk[0], "stocktake-scan", &input, &s->stocktake,
               &result);
}

static enum err scan_some(struct txn *txn, void *context)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct stocktaking *s = context;
    size_t last = items_of(s->bench) - ALONE;

    for (size_t i = s->at; i < s->at + AT_ONCE && i < last; i++)
        if (i % NOT_FOUND != 0)
            TRY(scan(s, txn, i, arena));
    return ERR_OK;
}

static void scan_alone(struct stocktaking *s)
{
    struct samples samples = { .count = 0 };

    for (size_t i = items_of(s->bench) - ALONE; i < items_of(s->bench); i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        double start = bench_seconds();

        bench_must(scan(s, NULL, i, arena));
        samples_take(&samples, bench_seconds() - start);
    }
    bench_line("stocktake: a scan, durable", "10 ms and the disk's flush",
               "p50 %.2f ms, p99 %.2f ms", samples_part(&samples, 0.5) * 1e3,
               samples_part(&samples, 0.99) * 1e3);
    samples_free(&samples);
}

static void open_stocktake(struct stocktaking *s)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_stocktake_open input = {
        .location = s->rack,
        .method = TEXT("full"),
        .occurred = moment_of_ms(now_ms(), OFFSET_HONG_KONG),
    };
    double start = bench_seconds();

    bench_must(act(NULL, &s->bench->people.clerk[0], "stocktake-open", &input, NULL, &result));
    bench_line("stocktake: opening, the list written down", NULL, "%.1f ms (%zu exhibits)",
               (bench_seconds() - start) * 1e3, items_of(s->bench));
    s->stocktake = result.keys[0];
}

static void work_out(struct stocktaking *s)
{
    struct samples samples = { .count = 0 };
    size_t missing = 0;

    for (int i = 0; i < RESULTS; i++) {
        struct stocktake_count *count;
        double start = bench_seconds();
        struct txn *txn;

        bench_must(store_begin(&txn, s->bench->store));
        bench_must(stocktake_count_open(&count, txn, &s->stocktake));
        bench_must(stocktake_count_conclude(count, txn, PASS_BOTH));
        txn_end(txn);
        samples_take(&samples, bench_seconds() - start);
        missing = count->totals[CLASS_MISSING];
        stocktake_count_free(count);
    }
    if (missing != (items_of(s->bench) - ALONE + NOT_FOUND - 1) / NOT_FOUND)
        abort();
    bench_line("stocktake: the result of 10,000 items", "<= 200 ms",
               "p50 %.1f ms, most %.1f ms (%zu missing)", samples_part(&samples, 0.5) * 1e3,
               samples_part(&samples, 1) * 1e3, missing);
    samples_free(&samples);
}

void bench_stocktake(struct bench *bench)
{
    struct stocktaking s = { .bench = bench };
    size_t items = items_of(bench);

    make_rack(&s);
    for (s.at = 0; s.at < items; s.at += AT_ONCE)
        bench_must(store_write(bench->store, put_some, &s));
    open_stocktake(&s);
    for (s.at = 0; s.at < items - ALONE; s.at += AT_ONCE)
        bench_must(store_write(bench->store, scan_some, &s));
    scan_alone(&s);
    work_out(&s);
}
