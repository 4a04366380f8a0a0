/* What hangs together: where a record is named, what a record names, and which cases share something with a case.
 *
 * All of it comes from indexes and search terms, page by page with a limit, so that no screen waits on the size of the
 * store. Nothing here is kept.
 */
#ifndef TIDEWAITER_CORE_QUERY_LINKS_H
#define TIDEWAITER_CORE_QUERY_LINKS_H

#include "core/change/history.h"
#include "core/query/query.h"

/* A type and field that refer to records of a type through an index, for related lists: each type once, by the first of its
 * indexes that does. The field may be a list whose rows begin with the reference. */
struct link {
    const struct record_type *type;
    const struct field *field;
    const struct index_row *index;
};
size_t links_to(const struct record_type *type, struct link *out, size_t room);
/* The query of the records that name `of` so; `prefix` holds its bytes and must live as long. */
struct query link_query(const struct link *link, struct reference of, struct buffer *prefix);
/* How many they are, voided ones not counted; looks at no more than `most` (*more: there may be more). */
enum err link_count(struct txn *txn, const struct link *link, struct reference of, size_t most,
                    size_t *count, bool *more);
/* The records as they stood when the journal had `size` entries, of those that name `of` so today: those that were there
 * then, were not voided, and named it then. What named it then and names another today is not among them. Looks at no
 * more than `most` of today's. */
enum err link_rows_at(struct txn *txn, const struct link *link, struct reference of,
                      uint64_t size, size_t most, struct arena *arena, struct query_slice *out);

/* What happened to a record and to all that names it or stands beside it (a case: its seizures, exhibits, notes ...), newest
 * first, each entry of the journal once; of bounded numbers of them, so that it may not be all: at most `limit`. */
struct happening {
    struct record_key key;
    struct revision revision;
};
enum err happenings(struct txn *txn, const struct record *record, size_t limit,
                    struct arena *arena, struct happening **out, size_t *count);

/* What a field's value names: records by reference, codes in their tables, each row of a list. */
struct named {
    const struct field
        *field; /* whose value names it: of the record, or of a row of its list */
    struct record_key key;
};
/* May this field name anything at all? (for offering; reads nothing) */
bool field_names(const struct field *field, const void *value);
/* At most `room`; what cannot be found is passed over. */
size_t named_by(struct txn *txn, const struct field *field, const void *value,
                struct named *out, size_t room);

/* Another case that shares something with this one. The reason is the label of what is shared, and its number or name. */
struct related_case {
    struct record_key key;      /* the other case */
    const struct label *reason; /* "Container number", "Party" */
    struct text number;         /* "CSQU3054383"; absent where a record is shared: */
    struct reference shared;
};
/* By the numbers of its seizures and exhibits (container, waybill, IMEI, serial number) and by the parties, things and
 * operations that its records name. Looks at no more than a few hundred records; *more: it stopped there. */
enum err related_cases(struct txn *txn, const struct record *of, size_t limit,
                       struct arena *arena, struct related_case **out, size_t *count,
                       bool *more);

#endif
