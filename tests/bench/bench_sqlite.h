/* The same rows in SQLite, as somebody would lay them out there: a table for each type with
 * its columns' indexes, the payload beside them; the journal and its bodies; counters and
 * search terms as tables of their own. What SQLite need not do here: signatures, hashes, the
 * journal's tree, request ids, the mirror, any check.
 *
 * bench_sqlite.c is the only file that knows SQLite, and is built where HAVE_SQLITE is
 * defined.
 */
#ifndef TIDEWAITER_TESTS_BENCH_BENCH_SQLITE_H
#define TIDEWAITER_TESTS_BENCH_BENCH_SQLITE_H

#include "tests/bench/bench_maker.h"

struct rival;
struct rival *rival_open(const char *path);
void rival_close(struct rival *rival);
void rival_durable(
    struct rival *rival); /* WAL and synchronous=FULL from now on; before: no syncs */
void rival_begin(struct rival *rival);
void rival_commit(struct rival *rival);

/* A row ready to be written: nothing of what is below is counted as SQLite's time but the
 * writing. */
struct rival_row {
    const struct record *record;
    struct bytes payload;
    struct bytes *terms;
    size_t term_count;
    struct {
        struct bytes key;
        int64_t delta;
    } counts[16];
    size_t count_count;
};
/* old NULL: a new one; else only what differs is changed. */
void rival_row(struct rival_row *row, const struct record *old, const struct record *record,
               struct arena *arena);
void rival_insert(struct rival *rival, const struct rival_row *row);
void rival_move(
    struct rival *rival,
    const struct rival_row *row); /* an exhibit with new holder, place, state, time */
void rival_entry(struct rival *rival, struct bytes leaf, const struct bytes *bodies,
                 size_t count);

#endif
