/* What a stocktake covers: a store location with all that belongs to it, and the exhibits whose record says that they lie there.
 *
 * Not covered are voided exhibits, those that cannot be located already, and those that are gone for good. A place with all
 * that is below it is read from the index by tree; exhibits are read place by place, so that the list is in the order in which
 * it is walked.
 */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_SCOPE_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_SCOPE_H

#include "core/index/index.h"
#include "core/model/stocktake_sample.h"

/* So many exhibits, and places, one stocktake takes at most: it is written down in one act. */
enum { STOCKTAKE_MOST = 25000, STOCKTAKE_PLACES = 10000 };

struct stocktake_scope {
    struct drawn_item *items; /* in the order of the places; digest and drawn are not set */
    size_t count;
    uint64_t populations[STRATA];
    uint64_t *places; /* ids, in the order of the tree */
    size_t place_count;
};
/* `location` id 0: all roots of the tree that are stores of ours. `strata`: 1 << enum stratum of those wanted.
 * ERR_REFUSED: more than one stocktake takes. */
enum err stocktake_scope(struct txn *txn, struct reference location, unsigned strata,
                         struct arena *arena, struct stocktake_scope *out);
/* The same as the journal had it at `size` entries, whatever has moved since: every exhibit of the store is looked at, as it stood
 * then, so it takes long on a large store; it reads page by page, each from a snapshot of its own. */
enum err stocktake_scope_at(struct store *store, struct reference location, unsigned strata,
                            uint64_t size, struct arena *arena, struct stocktake_scope *out);
/* Is `location` the same as `above`, or somewhere below it? */
enum err location_within(struct txn *txn, uint64_t location, uint64_t above, bool *out);

#endif
