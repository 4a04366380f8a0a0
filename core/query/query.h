/* Lists: which records, in which order, filtered how; read in slices so that no screen waits on the size of the store.
 *
 * A query walks an index (sorted lists at any size at once) and tests each record against a filter: words and
 * `field:value`. A slice stops at `rows` found or at its deadline, and resumes where it stopped.
 */
#ifndef TIDEWAITER_CORE_QUERY_QUERY_H
#define TIDEWAITER_CORE_QUERY_QUERY_H

#include "core/index/index.h"
#include "core/query/filter.h"

struct query {
    const struct record_type *type;
    const struct index_row *index; /* NULL: by id */
    enum direction direction;
    struct bytes prefix;         /* index_prefix(): narrows to leading values; empty: all */
    struct bytes from, to;       /* of an index: from <= entry < to; empty: all of the prefix */
    const struct filter *filter; /* NULL: all */
    bool voided;                 /* shows voided records too */
    bool all_fields;             /* decodes whole records, not only what lists show */
    /* An index of a list's elements gives each record once, for the element that comes first so; NULL: for each element. */
    const enum direction *once;
};
struct query_row {
    struct record_key key;
    struct record *record;
    bool damaged;
    struct bytes entry;
};
struct query_slice {
    size_t count;
    struct query_row *rows;
    struct bytes resume; /* the entry last looked at: go on here where there is more */
    bool more;
    size_t looked_at;
};
/* From `resume` (empty: the start), at most `rows` rows or `budget_ms` (0: none). Records are decoded to TAG_LIST_LAST or
 * as far as the filter needs. */
enum err query_slice(struct txn *txn, const struct query *query, struct bytes resume,
                     size_t rows, int budget_ms, const struct lookup *lookup,
                     struct arena *arena, struct query_slice *out);
/* One record as a row of the query; *taken false: it is none (voided, filtered out, of another family). */
enum err query_row_read(struct txn *txn, const struct query *query,
                        const struct record_key *key, struct bytes entry,
                        const struct lookup *lookup, struct arena *arena, struct query_row *out,
                        bool *taken);
/* What a query's records number where a counter knows it (no filter, no voided ones); -1 where it does not. */
int64_t query_count(struct txn *txn, const struct query *query);
/* Counts what the query finds, but no further than `most` and no longer than `budget_ms` (0: no limit). */
struct query_number {
    size_t count;
    bool whole; /* false: there may be more */
};
enum err query_count_most(struct txn *txn, const struct query *query, size_t most,
                          int budget_ms, const struct lookup *lookup, struct query_number *out);

/* What the search box finds: an exact id, number, barcode or card of any type first, then numbers of documents, telephones and
 * things however they are written, then words. A damaged record is found
 * too, so that it is named. */
enum err search(struct txn *txn, struct text typed, size_t limit, struct arena *arena,
                struct record_key **out, size_t *count);
/* What a scanned code names, never a word: an exact id, number, barcode or card of any type, or the mark of an exhibit's bag. */
enum err search_code(struct txn *txn, struct text code, size_t limit, struct arena *arena,
                     struct record_key **out, size_t *count);

#endif
