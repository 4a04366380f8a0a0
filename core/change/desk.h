/* An officer's desk: drafts, own columns, last used values; files in desk/ of the store's folder (0600, written
 * beside and renamed), never journaled. Names are of [a-z0-9.-] and checked; a damaged file is named and set aside. */
#ifndef TIDEWAITER_CORE_CHANGE_DESK_H
#define TIDEWAITER_CORE_CHANGE_DESK_H

#include "core/schema/record.h"
#include "core/store/store.h"

enum err desk_write(struct store *store, uint64_t officer, const char *name, struct bytes data);
enum err desk_read(struct store *store, uint64_t officer, const char *name, struct arena *arena, struct bytes *data); /* ERR_MISSING */
enum err desk_remove(struct store *store, uint64_t officer, const char *name);

/* A half-filled form: which act, upon which record (id 0: a new one) at which revision, what was typed. */
struct draft {
    char name[64];
    struct text act;
    struct record_key key;
    uint32_t revision;
    int64_t saved_ms;
    struct bytes values;  /* the input's fields, encoded */
    struct bytes raw;     /* text that could not yet be parsed: CBOR map tag -> text */
};
enum err draft_write(struct store *store, uint64_t officer, const struct draft *draft);
enum err draft_list(struct store *store, uint64_t officer, struct arena *arena, struct draft **out, size_t *count); /* newest first */
enum err draft_remove(struct store *store, uint64_t officer, const char *name);

#endif
