/* A list as a screen reads it: any filter, any order, from wherever it is soonest read.
 *
 * listing_open() chooses: where a part of the filter asks for one value (state:C02) or a range (opened:2023-06..) of a field that
 * leads an index, that part of the index is read instead of everything, narrowed by what the filter asks of the index's further
 * fields. A sparse index is read only where the filter fits nothing that it leaves out (due:<today, discrepancies:>0); where this gives another order than is wanted, what is found
 * is sorted (sorted.h) if it is little, else the order's own index is walked, in which rows that fit are then frequent. Where a few records
 * have the words that are sought, these are shown first while the walk completes the list. Whatever is chosen, the rows are
 * the same.
 *
 * A listing owns its plan; the query's filter must live as long.
 */
#ifndef TIDEWAITER_CORE_QUERY_LISTING_H
#define TIDEWAITER_CORE_QUERY_LISTING_H

#include "core/query/sorted.h"

/* The plan alone. */
struct plan {
    struct query source; /* prefix, from and to live in the arena */
    bool sorts;          /* in another order than is wanted */
    uint16_t fields[ORDER_FIELDS];
    enum direction direction;
    struct record_key *likely; /* to be shown first */
    size_t likely_count;
};
/* `by`: the field to sort by in place of the query's index (which then only narrows, with its prefix); NULL. `few`: entries that
 * are read and sorted rather than an order walked. */
enum { PLAN_FEW = 2000 };
enum err plan_make(struct plan *out, struct txn *txn, const struct query *query,
                   const struct field *by, size_t few, struct arena *arena);

struct listing {
    struct plan plan;
    struct sorted *sorted; /* NULL: the source is read as it is */
    struct arena *arena;
};
/* Zeroed before the first time; opened again it forgets the former plan. */
enum err listing_open(struct listing *listing, struct txn *txn, const struct query *query,
                      const struct field *by, const struct lookup *lookup);
void listing_close(struct listing *listing);
/* As query_slice(): forward is the list's own direction. */
enum err listing_slice(const struct listing *listing, struct txn *txn, struct bytes resume,
                       bool forward, size_t rows, int budget_ms, const struct lookup *lookup,
                       struct arena *arena, struct query_slice *out);
/* A slice of sorting; *changed: rows came or went, so what is shown must be read anew. */
enum err listing_step(struct listing *listing, struct txn *txn, int budget_ms,
                      const struct lookup *lookup, bool *changed);
bool listing_sorting(const struct listing *listing);
/* Where a record stands in this list now; where it has several places, `seen` if that is one. Empty: nowhere. */
void listing_entry(const struct listing *listing, const struct record *record,
                   struct bytes seen, struct buffer *out);

#endif
