/* An officer's desk: drafts, own columns, last used values; files in desk/ of the store's folder (0600, written
 * beside and renamed), never journaled. Names are of [a-z0-9.-], 1 to 64 characters, not beginning with a point, and checked.
 * A damaged file is named once (ERR_DAMAGED) and set aside under its name and ".damaged"; asked again it is missing.
 */
#ifndef TIDEWAITER_CORE_CHANGE_DESK_H
#define TIDEWAITER_CORE_CHANGE_DESK_H

#include "core/schema/record.h"
#include "core/store/store.h"

enum err desk_write(struct store *store, uint64_t officer, const char *name,
                    struct bytes data); /* up to 1 MiB */
enum err desk_read(struct store *store, uint64_t officer, const char *name, struct arena *arena,
                   struct bytes *data); /* ERR_MISSING */
enum err desk_remove(struct store *store, uint64_t officer,
                     const char *name); /* absent is no failure */

enum { DRAFT_NAME = 58 }; /* with its NUL: "draft." stands before it in the desk */
/* A half-filled form: which act, upon which record (id 0: a new one) at which revision, what was typed. */
struct draft {
    char name[64]; /* less than DRAFT_NAME characters */
    struct text act;
    struct record_key key;
    uint32_t revision;
    int64_t saved_ms;     /* given by draft_write */
    struct bytes request; /* of an attempt to save whose outcome is not known; empty: none */
    struct bytes raw;     /* what was typed, as the form keeps it */
};
enum err draft_write(struct store *store, uint64_t officer, const struct draft *draft);
enum err draft_read(struct store *store, uint64_t officer, const char *name,
                    struct arena *arena, struct draft *out); /* ERR_MISSING */
/* Newest first. ERR_DAMAGED names a draft that was set aside; asked again, the others come. */
enum err draft_list(struct store *store, uint64_t officer, struct arena *arena,
                    struct draft **out, size_t *count);
enum err draft_remove(struct store *store, uint64_t officer, const char *name);

#endif
