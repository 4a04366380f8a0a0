/* The ordered keys below the store, as store.c and log.c need them. lmdb.c is the only file that knows
 * what they are kept in; this header is for core/store alone.
 *
 * Values are raw here (with their check) and point into the map: until the transaction ends or, in a
 * writing one, until its next change. A page that cannot be right makes the library below assert; in
 * reads that becomes ERR_DAMAGED, in writes it ends the program, whose commit is then absent.
 * One static variable stands in lmdb.c: where SIGBUS returns to while a short file is probed.
 */
#ifndef TIDEWAITER_CORE_STORE_ENGINE_H
#define TIDEWAITER_CORE_STORE_ENGINE_H

#include "core/base/checksum.h"
#include "core/store/store.h"

enum {
    LEAF_KEY = 8,
    BODY_KEY = 10
}; /* bytes of the keys of trees L and B; no other key stands there */

struct engine;
struct engine_txn;

enum engine_mode { ENGINE_CREATE, ENGINE_WRITE, ENGINE_READ };
/* ERR_MISSING: the trees are not there (a store that was never finished). */
enum err engine_open(struct engine **out, const char *folder, enum engine_mode mode);
void engine_close(struct engine *engine); /* NULL is allowed; no transaction may be open */
void engine_moved(struct engine *engine,
                  const char *folder); /* its folder has another name now */
/* False once the outcome of a commit was not known: reads only from then on. */
bool engine_writable(const struct engine *engine);
void engine_unsynced(struct engine *engine, bool unsynced);
enum err engine_sync(struct engine *engine);
/* Of a store that is being made: writes the file anew without the pages that making it left free, which every later commit
 * would keep a list of. The file stays as it was where there are few of them, or there is no room for a second one.
 * Commits are numbered anew. */
enum err engine_compact(struct engine *engine);
void engine_tidy(struct engine *engine);
uint64_t engine_pages_written(const struct engine *engine);
/* The number of the newest commit; of the snapshot; of the commit that a write will become. */
uint64_t engine_newest(const struct engine *engine);
uint64_t engine_id(const struct engine_txn *txn);
/* The file's descriptor and the size of its pages, for pages.c, which reads and never closes it; -1: none. */
int engine_file(const struct engine *engine, size_t *page_size);

enum err engine_read_begin(struct engine_txn **out, struct engine *engine);
void engine_read_end(struct engine_txn *txn);
enum err engine_write_begin(struct engine_txn **out, struct engine *engine);
enum err
engine_commit(struct engine_txn *txn); /* ERR_FULL, ERR_UNKNOWN; txn is gone after it */
void engine_abort(struct engine_txn *txn);

/* ERR_MISSING without words. */
enum err engine_get(struct engine_txn *txn, enum tree tree, struct bytes key,
                    struct bytes *raw);
/* The value is check (may be NULL) and rest; is_new: a key that is there already is damage. */
enum err engine_put(struct engine_txn *txn, enum tree tree, struct bytes key,
                    const struct checksum *check, struct bytes rest, bool is_new);
enum err engine_delete(struct engine_txn *txn, enum tree tree, struct bytes key);
/* Visits from <= key < to (to.len 0: no end) in the direction until `visit` says false. It must not
 * change anything. */
typedef bool engine_visit(struct bytes key, struct bytes raw, void *context);
enum err engine_scan(struct engine_txn *txn, enum tree tree, struct bytes from, struct bytes to,
                     enum direction direction, engine_visit *visit, void *context);

#endif
