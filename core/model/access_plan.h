/* What a record type's table says of who may read its records: found by the names and kinds of its fields, never by the type's
 * own name. Inside access.c and access_plan.c only. */
#ifndef TIDEWAITER_CORE_MODEL_ACCESS_PLAN_H
#define TIDEWAITER_CORE_MODEL_ACCESS_PLAN_H

#include "core/schema/record.h"

enum { INSIDERS = 8, OWNERS = 3 };

struct plan {
    bool open; /* anybody reads all of it */
    bool
        nobody; /* its table names nobody who could stand inside: it is read, and that is journaled */
    bool has_private;
    uint16_t least; /* decoded so far, most records are decided */
    const struct field *sensitivity, *formation, *list, *holder, *handover, *source;
    const struct field *owners[OWNERS]; /* the first that is filled says what it belongs to */
    size_t owner_count;
    const struct field *insiders[INSIDERS];
    size_t insider_count;
};

struct plan access_plan_make(const struct record_type *type);
/* Is the record one that hides (an informer) from all who do not read everything of what it belongs to? */
bool access_plan_hides(const struct plan *plan, const struct record *record);

#endif
