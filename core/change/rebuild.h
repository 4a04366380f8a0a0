/* Rebuild: a new store from a journal mirror; records, indexes, counters and terms are a pure function of the
 * latest body of each record. Equality is shown by dump.
 *
 * The log's key is carried over where the old store has it. Where it is lost, a new one signs the new store's heads, and
 * verify says for ever that this is not the key that entry 0 states. The local tree (passwords, wrapped keys) is in no
 * journal: it comes from the old database as far as that can still be read; so do the attached files. A record whose latest body was dropped is not made.
 */
#ifndef TIDEWAITER_CORE_CHANGE_REBUILD_H
#define TIDEWAITER_CORE_CHANGE_REBUILD_H

#include "core/store/store.h"

/* Makes `folder` from `from`/journal (and its keys/log). Never touches `from`. *entries: how many were replayed. ERR_DAMAGED: the
 * files are not a whole journal, or a body is not what its entry is committed to; then nothing is made. */
enum err rebuild_store(const char *from, const char *folder,
                       bool (*progress)(uint64_t done, void *context), void *context,
                       uint64_t *entries);
/* All entries of the trees R, I, T, C as lines of text: letter, key in hex, value in hex; without what the store keeps
 * for itself in C (keys that begin with 00). Equal stores, equal bytes. */
enum err dump_store(struct store *store, void (*line)(struct text line, void *context),
                    void *context);

#endif
