/* What may be typed next in a filter: the fields of the type, and after "state:" the codes and records that the field may hold.
 */
#ifndef TIDEWAITER_CORE_QUERY_COMPLETE_H
#define TIDEWAITER_CORE_QUERY_COMPLETE_H

#include "core/model/codes.h"
#include "core/query/filter.h"
#include "core/store/store.h"

struct completion {
    struct text insert; /* in place of the word; absent: it is only said how values are typed */
    struct text name;   /* what is inserted, or a code */
    struct text words;  /* decoded: label or names */
    bool whole;         /* the word is complete: a blank may follow */
};
struct completions {
    struct text before; /* what stands before the word, as it is read */
    struct completion *items;
    size_t count;
};
struct complete_ask {
    struct txn *txn;
    struct codes *codes;
    const struct record_type *type;
    struct text typed; /* up to the cursor */
    enum language language;
    size_t limit;
};
enum err filter_complete(struct completions *out, const struct complete_ask *ask,
                         struct arena *arena);

#endif
