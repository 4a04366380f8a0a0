/* Where the record says one thing and the people another: a row for each contradiction, kept beside the event as values, so
 * that it reads in the language of whoever looks. */
#ifndef TIDEWAITER_CORE_MODEL_DIFFERENCE_H
#define TIDEWAITER_CORE_MODEL_DIFFERENCE_H

#include "core/model/custody_event.h"
#include "core/model/elements.h"

enum { DIFFERENCES_MOST = 16 };

/* While a step is worked out; texts belong to whoever adds them. */
struct differences {
    struct difference_item items[DIFFERENCES_MOST];
    size_t count;
};
/* One more than fits is dropped: the event is a discrepancy already. */
void difference_add(struct differences *all, struct difference_item item);

/* "Holder: recorded D-1204, found D-1205. ..." and what somebody said or an older program wrote: both accounts of an event
 * in words; nothing where it is no discrepancy. */
struct text difference_account(struct arena *arena, const struct custody_event_record *event,
                               const struct lookup *lookup, enum language language);

#endif
