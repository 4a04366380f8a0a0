/* What store.c, log.c and create.c share, and nothing else includes: the store itself, its transactions, and
 * its head.
 *
 * Tree C holds counters and what the caller puts there under its own keys, and under keys that begin
 * with 00 or FF: `00 h` the head, `00 s name` the last number of a series (u64), `FF r block` the first 8 bytes of
 * the request ids of 64 entries (block u64 = sequence / 64). Those of the newest block stand in the head, so
 * that an entry costs no page for its request id; the others stand behind all, away from what every commit changes.
 *
 * Head = state (1: 0 being made, 1 finished) | format u16 | site u16 | demo (1) | length (1) and origin |
 * length (1) and the log's vkey | entries u64 | time of the newest u64 | peaks of the tree (32 each, from
 * the lowest level up, one for each bit of entries) | request ids (8 each, entries mod 64) | newest
 * signed checkpoint (the rest).
 *
 * Leaf (tree L, key sequence u64) = number (1) and hashes (32 each) of the leaf and of the inner nodes that it
 * completes, from the lowest level up | leaf data: so every node of the tree is one get away.
 */
#ifndef TIDEWAITER_CORE_STORE_INSIDE_H
#define TIDEWAITER_CORE_STORE_INSIDE_H

#include "core/store/engine.h"
#include "core/store/lock.h"

enum { REQUEST_BLOCK = 64, REQUEST_START = 8, NOTE_ROOM = 1024 };

struct head {
    uint64_t id; /* of the commit that it was read from; 0: of none */
    bool finished;
    struct merkle_frontier frontier;
    uint64_t time_ms;
    uint8_t requests[REQUEST_BLOCK][REQUEST_START];
    size_t note_len;
    char note[NOTE_ROOM];
};

struct txn {
    struct store *store;
    struct record_reader *reader;
    struct engine_txn *engine;
    bool writing;
    /* Of a write: */
    enum err failed; /* a change failed, so the closure cannot succeed */
    bool appended;
    size_t changes;
    size_t bytes;
};

struct store {
    char *folder;
    char *final_folder; /* while it is being made: where it will stand */
    struct store_identity identity;
    char origin[NOTE_NAME];
    struct engine *engine;
    struct lock *lock; /* NULL where it cannot be written */
    int64_t lock_wait_ms;
    char who[LOCK_HOLDER];
    struct secret_key key;
    bool has_key;
    bool unsynced;
    struct txn writer;
    struct record_reader *reader;
    bool in_write;
    struct head head;  /* read last, by whichever transaction; ask head_of() */
    struct head draft; /* of the write that runs */
};

struct store *store_new(const char *folder);

/* log.c */
/* ERR_MISSING, ERR_DAMAGED. Also fills the identity where `identity` is not NULL; its texts go into
 * `origin`. */
enum err head_read(struct engine_txn *txn, struct head *head, struct store_identity *identity,
                   char origin[NOTE_NAME]);
enum err head_write(struct txn *txn); /* signs the draft where something was appended */
enum err head_sign(struct store *store, struct head *head);
/* As this transaction sees it; valid until the next call. NULL: it cannot be read. */
const struct head *head_of(struct txn *txn);

/* store.c */
/* Tests the check: ERR_DAMAGED, with words. */
bool value_good(enum tree tree, struct bytes key, struct bytes raw, struct bytes *value);
enum err value_get(struct txn *txn, enum tree tree, struct bytes key, struct bytes *value);
enum err value_put(struct txn *txn, enum tree tree, struct bytes key, struct bytes value,
                   bool is_new);
enum err value_damaged(enum tree tree, struct bytes key);

/* create.c: keys/log, "PRIVATE+KEY+name+hex id+base64(1 | seed)", as Go's note package writes it.
 * ERR_READ_ONLY: not identity.log's. */
enum err log_key_read(struct store *store, const char *path);

#endif
