/* What is derived from records: index entries, counters, search terms. Written and read here, from the
 * rows of the type's table. Every entry in the trees is true: the replaced one is deleted in the same commit, so
 * that verify can recompute them all.
 *
 * Entry in tree I: type number (1) | index tag (1) | index bytes of each field | id (8; of a type that stands beside others,
 * such as events, the whole record key, 12); no value. A list field gives one entry for each of its elements' first field
 * (none: one absent entry). A unique index has no entry where its first field is absent, a sparse one none where it is absent
 * or the number 0, one of some codes (ONLY) none for other codes: they list only what has it, and cost nothing while nothing
 * does ("due back", "released, not received"). Term in tree T: type number (1) | term | 00 | the same. Counter in tree C: 'c' |
 * type number | count tag | index bytes of each field; voided records are not counted.
 */
#ifndef TIDEWAITER_CORE_INDEX_INDEX_H
#define TIDEWAITER_CORE_INDEX_INDEX_H

#include "core/index/records.h"

/* Both may be NULL (made, gone). ERR_CONFLICT without words where a unique value is another record's; then
 * *clash (may be NULL) says the index and the record. Entries that do not change are not touched. */
struct index_clash {
    const struct index_row *index;
    struct record_key key;
};
enum err index_update(struct txn *txn, const struct record_type *type, const struct record *old,
                      const struct record *new, struct arena *arena, struct index_clash *clash);
/* All unique values of `new` that other records have already; reads only. Unique means: as index bytes, which
 * make no difference of case and end where the kind cuts them. */
enum err index_clashes(struct txn *txn, const struct record *old, const struct record *new,
                       struct arena *arena, struct index_clash **out, size_t *count);

const struct index_row *index_named(const struct record_type *type,
                                    const char *name); /* asserts */
/* The start of all entries of an index with these leading values (count 0: of the whole index); NULL: absent. Of a
 * list field the value is that of its elements' first field. */
void index_prefix(struct buffer *out, const struct record_type *type,
                  const struct index_row *index, const void *const *values, size_t count);
struct record_key index_entry_key(struct bytes entry); /* that an entry or a term leads to */
struct bytes index_entry_values(struct bytes entry);   /* what stands before it */
void index_put_key(struct buffer *out, const struct record_type *type,
                   const struct record_key *key); /* as an entry or a term ends with it */

/* A page of record keys by index; resume is the last entry's bytes (empty at first). */
struct index_page {
    size_t count;
    struct record_key *keys;
    struct bytes *entries;
    bool more;
};
enum err index_page(struct txn *txn, struct bytes prefix, struct bytes resume,
                    enum direction direction, size_t limit, struct arena *arena,
                    struct index_page *out);
enum err index_find(struct txn *txn, const struct record_type *type,
                    const struct index_row *index, const void *value,
                    struct record_key *out); /* unique; ERR_MISSING */

/* Counters: how many records have these values for the counter's first fields. */
enum err count_get(struct txn *txn, const struct record_type *type, const char *name,
                   const void *const *values, size_t count, int64_t *out);
/* Each combination below the given values: values' index bytes and the number. */
enum err count_each(struct txn *txn, const struct record_type *type, const char *name,
                    struct arena *arena,
                    void (*each)(struct bytes values, int64_t number, void *context),
                    void *context);

/* Records of a type that hold all the terms of a folded query, newest first; at most `limit`. The last word counts
 * as a prefix, and so does a Han character by itself. Type NULL: of any type, those changed last first. */
enum err terms_find(struct txn *txn, const struct record_type *type, struct text query,
                    size_t limit, struct arena *arena, struct record_key **keys, size_t *count);

/* Everything a record derives, for verify and rebuild: calls each with tree, key and (counters) delta, in order of
 * tree and key. Nothing of a record of which a part is withheld from the reader. */
void index_derive(const struct record *record, struct arena *arena,
                  void (*each)(enum tree tree, struct bytes key, int64_t delta, void *context),
                  void *context);

#endif
