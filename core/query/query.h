/* Lists: which records, in which order, filtered how; read in slices so that no screen waits on the size of the store.
 *
 * A query walks an index (sorted lists at any size at once) and tests each record against a filter: words and
 * `field:value`. A slice stops at `rows` found or at its deadline, and resumes where it stopped.
 */
#ifndef TIDEWAITER_CORE_QUERY_QUERY_H
#define TIDEWAITER_CORE_QUERY_QUERY_H

#include "core/index/index.h"

/* A filter: all parts must hold. "ordinance:586 state:C02 魚翅": a field by name or label in either language, its
 * value as code or shown text (contains, folded); `value:>1000000` (more than; `>=` too), `opened:2023-06..2023-09` with both
 * ends, where a month or year covers its days; amounts of another currency or unit never match. A bare word is sought in
 * the listed and the searched fields. A field's name or label may be cut short; what is half typed is no condition. */
struct filter;
enum err filter_parse(struct filter **out, struct arena *arena, const struct record_type *type,
                      struct text typed, const struct lookup *lookup, struct message *why);
bool filter_match(const struct filter *filter, const struct record *record,
                  const struct lookup *lookup);
bool filter_empty(const struct filter *filter);
uint16_t filter_last_tag(const struct filter *filter); /* decoding may stop there; 0: all */

struct query {
    const struct record_type *type;
    const struct index_row *index; /* NULL: by id */
    enum direction direction;
    struct bytes prefix;         /* index_prefix(): narrows to leading values; empty: all */
    const struct filter *filter; /* NULL: all */
    bool voided;                 /* shows voided records too */
    bool all_fields;             /* decodes whole records, not only what lists show */
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
/* What a query's records number where a counter knows it (no filter, no voided ones); -1 where it does not. */
int64_t query_count(struct txn *txn, const struct query *query);
/* Counts what the query finds, but no further than `most` and no longer than `budget_ms` (0: no limit). */
struct query_number {
    size_t count;
    bool whole; /* false: there may be more */
};
enum err query_count_most(struct txn *txn, const struct query *query, size_t most,
                          int budget_ms, const struct lookup *lookup, struct query_number *out);

/* What the search box finds: an exact id, number, barcode or card of any type first, then words. A damaged record is found
 * too, so that it is named. */
enum err search(struct txn *txn, struct text typed, size_t limit, struct arena *arena,
                struct record_key **out, size_t *count);

/* Where a record is named: types and fields that refer to a record of this type through an index, for related lists: each
 * type once, by the first of its indexes that does. */
struct link {
    const struct record_type *type;
    const struct field *field;
    const struct index_row *index;
};
size_t links_to(const struct record_type *type, struct link *out, size_t room);

#endif
