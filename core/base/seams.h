/* The four places where the program meets the world: clock, randomness, files, memory.
 *
 * They are tables of functions, so that a test can set the clock, repeat the random bytes, and
 * let the n-th file call fail. `seams()` gives the one table in use; only tests and main
 * replace it, before any thread or store is open.
 */
#ifndef TIDEWAITER_CORE_BASE_SEAMS_H
#define TIDEWAITER_CORE_BASE_SEAMS_H

#include "core/base/err.h"
#include "core/base/memory.h"

struct seams {
    int64_t (*now_ms)(void); /* ms since 1970 UTC */
    int64_t (*monotonic_ms)(void);
    void (*random)(void *out, size_t size);
    bool (*fail_file)(const char *operation,
                      const char *path);       /* NULL or: true makes it fail with EIO */
    void *(*allocate)(void *old, size_t size); /* realloc's contract */
};
const struct seams *seams(void);
void seams_set(const struct seams *table); /* NULL: the real ones */
int64_t now_ms(void);
int64_t monotonic_ms(void);
/* Puts both clocks forward until a table is set: for scripts, which do not wait. */
void clock_forward(int64_t ms);
void random_bytes(void *out, size_t size);
/* Puts a table in use that is the present one but for its random bytes, which are the same for
 * the same seed and the same calls (ChaCha20): tests and the demo maker only. */
void random_repeat(uint64_t seed);

/* Files. Paths are the system's; every failure is named with its path. The operations that
 * fail_file sees are open, read, write, sync, rename, make and remove. */
bool file_is_plain(const char *path); /* a file, neither folder nor pipe nor device */
/* A file longer than `limit` is ERR_INVALID. */
enum err file_read(struct arena *arena, const char *path, size_t limit, struct bytes *out);
/* Written beside, synced, renamed over, folder synced: the old or the new one survives
 * anything. */
enum err file_replace(const char *path, struct bytes data, unsigned mode);
enum err folder_make(const char *path, unsigned mode); /* an existing folder is no failure */
enum err folder_sync(const char *path);
enum err file_remove(const char *path); /* absent is no failure */
bool file_exists(const char *path);
/* An empty file of this name that nobody else has; ERR_CONFLICT: something is there already, be it a link. */
enum err file_new(const char *path, unsigned mode);
/* Does the path lie in the folder, or below it, whatever links lead there? True also where that cannot be found out. */
bool file_is_within(const char *path, const char *folder);
char *path_join(struct arena *arena, const char *folder, const char *name);

#endif
