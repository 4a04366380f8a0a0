/* Rebuild: a new store from a journal mirror; records, indexes, counters and terms are a pure function of the
 * latest body of each record. The log key is carried over where the old store has it. Equality is shown by dump. */
#ifndef TIDEWAITER_CORE_CHANGE_REBUILD_H
#define TIDEWAITER_CORE_CHANGE_REBUILD_H

#include "core/store/store.h"

/* Makes `folder` from `from`/journal (and its keys/). Never touches `from`. *entries: how many were replayed. */
enum err rebuild_store(const char *from, const char *folder, bool (*progress)(uint64_t done, void *context), void *context, uint64_t *entries);
/* All entries of the trees R, I, T, C as lines of text: letter, key in hex, value in hex. Equal stores, equal bytes. */
enum err dump_store(struct store *store, void (*line)(struct text line, void *context), void *context);

#endif
