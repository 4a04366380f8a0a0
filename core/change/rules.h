/* What a record type demands beyond its table: a hook of the type's row, called inside the write for every staged
 * record. Rules give findings; they change nothing but derived fields of `new`. */
#ifndef TIDEWAITER_CORE_CHANGE_RULES_H
#define TIDEWAITER_CORE_CHANGE_RULES_H

#include "core/change/change.h"

struct record_rules {
    /* old NULL: the record is being made. Errors among the findings stop the act. */
    void (*check)(struct change *change, const struct record *old, const struct record *new,
                  struct findings *findings);
    bool frozen; /* never amended once made (events, notes) */
    /* The series and number of change_series() that the record's human number came from, so that rebuild never gives it again;
     * false: from none. May be NULL. */
    bool (*series)(const struct record *record, struct arena *arena, struct text *series,
                   uint64_t *number);
};

#endif
