/* Reading records out of a transaction. What cannot be read is never shown as data: a value that fails its
 * check, or is no payload of its type, is ERR_DAMAGED and named by its key ("E-123").
 *
 * Where the transaction has a reader (store_read_as()), a record that is handed out holds only what that person may read.
 * The rest is absent, so that no list, filter, search, history or export can show it or be tried for it; what may not even be
 * known of is ERR_MISSING. */
#ifndef TIDEWAITER_CORE_INDEX_RECORDS_H
#define TIDEWAITER_CORE_INDEX_RECORDS_H

#include "core/schema/record.h"
#include "core/store/envelope.h"
#include "core/store/store.h"

/* "E-123", for messages. */
const char *key_name(struct arena *arena, const struct record_key *key);
/* What stands around a record's payload; the same failures as record_get(). */
enum err record_envelope(struct txn *txn, const struct record_key *key, struct arena *arena,
                         struct envelope *out);
/* Fields with tags <= last (0: all). ERR_MISSING: there is no such record. */
enum err record_get(struct txn *txn, const struct record_key *key, uint16_t last,
                    struct arena *arena, struct record **out);
/* The record of a code ("END.SHF") or human number through the type's unique index 1. */
enum err record_by_number(struct txn *txn, const struct record_type *type, struct text number,
                          uint16_t last, struct arena *arena, struct record **out);

/* ---- who reads ---- */

struct record_reader {
    /* How much of a record may be read. seen: the record as it stands, decoded up to `last` (0: all), or NULL. */
    enum err (*access)(struct record_reader *reader, struct txn *txn,
                       const struct record_key *key, const struct record *seen, uint16_t last,
                       enum access *out);
};
enum err record_access(struct txn *txn, const struct record_key *key, enum access *out);
/* ERR_REFUSED, with the sentence that says so, where less than `least` may be read; ERR_MISSING: nothing at all. */
enum err record_permit(struct txn *txn, const struct record_key *key, enum access least);
enum err record_suffices(const struct record_key *key, enum access access, enum access least);
/* After ERR_MISSING of record_get(): it is there, but not for this reader. */
bool record_hidden(struct txn *txn, const struct record_key *key);
/* An older revision, cut down to what may be read of the record now. */
enum err record_admit(struct txn *txn, struct record *record, struct arena *arena);
/* record_get() as the store has it, whoever reads: to decide by, never to show. */
enum err record_stored(struct txn *txn, const struct record_key *key, uint16_t last,
                       struct arena *arena, struct record **out);

/* Events or notes beside their owner, by n: FORWARD from from_n up, BACKWARD from from_n down (0: from the last).
 * A damaged one stands in its place with nothing but its key. */
struct family_page {
    size_t count;
    struct record **records;
    bool *damaged;
    bool more;
};
enum err family_page(struct txn *txn, uint64_t owner, uint8_t family, uint32_t from_n,
                     enum direction direction, size_t limit, struct arena *arena,
                     struct family_page *out);
enum err family_last(struct txn *txn, uint64_t owner, uint8_t family,
                     uint32_t *n); /* 0: none */

#endif
