/* The mirror: the journal as plain files beside the database, from which everything can be rebuilt and
 * which an outsider can verify with nothing else (tests/verify_mirror.py, assets/doc/file-format.md).
 *
 * journal/NNNNNN.leaf and .body (NNNNNN = sequence / 65,536), journal/head = the newest checkpoint as a
 * signed note. It is copied from the database after each commit, under flock on journal/lock, and so may be
 * behind, never ahead: ahead means that the database was rolled back, and nothing may be written then.
 */
#ifndef TIDEWAITER_CORE_CHANGE_MIRROR_H
#define TIDEWAITER_CORE_CHANGE_MIRROR_H

#include "core/store/store.h"

/* Brings the files up to the database; a torn last frame (a crash) is cut off first. A mirror that cannot be
 * written (full disk, read-only) is a failure of its own: the commit stands. */
enum err mirror_catch_up(struct store *store);
/* ERR_ROLLED_BACK names both heads; ERR_DAMAGED: the mirror's head is not a head of this log. Cheap: reads
 * journal/head and one consistency proof; called on opening for writing. */
enum err mirror_check(struct store *store);
/* Entries that the mirror holds according to journal/head. */
enum err mirror_size(struct store *store, uint64_t *size);

/* Reads a mirror's entries in order, for rebuild and verify. */
struct mirror_entry {
    uint64_t sequence;
    struct bytes leaf;
    size_t body_count;
    struct { uint16_t n; struct bytes body; } bodies[STATEMENT_ITEMS + 1]; /* empty: dropped */
};
enum err mirror_walk(const char *journal_folder, enum err (*each)(const struct mirror_entry *entry, void *context), void *context);

#endif
