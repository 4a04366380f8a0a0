/* What a stocktake comes to: the list that was written down and the scans beside it, put together.
 *
 * It is loaded once and then follows: only scans that are new are read. Two passes are kept apart, so that who counts second
 * never meets the first's results: whoever asks says which passes count. What was expected and not scanned is missing, unless
 *   - nobody counted at that place (uncounted), or
 *   - its record says that it left the place after the opening and before the count ended (left): such a step is a custody
 *     event, so nothing is hidden by it.
 * An exhibit that lies where its record said at the moment of the scan is found, also where it came only after the opening.
 * The result depends on the store alone: it is the same whenever it is worked out.
 */
#ifndef TIDEWAITER_CORE_MODEL_STOCKTAKE_COUNT_H
#define TIDEWAITER_CORE_MODEL_STOCKTAKE_COUNT_H

#include "core/index/records.h"
#include "core/model/stocktake.h"
#include "core/model/stocktake_line.h"

enum { PASSES = 2, PASS_FIRST = 1 << 0, PASS_SECOND = 1 << 1, PASS_BOTH = 3 };

enum stocktake_class {
    CLASS_MISSING,
    CLASS_MOVED,       /* lies elsewhere than its record says */
    CLASS_UNKNOWN,     /* nothing bears the code, or what bears it was voided */
    CLASS_FOUND_AGAIN, /* was recorded as one that cannot be located */
    CLASS_UNCOUNTED,
    CLASS_LEFT,
    CLASS_EXTRA, /* where its record says, but not on the list: came since, or was not drawn */
    CLASS_FOUND,
    CLASSES
};
extern const struct label stocktake_classes[CLASSES];

struct stocktake_seen {
    uint32_t line;           /* the scan that counts; 0: not seen */
    uint64_t recorded;       /* place by the record at that moment; 0: none */
    uint64_t found;          /* place */
    enum stocktake_class as; /* FOUND, MOVED, UNKNOWN, FOUND_AGAIN */
    unsigned times;
};

struct stocktake_item {
    uint64_t exhibit;  /* 0: a code */
    struct text code;  /* that nothing bears */
    uint64_t expected; /* place; 0: not on the list */
    struct stocktake_seen seen[PASSES];
    enum stocktake_class class; /* by stocktake_count_conclude() */
    bool differs;               /* the two passes do not agree */
    bool corrected;             /* missing, moved, found again: a custody event has followed */
};

struct stocktake_place {
    uint64_t id, parent;
    bool begun[PASSES];
    size_t expected;
};

struct stocktake_scan; /* one line, in short */
struct stocktake_count {
    struct record_key key;
    bool open;             /* still being counted */
    uint64_t as_of, until; /* entries of the journal at the opening; at the end, 0 while open */
    struct stocktake_item *items; /* those on the list first, in its order */
    size_t count, listed, room;
    struct stocktake_place *places;
    size_t place_count, place_room;
    struct stocktake_scan *scans; /* scans[n - 1] is line n */
    size_t scan_count, scan_room;
    size_t damaged; /* lines that cannot be read */
    /* By stocktake_count_conclude(): */
    size_t totals[CLASSES];
    size_t twice, differing, errors;
    size_t uncorrected;
    struct arena *arena;
    struct number_table *items_by, *places_by;
};

enum err stocktake_count_open(struct stocktake_count **out, struct txn *txn,
                              const struct record_key *key);
void stocktake_count_free(struct stocktake_count *count); /* NULL is allowed */
/* The scans that came since, and the state. */
enum err stocktake_count_follow(struct stocktake_count *count, struct txn *txn);
/* Works out each item's class and the totals, by the scans of these passes. */
enum err stocktake_count_conclude(struct stocktake_count *count, struct txn *txn,
                                  unsigned passes);

/* While counting: what one pass has seen. */
struct stocktake_progress {
    size_t expected, found; /* on the list at this place or below it; of these, seen */
};
enum err stocktake_progress_at(struct stocktake_count *count, struct txn *txn, uint64_t place,
                               int pass, struct stocktake_progress *out);
/* Is this item expected at the place or below it, and not seen by the pass? */
bool stocktake_awaited(const struct stocktake_count *count, const struct stocktake_item *item,
                       uint64_t place, int pass);
struct stocktake_item *stocktake_item_of(const struct stocktake_count *count,
                                         uint64_t exhibit); /* or NULL */
/* Which pass an officer counts in (0, 1), or -1. */
int stocktake_pass_of(const struct stocktake_record *stocktake, uint64_t officer);
/* The newest open stocktake in which the officer counts; id 0: none. */
enum err stocktake_of_officer(struct txn *txn, uint64_t officer, struct record_key *out);
/* Errors in a thousand of those on the list that were counted. */
int64_t stocktake_error_rate(const struct stocktake_record *stocktake);
enum {
    STOCKTAKE_ERRORS_MOST = 40
}; /* in a thousand: above it the whole of the high risks is counted */

#endif
