/* History from the journal: every revision of a record, who made it, what changed; and records "as at" a time.
 * Needs no index: an item of an entry points to the revision before. */
#ifndef TIDEWAITER_CORE_CHANGE_HISTORY_H
#define TIDEWAITER_CORE_CHANGE_HISTORY_H

#include "core/index/records.h"

struct revision {
    uint32_t revision;
    uint64_t sequence;
    uint64_t time_ms;
    uint64_t officer;
    struct text act;
    struct text reason, remark; /* of the act's own body */
    struct record *record;      /* NULL: its body was lawfully dropped, or is damaged */
    bool damaged; /* its body or the act's own fails its check or its commitment: not shown */
};
/* The revision of a record that the entry `sequence` made; *item (may be NULL) is its line in the statement. */
enum err revision_read(struct txn *txn, const struct record_key *key, uint64_t sequence,
                       struct arena *arena, struct revision *out, struct statement_item *item);
/* Newest first, at most `limit`, from the revision `from` downwards (0: the newest). */
enum err history_read(struct txn *txn, const struct record_key *key, uint32_t from,
                      size_t limit, struct arena *arena, struct revision **out, size_t *count);
/* The record as it stood at `time_ms` (entries of that very millisecond included); ERR_MISSING: not yet made. */
enum err record_as_at(struct txn *txn, const struct record_key *key, uint64_t time_ms,
                      struct arena *arena, struct record **out);
/* The time as which a person means a moment: the end of a day without a time of day, but never more than `now`. False: it is
 * only partly known, still to come, or before anything could be recorded. */
bool journal_time(struct moment moment, int64_t now, uint64_t *time_ms);
/* How many entries the journal had at that time, those of that very millisecond included. */
enum err journal_size_at(struct txn *txn, uint64_t time_ms, uint64_t *size);
/* The record, whole, as it stood when the journal had `size` entries; failures as of record_as_at(). It costs one read where
 * nothing has changed since. */
enum err record_at(struct txn *txn, const struct record_key *key, uint64_t size,
                   struct arena *arena, struct record **out);
/* One entry: the statement and the act's own body; undoes: sequence + 1 of the act that it undoes. */
struct journal_entry {
    uint64_t sequence, time_ms;
    struct statement statement;
    struct text reason, remark, terminal;
    uint64_t undoes;
    bool damaged; /* the act's own body is: its texts are absent */
};
enum err entry_read(struct txn *txn, uint64_t sequence, struct arena *arena,
                    struct journal_entry *out);

#endif
