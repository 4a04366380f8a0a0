/* What a custody step meets: how the exhibit stood at its time, and where the papers say one thing and the record another.
 * Inside the model only. */
#ifndef TIDEWAITER_CORE_MODEL_CUSTODY_COMPARE_H
#define TIDEWAITER_CORE_MODEL_CUSTODY_COMPARE_H

#include "core/model/custody.h"

/* The chain as it stood at the step's time. */
struct standing {
    struct reference holder, located;
    struct text state, seal;
    bool past;                               /* a later event stands already */
    bool sealed_since;                       /* a later event put a seal on */
    const struct custody_event_record *next; /* the first later one; NULL: none */
    const struct custody_event_record
        *before; /* while it is worked out: the last one that is not later */
};

/* ERR_REFUSED: its chain begins later. */
enum err custody_stand(struct change *change, const struct exhibit_record *exhibit,
                       struct moment occurred, struct standing *out);

/* Adds each contradiction of the step with the record. */
enum err custody_compare(struct change *change, const struct exhibit_record *exhibit,
                         const struct custody_step *step, const struct standing *standing,
                         struct differences *out);

#endif
