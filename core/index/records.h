/* Reading records out of a transaction. What cannot be read is never shown as data: a value that fails its
 * check, or is no payload of its type, is ERR_DAMAGED and named by its key ("E-123"). */
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
