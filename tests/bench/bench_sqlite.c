#include "tests/bench/bench_sqlite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/model/elements.h"

/* ---- what a row derives ---- */

struct derived {
    struct rival_row *row;
    struct arena *arena;
    int64_t sign; /* of counters: -1 while the old record is taken */
    bool terms;
    size_t room;
};

static void take_count(struct derived *d, struct bytes key, int64_t delta)
{
    struct rival_row *row = d->row;

    for (size_t i = 0; i < row->count_count; i++)
        if (row->counts[i].key.len == key.len &&
            memcmp(row->counts[i].key.data, key.data, key.len) == 0) {
            row->counts[i].delta += delta;
            return;
        }
    if (row->count_count == sizeof row->counts / sizeof *row->counts)
        abort();
    row->counts[row->count_count].key = key;
    row->counts[row->count_count++].delta = delta;
}

static void take_term(struct derived *d, struct bytes key)
{
    struct rival_row *row = d->row;

    if (row->term_count == d->room) {
        struct bytes *more =
            arena_array(d->arena, d->room = d->room == 0 ? 32 : d->room * 2, sizeof *more);

        if (row->term_count > 0)
            memcpy(more, row->terms, row->term_count * sizeof *more);
        row->terms = more;
    }
    row->terms[row->term_count++] = key;
}

static void take(enum tree tree, struct bytes key, int64_t delta, void *context)
{
    struct derived *d = context;
    struct bytes copy = { arena_copy(d->arena, key.data, key.len), key.len };

    if (tree == TREE_COUNTERS)
        take_count(d, copy, d->sign * delta);
    else if (tree == TREE_TERMS && d->terms)
        take_term(d, copy);
}

void rival_row(struct rival_row *row, const struct record *old, const struct record *record,
               struct arena *arena)
{
    AUTO_BUFFER struct buffer payload = { 0 };
    struct derived derived = { .row = row, .arena = arena, .sign = 1, .terms = !old };

    *row = (struct rival_row){ .record = record };
    record_encode(&payload, record);
    row->payload = (struct bytes){ arena_copy(arena, payload.data, payload.len), payload.len };
    index_derive(record, arena, take, &derived);
    derived.sign = -1;
    if (old)
        index_derive(old, arena, take, &derived);
}

/* ---- the database ---- */

enum statement_id {
    CASE,
    ORDINANCE,
    SEIZURE,
    EXHIBIT,
    EVENT,
    MOVE,
    LEAF,
    BODY,
    TERM,
    COUNT,
    BEGIN,
    COMMIT,
    STATEMENTS
};

static const char schema[] =
    "CREATE TABLE file (id INTEGER PRIMARY KEY, number TEXT UNIQUE, opened INTEGER, state "
    "TEXT, officer INTEGER,"
    " bring_up INTEGER, operation INTEGER, value INTEGER, payload BLOB);"
    "CREATE INDEX file_opened ON file (opened); CREATE INDEX file_state ON file (state, "
    "opened);"
    "CREATE INDEX file_officer ON file (officer, opened); CREATE INDEX file_bring_up ON file "
    "(bring_up);"
    "CREATE INDEX file_operation ON file (operation, opened); CREATE INDEX file_value ON file "
    "(value);"
    "CREATE TABLE file_ordinance (ordinance TEXT, opened INTEGER, id INTEGER, PRIMARY KEY "
    "(ordinance, opened, id))"
    " WITHOUT ROWID;"
    "CREATE TABLE seizure (id INTEGER PRIMARY KEY, number TEXT UNIQUE, file INTEGER, occurred "
    "INTEGER, payload BLOB);"
    "CREATE INDEX seizure_file ON seizure (file, occurred); CREATE INDEX seizure_date ON "
    "seizure (occurred);"
    "CREATE TABLE exhibit (id INTEGER PRIMARY KEY, number TEXT UNIQUE, file INTEGER, seizure "
    "INTEGER, holder INTEGER,"
    " location INTEGER, state TEXT, commodity TEXT, bag TEXT, last_event INTEGER, payload "
    "BLOB);"
    "CREATE INDEX exhibit_file ON exhibit (file, number); CREATE INDEX exhibit_seizure ON "
    "exhibit (seizure, number);"
    "CREATE INDEX exhibit_holder ON exhibit (holder, last_event);"
    "CREATE INDEX exhibit_location ON exhibit (location, last_event);"
    "CREATE INDEX exhibit_state ON exhibit (state, last_event);"
    "CREATE INDEX exhibit_commodity ON exhibit (commodity, number); CREATE INDEX exhibit_bag "
    "ON exhibit (bag);"
    "CREATE TABLE event (exhibit INTEGER, n INTEGER, payload BLOB, PRIMARY KEY (exhibit, n)) "
    "WITHOUT ROWID;"
    "CREATE TABLE journal (sequence INTEGER PRIMARY KEY, leaf BLOB);"
    "CREATE TABLE body (sequence INTEGER, n INTEGER, body BLOB, PRIMARY KEY (sequence, n)) "
    "WITHOUT ROWID;"
    "CREATE TABLE term (term BLOB PRIMARY KEY) WITHOUT ROWID;"
    "CREATE TABLE counter (key BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID;";

#define COUNT_TEXT                                                                             \
    "INSERT INTO counter VALUES (?,?)"                                                         \
    " ON CONFLICT (key) DO UPDATE SET number = number + excluded.number"

static const char *const texts[STATEMENTS] = {
    [CASE] = "INSERT INTO file VALUES (?,?,?,?,?,NULL,NULL,?,?)",
    [ORDINANCE] = "INSERT INTO file_ordinance VALUES (?,?,?)",
    [SEIZURE] = "INSERT INTO seizure VALUES (?,?,?,?,?)",
    [EXHIBIT] = "INSERT INTO exhibit VALUES (?,?,?,?,?,?,?,?,NULL,?,?)",
    [EVENT] = "INSERT INTO event VALUES (?,?,?)",
    [MOVE] =
        "UPDATE exhibit SET holder=?, location=?, state=?, last_event=?, payload=? WHERE id=?",
    [LEAF] = "INSERT INTO journal VALUES (?,?)",
    [BODY] = "INSERT INTO body VALUES (?,?,?)",
    [TERM] = "INSERT INTO term VALUES (?)",
    [COUNT] = COUNT_TEXT,
    [BEGIN] = "BEGIN IMMEDIATE",
    [COMMIT] = "COMMIT",
};

struct rival {
    sqlite3 *database;
    sqlite3_stmt *statements[STATEMENTS];
    int64_t sequence;
};

static void must(struct rival *rival, int code)
{
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW)
        return;
    fprintf(stderr, "bench: SQLite: %s\n", sqlite3_errmsg(rival->database));
    exit(1);
}

static void execute(struct rival *rival, const char *sql)
{
    must(rival, sqlite3_exec(rival->database, sql, NULL, NULL, NULL));
}

struct rival *rival_open(const char *path)
{
    struct rival *rival = memory_new(sizeof *rival);

    must(rival, sqlite3_open(path, &rival->database));
    execute(rival,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA cache_size=-262144");
    execute(rival, schema);
    for (int i = 0; i < STATEMENTS; i++)
        must(rival,
             sqlite3_prepare_v2(rival->database, texts[i], -1, &rival->statements[i], NULL));
    return rival;
}

void rival_close(struct rival *rival)
{
    for (int i = 0; i < STATEMENTS; i++)
        sqlite3_finalize(rival->statements[i]);
    sqlite3_close(rival->database);
    free(rival);
}

void rival_durable(struct rival *rival)
{
    execute(rival, "PRAGMA synchronous=FULL; PRAGMA wal_checkpoint(TRUNCATE)");
}

/* Types of values: i a number, t a text, b bytes. */
static void run(struct rival *rival, enum statement_id id, const char *types, ...)
{
    sqlite3_stmt *statement = rival->statements[id];
    va_list list;

    va_start(list, types);
    for (int i = 0; types[i]; i++) {
        if (types[i] == 'i') {
            must(rival, sqlite3_bind_int64(statement, i + 1, va_arg(list, int64_t)));
        } else if (types[i] == 't') {
            struct text text = va_arg(list, struct text);

            must(rival,
                 sqlite3_bind_text(statement, i + 1, text.data, (int)text.len, SQLITE_STATIC));
        } else {
            struct bytes bytes = va_arg(list, struct bytes);

            must(rival, sqlite3_bind_blob(statement, i + 1, bytes.data, (int)bytes.len,
                                          SQLITE_STATIC));
        }
    }
    va_end(list);
    must(rival, sqlite3_step(statement));
    must(rival, sqlite3_reset(statement));
}

void rival_begin(struct rival *rival)
{
    run(rival, BEGIN, "");
}

void rival_commit(struct rival *rival)
{
    run(rival, COMMIT, "");
}

static int64_t id_of(struct reference reference)
{
    return (int64_t)reference.id;
}

static int64_t time_of(struct moment moment)
{
    return moment_ms(moment);
}

static void write_derived(struct rival *rival, const struct rival_row *row)
{
    for (size_t i = 0; i < row->term_count; i++)
        run(rival, TERM, "b", row->terms[i]);
    for (size_t i = 0; i < row->count_count; i++)
        if (row->counts[i].delta != 0)
            run(rival, COUNT, "bi", row->counts[i].key, row->counts[i].delta);
}

static void insert_case(struct rival *rival, const struct rival_row *row)
{
    const struct case_record *file = (const struct case_record *)row->record;
    const struct ordinance_item *items = file->ordinances.items;
    int64_t id = (int64_t)file->head.key.id;

    run(rival, CASE, "ititiib", id, file->number, (int64_t)file->opened, file->state,
        id_of(file->officer), file->value.minor, row->payload);
    for (size_t i = 0; i < file->ordinances.count; i++)
        run(rival, ORDINANCE, "tii", items[i].ordinance, (int64_t)file->opened, id);
}

void rival_insert(struct rival *rival, const struct rival_row *row)
{
    const struct record *record = row->record;
    int64_t id = (int64_t)record->key.id;

    if (record->type == &case_type) {
        insert_case(rival, row);
    } else if (record->type == &seizure_type) {
        const struct seizure_record *seizure = (const struct seizure_record *)record;

        run(rival, SEIZURE, "itiib", id, seizure->number, id_of(seizure->of_case),
            time_of(seizure->occurred), row->payload);
    } else if (record->type == &exhibit_type) {
        const struct exhibit_record *exhibit = (const struct exhibit_record *)record;

        run(rival, EXHIBIT, "itiiiittib", id, exhibit->number, id_of(exhibit->of_case),
            id_of(exhibit->seizure), id_of(exhibit->holder), id_of(exhibit->located),
            exhibit->state, exhibit->commodity, time_of(exhibit->last_event), row->payload);
    } else {
        run(rival, EVENT, "iib", id, (int64_t)record->key.n, row->payload);
    }
    write_derived(rival, row);
}

void rival_move(struct rival *rival, const struct rival_row *row)
{
    const struct exhibit_record *exhibit = (const struct exhibit_record *)row->record;

    run(rival, MOVE, "iitibi", id_of(exhibit->holder), id_of(exhibit->located), exhibit->state,
        time_of(exhibit->last_event), row->payload, (int64_t)exhibit->head.key.id);
    write_derived(rival, row);
}

void rival_entry(struct rival *rival, struct bytes leaf, const struct bytes *bodies,
                 size_t count)
{
    int64_t sequence = rival->sequence++;

    run(rival, LEAF, "ib", sequence, leaf);
    for (size_t i = 0; i < count; i++)
        run(rival, BODY, "iib", sequence, (int64_t)i, bodies[i]);
}
