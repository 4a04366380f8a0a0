/* Who may write: a robust mutex shared by processes, in the mapped file `lock`, with the name of whoever
 * holds it. It stands before the database's own writer lock, which a stopped process would hold in silence.
 *
 * A process that dies frees it at once. Every process that has the file open holds it under a shared
 * flock; who finds nobody else there makes the mutex anew, because after a power cut it may say
 * that a process of an earlier start of the machine holds it.
 */
#ifndef TIDEWAITER_CORE_STORE_LOCK_H
#define TIDEWAITER_CORE_STORE_LOCK_H

#include "core/base/err.h"
#include "core/base/memory.h"

enum { LOCK_WAIT_MS = 5000, LOCK_HOLDER = 64 };

struct lock;
enum err lock_open(struct lock **out, const char *path);
void lock_close(struct lock *lock); /* NULL is allowed; it must not be held */
/* ERR_BUSY after wait_ms: names the holder, its process and since when. `who` is cut to
 * LOCK_HOLDER - 1 bytes. */
enum err lock_take(struct lock *lock, const char *who, int64_t wait_ms);
void lock_give(struct lock *lock);

#endif
