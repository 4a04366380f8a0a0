/* An auditor's question: was the list of a stocktake drawn as it says? The scope is found again as the journal had it at the
 * opening, whatever has moved since; the draw is made again from the recorded seed; and both are compared with what was written
 * down before the first scan. */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_CHECK_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_CHECK_H

#include "core/model/stocktake.h"
#include "core/model/stocktake_scope.h"

struct stocktake_check {
    struct stocktake_scope scope; /* with digest and drawn of each exhibit */
    bool scope_agrees;            /* the digest of all that was in scope */
    bool list_agrees;             /* the digest of what was drawn */
    bool written_agrees;          /* the list beside the stocktake, exhibit by exhibit */
};
/* It looks at every exhibit of the store. */
enum err stocktake_rederive(struct store *store, const struct stocktake_record *stocktake,
                            struct arena *arena, struct stocktake_check *out);

#endif
