/* The store seam: ordered keys, snapshots, write closures, the log. LMDB stands behind it (lmdb.c, the
 * only lmdb.h); nothing above this header may know that.
 *
 * Trees and their letters: R records, I indexes, L journal leaves, B bodies, T terms, C counters and head,
 * P private (local, never journaled). Values of all trees but I and T (whose values are empty) stand under a check:
 * XXH3-128 over letter, key length, key and value; it is tested on every read, and a damaged value is
 * never handed out. Keys 1..510 bytes in I and T and 1..255 in the others, values up to 64 KiB, a transaction
 * up to 1 MiB and 10,000 changes. Keys of C that begin with 00 or FF are the store's own (inside.h).
 *
 * A snapshot (txn of store_begin) never outlives one screen draw or 200 ms. Values are copied into the
 * arena that is handed in. A write closure may run again, must not touch terminal or files, and sees its
 * own writes. One store is opened once in a process. Layout of the folder: design "Where things live".
 */
#ifndef TIDEWAITER_CORE_STORE_STORE_H
#define TIDEWAITER_CORE_STORE_STORE_H

#include "core/base/err.h"
#include "core/journal/note.h"
#include "core/journal/statement.h"

enum tree {
    TREE_RECORDS,
    TREE_INDEXES,
    TREE_LEAVES,
    TREE_BODIES,
    TREE_TERMS,
    TREE_COUNTERS,
    TREE_LOCAL,
    TREE_COUNT
};
char tree_letter(enum tree tree);

struct store;
struct txn;

enum { STORE_FORMAT = 1 };
enum { KEY_LIMIT = 510, CHECKED_KEY_LIMIT = 255, VALUE_LIMIT = 65536 };
enum { TRANSACTION_BYTES = 1 << 20, TRANSACTION_CHANGES = 10000 };
struct store_identity {
    struct text origin; /* the log's name, e.g. "customs.example/cases"; no space, no '+' */
    uint16_t site;      /* 0 at home */
    uint16_t format;
    bool demo;           /* never changed */
    struct note_key log; /* verifies checkpoints */
};

/* Makes a store beside `folder` under a temporary name, with a new log key in keys/log, the head of the
 * empty tree; store_finish() makes it durable and renames it. ERR_CONFLICT: something is there already.
 * Who makes it appends entry 0 (store.create) before finishing. Of the identity, origin, site and demo are
 * read; format and log are given. */
enum err store_create(struct store **out, const char *folder,
                      const struct store_identity *identity);
/* The same with the log key of another store's keys/log, for rebuild; identity->log must be its key. */
enum err store_create_again(struct store **out, const char *folder,
                            const struct store_identity *identity, const char *key_path);
enum err store_finish(struct store *store); /* it stays open, under its own name */
void store_abandon(struct store *store);    /* removes the temporary folder and closes */

enum store_mode { STORE_WRITABLE, STORE_READ_ONLY };
/* ERR_MISSING: no store, or one that was never finished; ERR_NEWER with STORE_WRITABLE: a later format;
 * ERR_DAMAGED; ERR_READ_ONLY: the folder cannot be written or keys/log is not there. */
enum err store_open(struct store **out, const char *folder, enum store_mode mode);
void store_close(struct store *store); /* NULL is allowed */
const struct store_identity *store_identity(const struct store *store);
const char *
store_folder(const struct store *store); /* the temporary one before store_finish() */
bool store_writable(
    const struct store *store); /* false also after a commit of unknown outcome */
/* Who stands in the lock file while writing: "C-0311 pts/3". Copied. */
void store_set_holder(struct store *store, const char *who);

/* Who reads: handed on to every snapshot from now on and asked by core/index/records.h; borrowed. NULL, as at first: the
 * program itself. Writes are never read so. */
struct record_reader;
void store_read_as(struct store *store, struct record_reader *reader);

/* Snapshots. */
enum err store_begin(struct txn **out, struct store *store);
void txn_end(struct txn *txn); /* NULL is allowed; for snapshots only */
#define AUTO_TXN __attribute__((cleanup(txn_cleanup_)))
static inline void txn_cleanup_(struct txn **txn)
{
    txn_end(*txn);
}
struct store *txn_store(struct txn *txn);
struct record_reader *txn_reader(const struct txn *txn); /* or NULL */
/* Entries in the journal as this transaction sees it: the next entry's sequence. */
uint64_t txn_size(struct txn *txn);
uint64_t txn_time_ms(struct txn *txn); /* of the newest entry; 0 for an empty journal */
enum err store_size(struct store *store, uint64_t *size); /* cheap: has anything changed? */

/* ERR_MISSING without setting a failure's words; ERR_DAMAGED names tree and key. */
enum err txn_get(struct txn *txn, enum tree tree, struct bytes key, struct arena *arena,
                 struct bytes *value);
bool txn_has(struct txn *txn, enum tree tree, struct bytes key);

enum direction { FORWARD, BACKWARD };
struct entry {
    struct bytes key;
    struct bytes value;
    bool damaged; /* value is absent then */
};
struct page {
    size_t count;
    struct entry *entries;
    bool more; /* there is more beyond the last entry */
};
/* At most `limit` entries with from <= key < to (to.len 0: no end), in the direction; BACKWARD begins below
 * `to`. Resume: FORWARD after key k with from = k 00; BACKWARD with to = k. */
enum err txn_page(struct txn *txn, enum tree tree, struct bytes from, struct bytes to,
                  enum direction direction, size_t limit, struct arena *arena,
                  struct page *page);
/* The first key that does not start with `prefix`: the `to` of its range; len 0 where there is none. */
struct bytes key_after_prefix(struct arena *arena, struct bytes prefix);

/* Writing. Only inside a closure of store_write: */
enum err txn_put(struct txn *txn, enum tree tree, struct bytes key, struct bytes value);
enum err txn_delete(struct txn *txn, enum tree tree,
                    struct bytes key); /* absent is no failure */
enum err txn_add(struct txn *txn, struct bytes key,
                 int64_t delta); /* a counter; 0 removes it */
enum err txn_next(struct txn *txn, struct bytes series,
                  uint64_t *number); /* 1, 2, 3 … never reused */
enum err txn_counter(struct txn *txn, struct bytes key,
                     int64_t *value); /* also in snapshots; 0 where absent */
static inline int64_t counter_of(struct bytes value)
{
    return value.len == 8 ? (int64_t)read_u64(value.data) : 0;
} /* in pages of tree C */
enum err txn_series_reach(struct txn *txn, struct bytes series,
                          uint64_t number); /* rebuild: the next is above it */
/* Appends an entry: gives it the next sequence and a time never before the last, extends the tree, signs the head
 * when the closure ends. bodies[i].n, ascending, are stored under sequence | n. The origin is the store's. */
struct journal_body {
    uint16_t n;
    struct bytes body;
};
enum err txn_append(struct txn *txn, struct bytes statement, const struct journal_body *bodies,
                    size_t count, uint64_t *sequence, uint64_t *time_ms);
/* Rebuild: appends leaf data of a mirror as it is; ERR_INVALID: not the next entry of this log. */
enum err txn_append_again(struct txn *txn, struct bytes leaf, const struct journal_body *bodies,
                          size_t count);

typedef enum err write_closure(struct txn *txn, void *context);
/* Runs the closure alone in the store and commits durably. A closure's failure changes nothing. ERR_BUSY: another
 * process holds the lock for over 5 s (the message names it); ERR_FULL; ERR_IO; ERR_UNKNOWN: look the request id up;
 * ERR_ROLLED_BACK. Afterwards the mirror is behind until mirror_catch_up(). */
enum err store_write(struct store *store, write_closure *closure, void *context);
/* For bulk work by one process (demo maker, rebuild, import of an empty store): commits are not synced until
 * store_finish(); only on a store that is being created. */
void store_unsynced(struct store *store);

/* The log. */
enum err txn_leaf(struct txn *txn, uint64_t sequence, struct arena *arena,
                  struct bytes *leaf); /* checked */
enum err txn_body(struct txn *txn, uint64_t sequence, uint16_t n, struct arena *arena,
                  struct bytes *body); /* ERR_MISSING: dropped */
/* The leaf and the nodes stored with it, from the leaf's own hash up, for verify; points into the store until the
 * transaction ends. */
enum err txn_leaf_nodes(struct txn *txn, uint64_t sequence, struct bytes *leaf,
                        struct hash256 nodes[MERKLE_LEVELS], int *count);
merkle_reader txn_node; /* context: struct txn * */
enum err txn_root(struct txn *txn, struct hash256 *root);
enum err txn_checkpoint(struct txn *txn, struct arena *arena,
                        struct text *note); /* the newest signed head */
/* Which entry carries a request id; ERR_MISSING. Kept for every entry in tree C. */
enum err txn_request(struct txn *txn, const uint8_t request[16], uint64_t *sequence);

/* Housekeeping: clears readers of dead processes; never fails loudly. */
void store_tidy(struct store *store);
/* Pages (4 KiB) that this store's commits handed to the system so far, heads included, for the benchmark
 * (from the process's own count of bytes written; what bulk work spills early is counted too). */
uint64_t store_pages_written(const struct store *store);
/* Every entry of a tree in order, in slices with a snapshot each, so the caller bounds what it compares by
 * txn_size of its own. Entries point into the store until `each` returns. Damaged: the value fails its
 * check, or its key does not lead to it (a damaged key or branch). */
enum err store_walk(struct store *store, enum tree tree,
                    void (*each)(const struct entry *entry, void *context), void *context);
/* What the entries are kept in, page by page, beside their values: each page has one place and its own number, keys
 * are in order and within what stands above them, there are as many pages and entries as are said, and what
 * is free is nothing else. It reads the file itself, so that no damage ends the program. In slices; where commits
 * come meanwhile again and again, the sums are left out. *pages: how many were read. */
enum err store_check_pages(struct store *store,
                           void (*fault)(const struct message *message, void *context),
                           void *context, uint64_t *pages);

/* Attachments by hash, in files/ab/cdef…; a hash that does not fit on reading is ERR_DAMAGED. */
enum err blob_put(struct store *store, struct bytes data, struct hash256 *hash);
bool blob_kept(const struct store *store, const struct hash256 *hash); /* is there, unread */
/* Takes over the attachments of another store's folder (rebuild). One that is damaged is left behind. */
enum err blobs_carry(struct store *store, const char *from);
enum err blob_get(struct store *store, const struct hash256 *hash, struct arena *arena,
                  struct bytes *data);

#endif
