#include "tests/bench/bench_maker.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/seams.h"
#include "core/change/mirror.h"
#include "core/exchange/maker.h"
#include "core/model/elements.h"
#include "core/model/number.h"
#include "tests/bench/bench.h"

/* The seed of everything random while the store is made: nonces, request ids, keys. */
enum { SEED = 20230621 };

/* ---- what the records say ---- */

static const char *const goods[] = { "DUT.CIG", "DUT.CGR", "DUT.RYO", "DUT.WPT" };
static const struct {
    const char *zh, *en;
} titles[] = {
    { "葵涌海運走私香煙", "Kwai Chung: smuggled cigarettes" },
    { "機場空運私煙", "Airport: illicit cigarettes by air" },
    { "屯門倉庫存放私煙", "Tuen Mun: illicit cigarettes in store" },
    { "西貢快艇走私煙草", "Sai Kung: smuggled tobacco by speedboat" },
    { "元朗貨車運送雪茄", "Yuen Long: cigars on a lorry" },
};

uint64_t bench_id(const struct record_type *type, size_t i)
{
    return id_make(type->number, 0, i + 1);
}

struct session *bench_desk(struct bench *bench, size_t k)
{
    return &bench->people.desk[k % DEMO_DESKS];
}

/* A day of the five years before 2023; neighbours lie far apart, as in a store that was
 * filled from papers. */
static struct moment moment_of(size_t k)
{
    enum { DAYS = 1826, STEP = 757, DAY = 86400 };
    int64_t first = INT64_C(1514736000);

    return moment_of_ms((first + (int64_t)(k * STEP % DAYS) * DAY + (int64_t)(k % 1440) * 60) *
                            1000,
                        480);
}

void bench_case(struct bench *bench, size_t k, struct case_record *file, struct arena *arena)
{
    enum { TITLES = sizeof titles / sizeof *titles };
    struct ordinance_item *ordinance = arena_alloc(arena, sizeof *ordinance);

    file->state = TEXT("C01");
    file->title =
        (struct bitext){ text_of(titles[k % TITLES].zh), text_of(titles[k % TITLES].en) };
    ordinance->ordinance = TEXT("109");
    file->ordinances = (struct list){ ordinance, 1 };
    file->opened = moment_of(k).date;
    file->place = TEXT("KCT");
    file->officer = (struct reference){ .id = bench_desk(bench, k)->officer };
    file->value = (struct money){ (int64_t)(k * 7919 % 1000000) * 10000, "HKD" };
    file->summary = (struct bitext){
        arena_printf(arena, "人員檢查第%zu號貨櫃，檢獲私煙，拘捕一名男子。", k),
        arena_printf(
            arena,
            "Officers searched container %zu, found duty-not-paid goods and arrested a man.", k)
    };
}

void bench_seizure(struct bench *bench, size_t k, struct seizure_record *seizure)
{
    seizure->state = TEXT("Z02");
    seizure->of_case = (struct reference){ .id = bench_id(&case_type, k) };
    seizure->occurred = moment_of(k);
    seizure->place = TEXT("KCT");
    seizure->officer = (struct reference){ .id = bench_desk(bench, k)->officer };
    seizure->seizure_kind = TEXT("seized");
}

void bench_exhibit(struct bench *bench, size_t i, struct exhibit_record *exhibit,
                   struct arena *arena)
{
    size_t k = i / EXHIBITS_OF_CASE;

    exhibit->state = TEXT("E01");
    exhibit->seizure = (struct reference){ .id = bench_id(&seizure_type, k) };
    exhibit->of_case = (struct reference){ .id = bench_id(&case_type, k) };
    exhibit->commodity = text_of(goods[i % (sizeof goods / sizeof *goods)]);
    exhibit->quantity = (struct quantity){ { (int64_t)(i * 7919 % 100000) + 1, 0 },
                                           i % 4 == 0 ? TEXT("stick") : TEXT("kg") };
    exhibit->legal_status = TEXT("L01");
    exhibit->legal_since = moment_of(k);
    exhibit->holder = (struct reference){ .id = bench_desk(bench, k)->officer };
    exhibit->located = bench->place;
    exhibit->events = (struct integer){ true, 1 };
    exhibit->description = (struct bitext){ arena_printf(arena, "第%zu箱", i),
                                            arena_printf(arena, "Carton %zu", i) };
    exhibit->suspected = FLAG_YES;
    exhibit->hazard = TEXT("general");
    exhibit->state_since = moment_of(k);
    exhibit->last_event = moment_of(k);
}

void bench_event(const struct exhibit_record *exhibit, struct custody_event_record *event)
{
    event->action = TEXT("seized");
    event->occurred = exhibit->last_event;
    event->holder = exhibit->holder;
    event->located = exhibit->located;
    event->actor = exhibit->holder;
    event->state = exhibit->state;
    event->late = FLAG_YES;
}

/* ---- one act each ---- */

struct making {
    struct bench *bench;
    size_t first; /* case */
    bool signs;
    size_t at; /* case or exhibit of this act */
};

static void sign_act(struct change *change, const struct making *making, size_t k)
{
    if (making->signs)
        change_sign(change, "actor", &bench_desk(making->bench, k)->signer);
}

static enum err build_case(struct change *change, void *context)
{
    const struct making *making = context;
    struct record *record;
    struct case_record *file;

    TRY(change_make(change, &case_type, &record));
    file = (struct case_record *)record;
    bench_case(making->bench, making->at, file, change_arena(change));
    TRY(number_case(change, file->place, file->formation, file->opened, &file->number));
    sign_act(change, making, making->at);
    return change_put(change, record);
}

static enum err build_seizure_of_case(struct change *change, void *context)
{
    const struct making *making = context;
    struct record *record;
    struct seizure_record *seizure;

    TRY(change_make(change, &seizure_type, &record));
    seizure = (struct seizure_record *)record;
    bench_seizure(making->bench, making->at, seizure);
    TRY(number_serial(change, "S", &seizure->number));
    sign_act(change, making, making->at);
    return change_put(change, record);
}

static enum err build_exhibit_of_case(struct change *change, void *context)
{
    const struct making *making = context;
    struct record *record, *event;
    struct exhibit_record *exhibit;

    TRY(change_make(change, &exhibit_type, &record));
    exhibit = (struct exhibit_record *)record;
    bench_exhibit(making->bench, making->at, exhibit, change_arena(change));
    TRY(number_serial(change, "E", &exhibit->number));
    TRY(change_event(change, record->key.id, &custody_event_type, &event));
    bench_event(exhibit, (struct custody_event_record *)event);
    sign_act(change, making, making->at / EXHIBITS_OF_CASE);
    TRY(change_put(change, record));
    return change_put(change, event);
}

static enum err make_one_case(struct txn *txn, struct making *making, size_t k,
                              struct arena *arena)
{
    struct session *desk = bench_desk(making->bench, k);
    struct change_result result = { .arena = arena };

    making->at = k;
    TRY(change_in(txn, desk, "case-open", build_case, making, &result));
    TRY(change_in(txn, desk, "seizure-record", build_seizure_of_case, making, &result));
    for (size_t i = 0; i < EXHIBITS_OF_CASE; i++) {
        making->at = k * EXHIBITS_OF_CASE + i;
        TRY(change_in(txn, desk, "exhibit-add", build_exhibit_of_case, making, &result));
    }
    return ERR_OK;
}

static enum err make_cases(struct txn *txn, void *context)
{
    struct making *making = context;
    AUTO_ARENA struct arena *arena = arena_new();
    size_t end = making->first + ACTS_AT_ONCE / ACTS_OF_CASE;

    for (size_t k = making->first; k < end && k < making->bench->cases; k++)
        TRY(make_one_case(txn, making, k, arena));
    return ERR_OK;
}

/* ---- the store ---- */

static enum err reference_to(struct bench *bench, const struct record_type *type,
                             struct text number, struct reference *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    TRY(store_begin(&txn, bench->store));
    TRY(record_by_number(txn, type, number, 0, arena, &record));
    *out = reference_of(record);
    return ERR_OK;
}

/* Every second closure is signed, so that both rates are of a store of the same size. */
static void make_all(struct bench *bench)
{
    struct making making = { .bench = bench };

    while (making.first < bench->cases) {
        size_t left = bench->cases - making.first, now = ACTS_AT_ONCE / ACTS_OF_CASE;
        double start = bench_seconds();

        bench_must(store_write(bench->store, make_cases, &making));
        bench->seconds[making.signs] += bench_seconds() - start;
        bench->acts[making.signs] += (left < now ? left : now) * ACTS_OF_CASE;
        making.first += now;
        making.signs = !making.signs;
    }
}

static enum err build_annotation(struct change *change, void *context)
{
    const size_t *exhibit_at = context;
    struct record_key key = { .id = bench_id(&exhibit_type, *exhibit_at) };
    struct record *record, *event;
    struct exhibit_record *exhibit;
    struct custody_event_record *annotation;

    TRY(change_get(change, &key, &record));
    exhibit = (struct exhibit_record *)record;
    exhibit->events.value++;
    TRY(change_event(change, key.id, &custody_event_type, &event));
    annotation = (struct custody_event_record *)event;
    bench_event(exhibit, annotation);
    annotation->action = TEXT("annotated");
    annotation->annotates = (struct integer){ true, 1 };
    annotation->remark = arena_printf(change_arena(change), "Inspected, note %lld",
                                      (long long)exhibit->events.value);
    TRY(change_put(change, record));
    return change_put(change, event);
}

/* Further events of exhibits, from one on. */
struct living {
    struct bench *bench;
    size_t first, events; /* of each */
    size_t at_once;       /* exhibits */
};

static enum err make_some_lives(struct txn *txn, void *context)
{
    const struct living *living = context;
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result result = { .arena = arena };

    for (size_t i = living->first;
         i < living->first + living->at_once && i < living->bench->exhibits; i++)
        for (size_t n = 0; n < living->events; n++)
            TRY(change_in(txn, bench_desk(living->bench, i / EXHIBITS_OF_CASE),
                          "exhibit-annotate", build_annotation, &i, &result));
    return ERR_OK;
}

/* The first exhibit has had as long a life as a sheet must show quickly. */
static void make_lives(struct bench *bench)
{
    struct living living = { bench, 0, bench->events - 1, ACTS_AT_ONCE };

    for (; living.events > 0 && living.first < bench->exhibits; living.first += living.at_once)
        bench_must(store_write(bench->store, make_some_lives, &living));
    living = (struct living){ bench, 0, LONG_LIFE - bench->events, 1 };
    bench_must(store_write(bench->store, make_some_lives, &living));
}

void bench_make(struct bench *bench, size_t exhibits, size_t events)
{
    const char *where = getenv("BENCH_DIR");
    struct demo_report report = { 0 };
    size_t codes;

    memset(bench, 0, sizeof *bench);
    bench->cases = (exhibits + EXHIBITS_OF_CASE - 1) / EXHIBITS_OF_CASE;
    bench->exhibits = bench->cases * EXHIBITS_OF_CASE;
    bench->events = events < 1 ? 1 : events < LONG_LIFE ? events : LONG_LIFE - 1;
    snprintf(bench->parent, sizeof bench->parent, "%s/bench-XXXXXX", where ? where : ".");
    if (!mkdtemp(bench->parent)) {
        perror(bench->parent);
        exit(1);
    }
    snprintf(bench->folder, sizeof bench->folder, "%s/store", bench->parent);
    bench_must(crypto_start());
    random_repeat(SEED);
    bench_must(maker_begin(&bench->store, &bench->program, bench->folder,
                           TEXT("bench.tidewaiter.example/cases"), 0, true, &codes));
    bench->codes = codes_new(bench->store);
    bench_must(codes_refresh(bench->codes));
    bench->program.lookup = codes_lookup(bench->codes);
    bench_must(demo_people_make(&bench->program, bench->codes, &bench->people, &report));
    bench_must(reference_to(bench, &place_type, TEXT("KCT"), &bench->place));
    bench_must(reference_to(bench, &location_type, TEXT("KC-R1"), &bench->shelf));
    bench_must(store_size(bench->store, &bench->first));
    make_all(bench);
    make_lives(bench);

    double start = bench_seconds();

    bench_must(mirror_catch_up(bench->store));
    bench_must(store_finish(bench->store));
    bench->finishing = bench_seconds() - start;
    seams_set(NULL);
}

static void remove_all(const char *folder)
{
    char *const command[] = { "rm", "-rf", (char *)(uintptr_t)folder, NULL };
    int status;
    pid_t child = fork();

    if (child == 0) {
        execvp(command[0], command);
        _exit(127);
    }
    if (child > 0)
        waitpid(child, &status, 0);
}

void bench_end(struct bench *bench)
{
    const char *keep = getenv("BENCH_KEEP");

    demo_people_leave(&bench->people);
    codes_free(bench->codes);
    store_close(bench->store);
    if (keep && rename(bench->folder, keep) != 0)
        perror(keep);
    remove_all(bench->parent);
}
