/* The mirror: the journal as plain files beside the database, from which everything can be rebuilt and
 * which an outsider can verify with nothing else (tests/verify_mirror.py, assets/doc/file-format.md).
 *
 * journal/NNNNNN.leaf and .body (NNNNNN = sequence / 65,536), journal/head = the newest checkpoint as a
 * signed note. It is copied from the database after each commit, under flock on journal/lock, and so may be
 * behind, never ahead: ahead means that the database was rolled back, and nothing may be written then.
 *
 * The head is written over in place, within one sector: who reads it without the lock may meet half of two and looks again.
 * It is synced when a file is complete, not with every commit: the commit itself is durable in the database, and
 * what a power cut takes from the mirror's end is copied again. journal/lock also holds how far the files are
 * filled ("entries leaf-bytes body-bytes"), a hint that spares reading them; where it does not fit, they are read.
 */
#ifndef TIDEWAITER_CORE_CHANGE_MIRROR_H
#define TIDEWAITER_CORE_CHANGE_MIRROR_H

#include "core/store/store.h"

enum { MIRROR_ENTRIES = 65536 }; /* in one file */

/* Brings the files up to the database; a torn last frame (a crash) is cut off first, and a body that was
 * dropped gets an empty frame. A mirror that cannot be written (full disk, read-only; ERR_BUSY: another process
 * is at it for over a second) is a failure of its own: the commit stands. ERR_ROLLED_BACK as below. */
enum err mirror_catch_up(struct store *store);
/* ERR_ROLLED_BACK names both heads; ERR_DAMAGED: the mirror's head is not a head of this log. Cheap: reads
 * journal/head and one consistency proof; called on opening for writing. No or an empty head is no failure. */
enum err mirror_check(struct store *store);
/* Entries that the mirror holds according to journal/head; 0 where there is none. */
enum err mirror_size(struct store *store, uint64_t *size);

/* Reads a mirror's entries in order, for rebuild and verify. They point into memory that the next entry
 * uses again. A torn frame at the very end is passed over; anything else out of order is ERR_DAMAGED. */
struct mirror_entry {
    uint64_t sequence;
    struct bytes leaf;
    size_t body_count;
    struct {
        uint16_t n;
        struct bytes body;
    } bodies[STATEMENT_ITEMS + 1]; /* empty: dropped */
};
enum err mirror_walk(const char *journal_folder,
                     enum err (*each)(const struct mirror_entry *entry, void *context),
                     void *context);

#endif
