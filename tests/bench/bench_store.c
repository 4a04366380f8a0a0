/* The store at a size (BENCH_EXHIBITS; a million, or five with BENCH_LARGE=1): making it
 * in bulk, durable custody steps beside SQLite in turn, lists, search, verification.
 * Exhibits have BENCH_EVENTS events each (one; four with BENCH_LARGE=1). BENCH_DIR is where it writes (the present folder): never a file system in memory, where a
 * sync costs nothing. BENCH_KEEP names the folder in which the store stays afterwards; with
 * BENCH_MAKE_ONLY it is made and nothing more is measured; with BENCH_PAGES_ONLY only the pages of commits
 * are counted, which a busy machine does not change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/change/verify.h"
#include "core/model/elements.h"
#include "core/model/questions.h"
#include "core/query/listing.h"
#include "tests/bench/bench.h"
#include "tests/bench/bench_maker.h"
#include "tests/bench/bench_pages.h"
#ifdef HAVE_SQLITE
#include "tests/bench/bench_sqlite.h"
#endif
#include "tests/bench/bench_stocktake.h"

enum {
    ROUNDS = 20,
    STEPS = 50,
    REPEATS = 300,
    LIST_ROWS = 50,
    SCREEN_ROWS = 20,
    LOOKS = 20,
    SCANS = 400
};

/* ---- what both do ---- */

/* A different exhibit each time, far from the last one. */
static size_t exhibit_at(const struct bench *bench, size_t step)
{
    const uint64_t prime = 982451653;

    return (size_t)(step * prime % bench->exhibits);
}

/* From the desk officer to the clerk, into the store: holder, place, state and time change. */
static void move(struct bench *bench, struct exhibit_record *exhibit,
                 struct custody_event_record *event)
{
    event->action = TEXT("handed_over");
    event->occurred = moment_of_ms(now_ms(), 480);
    event->from_holder = exhibit->holder;
    event->holder = (struct reference){ .id = bench->people.clerk[0].officer };
    event->located = bench->shelf;
    event->actor = exhibit->holder;
    event->second = event->holder;
    event->state = TEXT("E02");
    exhibit->holder = event->holder;
    exhibit->located = event->located;
    exhibit->state = event->state;
    exhibit->state_since = event->occurred;
    exhibit->last_event = event->occurred;
    exhibit->events = (struct integer){ true, exhibit->events.value + 1 };
}

/* ---- one custody step through the write path ---- */

struct step {
    struct bench *bench;
    size_t exhibit;
};

static enum err build_step(struct change *change, void *context)
{
    const struct step *step = context;
    struct record_key key = { .id = bench_id(&exhibit_type, step->exhibit) };
    struct record *record, *event;

    TRY(change_get(change, &key, &record));
    TRY(change_event(change, key.id, &custody_event_type, &event));
    move(step->bench, (struct exhibit_record *)record, (struct custody_event_record *)event);
    TRY(change_put(change, record));
    TRY(change_put(change, event));
    change_sign(change, "releaser", &change_session(change)->signer);
    change_sign(change, "receiver", &step->bench->people.clerk[0].signer);
    return ERR_OK;
}

static void step_ours(struct bench *bench, size_t i, struct samples *samples)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct step step = { bench, exhibit_at(bench, i) };
    struct session *desk = bench_desk(bench, step.exhibit / EXHIBITS_OF_CASE);
    double start = bench_seconds();

    bench_must(change_run(desk, "exhibit-hand-over", build_step, &step, &result));
    bench_must(result.mirror);
    samples_take(samples, bench_seconds() - start);
}

/* The act as people do it: also a hand-over record with its number, and every question of
 * rights and custody. */
static void act_ours(struct bench *bench, size_t i, struct samples *samples)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    size_t at = exhibit_at(bench, i);
    struct session *desk = bench_desk(bench, at / EXHIBITS_OF_CASE);
    struct exhibit_item item = { .exhibit = { .id = bench_id(&exhibit_type, at) } };
    struct act_hand_over over = {
        .exhibits = { &item, 1 },
        .receiver = { .id = bench->people.clerk[0].officer },
        .purpose = TEXT("store"),
        .occurred = moment_of_ms(now_ms(), 480),
        .located = bench->shelf,
    };
    struct act_call call = { .act = act_named(TEXT("exhibit-hand-over")), .input = &over };
    double start;

    desk->other = bench->people.clerk[0].signer;
    start = bench_seconds();
    bench_must(act_run(desk, &call, &result));
    bench_must(result.mirror);
    samples_take(samples, bench_seconds() - start);
}

/* ---- the same in SQLite ---- */

#ifdef HAVE_SQLITE

/* What stood in one entry of ours, so that SQLite writes as many bytes. */
struct entry_bytes {
    struct bytes leaf, bodies[4];
    size_t count;
};

static void entry_take(struct bench *bench, uint64_t sequence, struct arena *arena,
                       struct entry_bytes *out)
{
    AUTO_TXN struct txn *txn = NULL;

    *out = (struct entry_bytes){ .count = 0 };
    bench_must(store_begin(&txn, bench->store));
    bench_must(txn_leaf(txn, sequence, arena, &out->leaf));
    while (out->count < 4 && txn_body(txn, sequence, (uint16_t)out->count, arena,
                                      &out->bodies[out->count]) == ERR_OK)
        out->count++;
}

static struct rival_row row_of(const struct record *old, const struct record *record,
                               struct arena *arena)
{
    struct rival_row row;

    rival_row(&row, old, record, arena);
    return row;
}

static struct exhibit_record *rival_exhibit(struct bench *bench, size_t i, struct arena *arena)
{
    struct record *record = record_new(arena, &exhibit_type);
    struct exhibit_record *exhibit = (struct exhibit_record *)record;

    record->key.id = bench_id(&exhibit_type, i);
    bench_exhibit(bench, i, exhibit, arena);
    exhibit->number = arena_printf(arena, "E-%06zu-0", i + 1);
    return exhibit;
}

static struct custody_event_record *rival_event(const struct exhibit_record *exhibit,
                                                uint32_t n, struct arena *arena)
{
    struct record *record = record_new(arena, &custody_event_type);

    record->key = (struct record_key){ exhibit->head.key.id, custody_event_type.family, n };
    return (struct custody_event_record *)record;
}

/* The rows of a case in the order of its acts. */
static size_t case_rows(struct bench *bench, size_t k, struct arena *arena,
                        struct rival_row *rows)
{
    struct record *file = record_new(arena, &case_type),
                  *seizure = record_new(arena, &seizure_type);
    size_t count = 0;

    file->key.id = bench_id(&case_type, k);
    bench_case(bench, k, (struct case_record *)file, arena);
    ((struct case_record *)file)->number = arena_printf(arena, "KCT/23/%05zu-0", k + 1);
    rows[count++] = row_of(NULL, file, arena);
    seizure->key.id = bench_id(&seizure_type, k);
    bench_seizure(bench, k, (struct seizure_record *)seizure);
    ((struct seizure_record *)seizure)->number = arena_printf(arena, "S-%06zu-0", k + 1);
    rows[count++] = row_of(NULL, seizure, arena);
    for (size_t i = 0; i < EXHIBITS_OF_CASE; i++) {
        struct exhibit_record *exhibit = rival_exhibit(bench, k * EXHIBITS_OF_CASE + i, arena);
        struct custody_event_record *event = rival_event(exhibit, 1, arena);

        bench_event(exhibit, event);
        rows[count++] = row_of(NULL, &exhibit->head, arena);
        rows[count++] = row_of(NULL, &event->head, arena);
    }
    return count;
}

enum { ROWS_OF_CASE = 2 + 2 * EXHIBITS_OF_CASE, CASES_AT_ONCE = ACTS_AT_ONCE / ACTS_OF_CASE };

static void fill_some(struct rival *rival, struct bench *bench, size_t first,
                      const struct entry_bytes *entries, struct samples *samples)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct rival_row *rows = arena_array(arena, CASES_AT_ONCE * ROWS_OF_CASE, sizeof *rows);
    size_t count = 0;
    double start;

    for (size_t k = first; k < first + CASES_AT_ONCE && k < bench->cases; k++)
        count += case_rows(bench, k, arena, rows + count);
    start = bench_seconds();
    rival_begin(rival);
    for (size_t i = 0; i < count; i++) {
        const struct entry_bytes *entry = &entries[i % ROWS_OF_CASE < 2 ? i % ROWS_OF_CASE : 2];

        rival_insert(rival, &rows[i]);
        if (rows[i].record->type !=
            &exhibit_type) /* an exhibit's entry stands after its event */
            rival_entry(rival, entry->leaf, entry->bodies, entry->count);
    }
    rival_commit(rival);
    samples_take(samples, bench_seconds() - start);
}

static void compare_making(struct rival *rival, struct bench *bench)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct entry_bytes entries[3];
    struct samples samples = { .count = 0 };
    double start, theirs, ours = bench->seconds[0] / (double)bench->acts[0];

    for (size_t i = 0; i < 3; i++)
        entry_take(bench, bench->first + i, arena, &entries[i]);
    for (size_t k = 0; k < bench->cases; k += CASES_AT_ONCE)
        fill_some(rival, bench, k, entries, &samples);
    start = bench_seconds();
    rival_durable(rival);
    theirs = samples_sum(&samples) + bench_seconds() - start;
    theirs /= (double)(bench->cases * ACTS_OF_CASE);
    ours += bench->finishing / (double)(bench->cases * ACTS_OF_CASE);
    bench_line("making: SQLite, same rows, synced at the end", NULL, "%.0f acts/s", 1 / theirs);
    bench_line("making: time beside SQLite's (unsigned acts)", "<= 0.8", "%.2f", ours / theirs);
    samples_free(&samples);
}

static void step_theirs(struct rival *rival, struct bench *bench, size_t i,
                        const struct entry_bytes *entry, struct samples *samples)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct exhibit_record *old = rival_exhibit(bench, exhibit_at(bench, i), arena);
    struct exhibit_record *exhibit = rival_exhibit(bench, exhibit_at(bench, i), arena);
    struct custody_event_record *event = rival_event(exhibit, 2, arena);
    struct rival_row moved, happened;
    double start;

    move(bench, exhibit, event);
    moved = row_of(&old->head, &exhibit->head, arena);
    happened = row_of(NULL, &event->head, arena);
    start = bench_seconds();
    rival_begin(rival);
    rival_move(rival, &moved);
    rival_insert(rival, &happened);
    rival_entry(rival, entry->leaf, entry->bodies, entry->count);
    rival_commit(rival);
    samples_take(samples, bench_seconds() - start);
}

#endif

/* ---- durable custody steps, in turn ---- */

static void print_steps(const char *what, const char *budget, struct samples *samples)
{
    bench_line(what, budget, "%.0f/s, p50 %.2f ms, p99 %.2f ms, most %.1f ms",
               (double)samples->count / samples_sum(samples), samples_part(samples, 0.5) * 1e3,
               samples_part(samples, 0.99) * 1e3, samples_part(samples, 1) * 1e3);
}

static size_t steps_at_once(const struct bench *bench)
{
    size_t most = bench->exhibits / (4 * ROUNDS);

    return most < STEPS ? most : STEPS;
}

/* Which trees the pages of a commit belong to. */
static void measure_trees(struct bench *bench, const char *what, size_t first,
                          void step(struct bench *bench, size_t i, struct samples *samples))
{
    struct samples samples = { .count = 0 };
    struct pages *pages = pages_open(bench->folder);
    double taken[BENCH_PAGES] = { 0 };
    char text[160];

    for (size_t i = 0; i < LOOKS; i++) {
        step(bench, first + i, &samples);
        pages_look(pages, taken);
    }
    pages_print(text, sizeof text, taken, LOOKS);
    bench_line(what, NULL, "%s", text);
    pages_free(pages);
    samples_free(&samples);
}

static struct reference hand_over_open(struct bench *bench, struct session *clerk)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };
    struct act_hand_over_open open = { .action = TEXT("shelved"),
                                       .location = bench->shelf,
                                       .occurred = moment_of_ms(now_ms(), 480) };
    struct act_call call = { .act = act_named(TEXT("hand-over-open")), .input = &open };

    bench_must(act_run(clerk, &call, &result));
    for (size_t i = 0; i < result.count; i++)
        if (type_of_key(&result.keys[i]) == &handover_type)
            return (struct reference){ .id = result.keys[i].id };
    abort();
}

/* From the code to the durable entry, with its questions: what the clerk waits for before the OK. The exhibits are some of
 * those that were handed to the clerk. */
static void measure_scans(struct bench *bench)
{
    struct session *clerk = &bench->people.clerk[0];
    struct reference handover = hand_over_open(bench, clerk);
    struct samples samples = { .count = 0 };
    size_t steps = steps_at_once(bench), count = steps * ROUNDS / 2;

    for (size_t i = 0; i < count && i < SCANS; i++) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct change_result result = { .arena = arena };
        size_t at = exhibit_at(bench, ROUNDS * steps + i);
        struct act_hand_over_item item = { .exhibit = { .id = bench_id(&exhibit_type, at) },
                                           .occurred = moment_of_ms(now_ms(), 480) };
        struct act_call call = { .act = act_named(TEXT("hand-over-item")),
                                 .subject = { .id = handover.id },
                                 .input = &item };
        double start = bench_seconds();

        bench_must(act_run(clerk, &call, &result));
        bench_must(result.mirror);
        samples_take(&samples, bench_seconds() - start);
    }
    print_steps("scan to its durable entry, in an open hand-over",
                "<= 10 ms and the disk's flush", &samples);
    samples_free(&samples);
}

static void measure_pages(struct bench *bench)
{
    struct samples samples = { .count = 0 };
    size_t count = steps_at_once(bench) * ROUNDS / 4;

    for (int act = 0; act <= 1; act++) {
        uint64_t before = store_pages_written(bench->store);

        for (size_t i = 0; i < count; i++)
            (act ? act_ours : step_ours)(bench, (size_t)act * count + i, &samples);
        bench_line(act ? "hand-over act: pages per durable commit"
                       : "custody step: pages per durable commit",
                   "<= 30", "%.1f",
                   (double)(store_pages_written(bench->store) - before) / (double)count);
    }
    measure_trees(bench, "custody step: pages by tree", 2 * count, step_ours);
    measure_trees(bench, "hand-over act: pages by tree", 2 * count + LOOKS, act_ours);
    samples_free(&samples);
}

static void measure_steps(struct bench *bench)
{
    struct samples ours = { .count = 0 }, whole = { .count = 0 };
    size_t steps = steps_at_once(bench);
    uint64_t step_pages = 0, act_pages = 0;
#ifdef HAVE_SQLITE
    AUTO_ARENA struct arena *arena = arena_new();
    struct samples theirs = { .count = 0 };
    struct entry_bytes entry;
    char path[96];

    snprintf(path, sizeof path, "%s/sqlite", bench->parent);

    struct rival *rival = rival_open(path);

    compare_making(rival, bench);
#endif
    for (size_t round = 0; round < ROUNDS; round++) {
        uint64_t before = store_pages_written(bench->store), between;

        for (size_t i = 0; i < steps; i++)
            step_ours(bench, round * steps + i, &ours);
        between = store_pages_written(bench->store);
        step_pages += between - before;
#ifdef HAVE_SQLITE
        uint64_t size;

        bench_must(store_size(bench->store, &size));
        entry_take(bench, size - 1, arena, &entry);
        for (size_t i = 0; i < steps; i++)
            step_theirs(rival, bench, round * steps + i, &entry, &theirs);
#endif
        for (size_t i = 0; i < steps; i++)
            act_ours(bench, (ROUNDS + round) * steps + i, &whole);
        act_pages += store_pages_written(bench->store) - between;
    }
    bench_line("custody step: pages per durable commit", "<= 30", "%.1f",
               (double)step_pages / (double)ours.count);
    measure_trees(bench, "custody step: pages by tree", 2 * ROUNDS * steps, step_ours);
    print_steps("custody step: exhibit, event, two signatures", NULL, &ours);
#ifdef HAVE_SQLITE
    print_steps("custody step: SQLite, WAL, synchronous=FULL", NULL, &theirs);
    bench_line("custody step: rate beside SQLite's", ">= 0.5", "%.2f",
               samples_sum(&theirs) / samples_sum(&ours));
    bench_line("custody step: p99 beside SQLite's", "<= 0.25", "%.2f",
               samples_part(&ours, 0.99) / samples_part(&theirs, 0.99));
    samples_free(&theirs);
    rival_close(rival);
#else
    bench_line("SQLite", NULL, "not installed (libsqlite3-dev), so nothing is compared");
#endif
    bench_line("hand-over act: pages per durable commit", "<= 30", "%.1f",
               (double)act_pages / (double)whole.count);
    measure_trees(bench, "hand-over act: pages by tree", 2 * ROUNDS * steps + LOOKS, act_ours);
    print_steps("hand-over act: with its record and all checks", NULL, &whole);
    samples_free(&ours);
    samples_free(&whole);
    measure_scans(bench);
}

/* ---- lists ---- */

typedef void list_reader(struct bench *bench, struct txn *txn, size_t repeat,
                         struct arena *arena);

static void read_slice(struct bench *bench, struct txn *txn, const struct query *query,
                       size_t rows, struct arena *arena)
{
    struct query_slice slice;

    bench_must(query_slice(txn, query, (struct bytes){ NULL, 0 }, rows, 0,
                           codes_lookup(bench->codes), arena, &slice));
    if (slice.count != rows && bench->cases > rows)
        abort();
}

static void newest_of_state(struct bench *bench, struct txn *txn, size_t repeat,
                            struct arena *arena)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct text state = TEXT("E01");
    const void *values[] = { &state };
    struct query query = { .type = &exhibit_type,
                           .index = index_named(&exhibit_type, "by_state"),
                           .direction = BACKWARD };

    (void)repeat;
    index_prefix(&prefix, &exhibit_type, query.index, values, 1);
    query.prefix = buffer_bytes(&prefix);
    read_slice(bench, txn, &query, LIST_ROWS, arena);
}

static void newest_cases(struct bench *bench, struct txn *txn, size_t repeat,
                         struct arena *arena)
{
    struct query query = { .type = &case_type,
                           .index = index_named(&case_type, "by_opened"),
                           .direction = BACKWARD };

    (void)repeat;
    read_slice(bench, txn, &query, SCREEN_ROWS, arena);
}

static void dearest_cases(struct bench *bench, struct txn *txn, size_t repeat,
                          struct arena *arena)
{
    struct query query = { .type = &case_type,
                           .index = index_named(&case_type, "by_value"),
                           .direction = BACKWARD };

    (void)repeat;
    read_slice(bench, txn, &query, SCREEN_ROWS, arena);
}

/* A case with what a sheet shows beside it. */
static void open_case(struct bench *bench, struct txn *txn, size_t repeat, struct arena *arena)
{
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct record_key key = { .id = bench_id(&case_type, repeat * 982451653 % bench->cases) };
    struct reference reference = { .id = key.id };
    const void *values[] = { &reference };
    struct query query = { .type = &exhibit_type,
                           .index = index_named(&exhibit_type, "by_case") };
    struct query_slice slice;
    struct record *record;

    bench_must(record_get(txn, &key, 0, arena, &record));
    index_prefix(&prefix, &exhibit_type, query.index, values, 1);
    query.prefix = buffer_bytes(&prefix);
    bench_must(query_slice(txn, &query, (struct bytes){ NULL, 0 }, SCREEN_ROWS, 0,
                           codes_lookup(bench->codes), arena, &slice));
}

static void two_characters(struct bench *bench, struct txn *txn, size_t repeat,
                           struct arena *arena)
{
    struct record_key *keys;
    struct record *record;
    unsigned rights;
    size_t count;

    (void)repeat;
    bench_must(rights_now(txn, bench_desk(bench, 0), &rights));
    bench_must(terms_find(txn, &case_type, TEXT("走私"), LIST_ROWS, arena, &keys, &count));
    if (count == 0)
        abort();
    for (size_t i = 0; i < count; i++)
        bench_must(record_get(txn, &keys[i], TAG_LIST_LAST, arena, &record));
}

/* A filter as it is typed, read, planned, and its first rows. */
static void typed_rows(struct bench *bench, struct txn *txn, const struct record_type *type,
                       const char *typed, const char *order, struct arena *arena)
{
    struct query query = { .type = type,
                           .index = index_named(type, order),
                           .direction = BACKWARD };
    struct listing listing = { .arena = NULL };
    struct filter *filter;
    struct query_slice slice;
    struct message why;

    bench_must(
        filter_parse(&filter, arena, type, text_of(typed), codes_lookup(bench->codes), &why));
    query.filter = filter;
    bench_must(listing_open(&listing, txn, &query, NULL, codes_lookup(bench->codes)));
    bench_must(listing_slice(&listing, txn, (struct bytes){ NULL, 0 }, true, SCREEN_ROWS, 0,
                             codes_lookup(bench->codes), arena, &slice));
    listing_close(&listing);
}

static void typed_state(struct bench *bench, struct txn *txn, size_t repeat,
                        struct arena *arena)
{
    (void)repeat;
    typed_rows(bench, txn, &case_type, "state:C01 value:>1000", "by_opened", arena);
}

static void typed_range(struct bench *bench, struct txn *txn, size_t repeat,
                        struct arena *arena)
{
    (void)repeat;
    typed_rows(bench, txn, &case_type, "opened:2023-06..2023-07", "by_opened", arena);
}

/* Sorting by a field that no index has, as a list does it: in slices, each from a snapshot of its own. */
static void measure_sorting(struct bench *bench)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct query query = { .type = &exhibit_type, .direction = BACKWARD };
    struct listing listing = { .arena = NULL };
    double start = bench_seconds(), longest = 0;
    struct txn *txn;
    bool changed;

    bench_must(store_begin(&txn, bench->store));
    bench_must(listing_open(&listing, txn, &query, field_find(&exhibit_type, tag_exhibit_value),
                            codes_lookup(bench->codes)));
    txn_end(txn);
    while (listing_sorting(&listing)) {
        double slice = bench_seconds();

        bench_must(store_begin(&txn, bench->store));
        bench_must(listing_step(&listing, txn, 10, codes_lookup(bench->codes), &changed));
        txn_end(txn);
        slice = bench_seconds() - slice;
        longest = slice > longest ? slice : longest;
    }
    bench_line("sort by a field without an index, all exhibits", "slices of 10 ms",
               "%.0f/s, longest slice %.1f ms",
               (double)sorted_walked(listing.sorted) / (bench_seconds() - start),
               longest * 1e3);
    listing_close(&listing);
}

static void measure_list(struct bench *bench, const char *what, const char *budget,
                         list_reader *reader)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct samples samples = { .count = 0 };

    for (size_t i = 0; i < REPEATS; i++) {
        double start = bench_seconds();
        struct txn *txn;

        bench_must(store_begin(&txn, bench->store));
        reader(bench, txn, i, arena);
        txn_end(txn);
        samples_take(&samples, bench_seconds() - start);
        arena_reset(arena);
    }
    bench_line(what, budget, "p50 %.3f ms, p99 %.3f ms", samples_part(&samples, 0.5) * 1e3,
               samples_part(&samples, 0.99) * 1e3);
    samples_free(&samples);
}

static void measure_lists(struct bench *bench)
{
    measure_list(bench, "list: newest 50 exhibits of a state, rows read", "5 ms (a page)",
                 newest_of_state);
    measure_list(bench, "list: first page of cases, newest first", "5 ms (a page)",
                 newest_cases);
    measure_list(bench, "list: first page of cases, dearest first", "at once", dearest_cases);
    measure_list(bench, "list: cases of a typed state and value, newest first", "at once",
                 typed_state);
    measure_list(bench, "list: cases of two typed months, newest first", "at once",
                 typed_range);
    measure_sorting(bench);
    measure_list(bench, "open a case: record and its exhibits", "10 ms", open_case);
    measure_list(bench, "search: two Chinese characters, newest 50, rows read", "0.3 ms",
                 two_characters);
}

/* ---- verification ---- */

struct watch {
    uint64_t size;  /* entries */
    double journal; /* when the journal was through */
};

static bool watch_progress(uint64_t done, uint64_t total, void *context)
{
    struct watch *watch = context;

    (void)total;
    if (done <= watch->size)
        watch->journal = bench_seconds();
    return true;
}

static void print_fault(const struct message *message, void *context)
{
    (void)context;
    fprintf(stderr, "bench: a fault was found: %s\n", message->id);
}

/* Seconds until the journal was read through, without the pages, which verification reads
 * before. */
static double verify_journal_time(struct bench *bench, enum verify_depth depth, double pages,
                                  double *whole, struct verify_report *report)
{
    struct watch watch = { .size = 0 };
    struct verify_options options = {
        .depth = depth, .fault = print_fault, .progress = watch_progress, .context = &watch
    };
    double start;

    bench_must(store_size(bench->store, &watch.size));
    start = bench_seconds();
    bench_must(verify_store(bench->store, &options, report));
    *whole = bench_seconds() - start;
    return watch.journal - start - pages;
}

static void measure_verification(struct bench *bench)
{
    struct verify_report report;
    double start = bench_seconds(), pages, leaves, bodies, signatures, whole;
    uint64_t count;

    bench_must(store_check_pages(bench->store, print_fault, NULL, &count));
    start = bench_seconds();
    bench_must(store_check_pages(bench->store, print_fault, NULL, &count));
    pages = bench_seconds() - start;
    bench_line("verify: pages of the database", NULL, "%.0f pages/s (%llu)",
               (double)count / pages, (unsigned long long)count);
    leaves = verify_journal_time(bench, VERIFY_TREE, pages, &whole, &report);
    bench_line("verify: leaves and tree", ">= 1,000,000/s", "%.0f/s (%llu entries, %.2f s)",
               (double)report.entries / leaves, (unsigned long long)report.entries, whole);
    bodies = verify_journal_time(bench, VERIFY_BODIES, pages, &whole, &report);
    bench_line("verify: leaves and tree with bodies", ">= 250,000/s",
               "%.0f/s; %.0f bodies/s (%.2f s)", (double)report.entries / bodies,
               (double)report.bodies / bodies, whole);
    signatures = verify_journal_time(bench, VERIFY_ALL, pages, &whole, &report) - bodies;
    bench_line("verify: signatures", ">= 20,000/s", "%.0f/s (%llu)",
               (double)report.signatures / signatures, (unsigned long long)report.signatures);
    bench_line("verify: everything, records and mirror too", NULL,
               "%.2f s (%llu records, %llu derived entries)", whole,
               (unsigned long long)report.records, (unsigned long long)report.derived);
}

/* ---- all of it ---- */

static size_t wanted_exhibits(void)
{
    const char *number = getenv("BENCH_EXHIBITS"), *large = getenv("BENCH_LARGE");
    size_t wanted = number ? strtoul(number, NULL, 10) : 0;

    if (wanted == 0)
        wanted = large && strcmp(large, "1") == 0 ? 5000000 : 1000000;
    return wanted < 1000 ? 1000 : wanted;
}

static size_t wanted_events(void)
{
    const char *number = getenv("BENCH_EVENTS"), *large = getenv("BENCH_LARGE");

    return number ? strtoul(number, NULL, 10) : large && strcmp(large, "1") == 0 ? 4 : 1;
}

static void measure_making(const struct bench *bench)
{
    for (int signs = 0; signs <= 1; signs++)
        bench_line(signs ? "making: acts of an officer, signed"
                         : "making: acts without a signature",
                   NULL, "%.0f acts/s", (double)bench->acts[signs] / bench->seconds[signs]);
    bench_line("making: mirror and sync at the end", NULL, "%.2f s", bench->finishing);
}

int main(void)
{
    struct bench *bench = memory_new(sizeof *bench);
    double load[3] = { 0, 0, 0 };

    getloadavg(load, 3);
    bench_make(bench, wanted_exhibits(), wanted_events());
    bench_line("what", "budget", "measured at %zu exhibits, load %.1f", bench->exhibits,
               load[0]);
    measure_making(bench);
    if (getenv("BENCH_PAGES_ONLY"))
        measure_pages(bench);
    else if (!getenv("BENCH_MAKE_ONLY")) {
        measure_steps(bench);
        measure_lists(bench);
        bench_stocktake(bench);
        measure_verification(bench);
    }
    bench_end(bench);
    free(bench);
    return 0;
}
