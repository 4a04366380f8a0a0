/* Need to know: who may read how much of a record.
 *
 * One table (access.c) says it by the sensitivity of the record and by how the officer stands to it. What belongs to a record
 * (the exhibits of a case, notes beside an exhibit) is read as far as that one is, found by the fields of its table:
 * `of_...`. Goods of a case that may not be read stay in the hands of who keeps them: clerks, the holder, who is to receive them.
 *
 * A reader stands between a session's screens and the store: while store_read_as() names it, record_get() and all that is
 * built upon it hand out what that officer may read and nothing else. Acts ask it inside the write (act.c). Verification,
 * rebuilding, backup and the rules of the model read everything. Decisions are kept for one state of the store.
 *
 * Opening a confidential or secret record is journaled (act "record.view"), once for each session. Views of other records are
 * not: an entry a minute for each officer would cost a synced commit each, and says little.
 */
#ifndef TIDEWAITER_CORE_MODEL_ACCESS_H
#define TIDEWAITER_CORE_MODEL_ACCESS_H

#include "core/change/session.h"
#include "core/index/records.h"

struct access_reader;
/* For whoever is signed in, now and later; borrows the session. */
struct access_reader *access_reader_new(const struct session *session);
void access_reader_free(struct access_reader *reader); /* NULL is allowed */
struct record_reader *access_of(struct access_reader *reader);

/* How much of the record as it stands; ERR_MISSING: there is none. */
enum err access_to(struct access_reader *reader, struct txn *txn, const struct record_key *key,
                   enum access *out);
/* The head of its formation: may give it to another officer without reading it. */
enum err access_heads(struct access_reader *reader, struct txn *txn,
                      const struct record_key *key, bool *out);

/* Journals that the session's officer opened records: those that are watched and were not opened in this session before, in one
 * entry; not in the way of undoing. Where it fails, a screen shows the record all the same and says so. */
struct access_views {
    const struct record_key *keys;
    size_t count; /* at most ACCESS_VIEWS */
};
/* The same of an attached file's content ("attachment.view"), whatever its sensitivity and every time: before it is shown, so that
 * nothing is seen that no entry names. */
enum err attachment_viewed(struct session *session, const struct record_key *key);
enum { ACCESS_VIEWS = 500 };
enum err access_viewed(struct access_reader *reader, struct session *session,
                       struct access_views opened);

#endif
