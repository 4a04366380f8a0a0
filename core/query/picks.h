/* What a field may hold, for its pick list: codes, choices and records, by code, Chinese or English.
 *
 * Exact and leading codes come first, then names that hold what was typed; with nothing typed, what the officer used last.
 * Records whose numbers people give (shelves, officers) come by number, others the newest first, and never all of them: what is
 * read is bounded, whatever the size of the store.
 */
#ifndef TIDEWAITER_CORE_QUERY_PICKS_H
#define TIDEWAITER_CORE_QUERY_PICKS_H

#include "core/model/codes.h"
#include "core/query/query.h"

struct pick {
    struct text code; /* as it is typed into the field: "END.SHF", a human number, "E-123" */
    struct text zh, en;
    struct text path;      /* of what it lies in, from the top; absent: in nothing */
    struct record_key key; /* of a record */
    bool used;             /* by this officer lately */
};
struct picks {
    size_t count;
    struct pick *items;
    int64_t all; /* how many there are with nothing typed; -1: not known */
    bool more;   /* more records match than were read */
};
struct picks_ask {
    struct txn *txn;
    struct codes *codes;
    const struct field *field; /* CODE, CHOICE or REFERENCE */
    struct text typed;
    const struct text *used; /* the newest first */
    size_t used_count;
    enum language language; /* of the path */
    size_t limit;           /* of records */
};
bool picks_offered(const struct field *field); /* has it a pick list? */
/* The items live in `arena` and as long as the codes. */
enum err picks_read(struct picks *out, const struct picks_ask *ask, struct arena *arena);

/* Records of a type that a person may mean by what was typed: by id, number or label, then by words; with less than three
 * letters typed the first that hold them, as far as a few milliseconds reach. Never a voided one. */
enum err records_meant(struct txn *txn, const struct record_type *type, struct text typed,
                       const struct lookup *lookup, size_t limit, struct arena *arena,
                       struct record ***out, size_t *count, bool *more);

#endif
