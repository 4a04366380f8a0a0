/* What the files of a change share: the change itself while it is being built, checked and written. Nothing
 * outside core/change includes it. */
#ifndef TIDEWAITER_CORE_CHANGE_CHANGE_PARTS_H
#define TIDEWAITER_CORE_CHANGE_CHANGE_PARTS_H

#include "core/change/change.h"

struct staged {
    struct record *record;  /* as it will be; its head still has the stored revision */
    struct record *current; /* as stored; NULL: it is being made */
};

/* The last n that was given out beside an owner. */
struct family_end {
    uint64_t owner;
    uint8_t family;
    uint32_t n;
};

struct change_signature {
    const char *role;
    const struct signer *signer;
};

struct change {
    struct txn *txn;
    struct session *session;
    struct arena *arena;
    const char *act;
    struct change_result *result;
    struct act_body body;
    uint8_t request[16];
    bool request_given; /* by the builder, perhaps a second time */
    struct staged *staged;
    size_t count, capacity;
    struct family_end *ends;
    size_t end_count, end_capacity;
    struct change_signature signatures[STATEMENT_SIGNATURES];
    size_t signature_count;
};

struct staged *change_staged(const struct change *change,
                             const struct record_key *key); /* or NULL */

/* change_check.c: the table's demands, the types' rules, unique numbers; ERR_INVALID with findings. */
enum err change_check(struct change *change);
void change_add_clash(struct change *change, const struct record *record,
                      const struct index_clash *clash);
/* The first error among the findings becomes the failure. */
enum err change_invalid(const struct change *change);

/* change_write.c: records, indexes, statement, signatures, entry. */
enum err change_write(struct change *change);

#endif
