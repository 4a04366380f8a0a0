/* Verification: proves from the bytes that a store is what its journal says, and that its journal is whole.
 *
 * Checked: every leaf (form, sequence, time, tree nodes), the signed head, every statement, every body against its
 * commitment, the chain of revisions of every record, officers' signatures against the keys of their time; every record
 * against its newest body; every index entry, term and counter against what the records derive; the mirror against the
 * database; every attachment's hash where asked. Works in slices as of one sequence, can be interrupted.
 */
#ifndef TIDEWAITER_CORE_CHANGE_VERIFY_H
#define TIDEWAITER_CORE_CHANGE_VERIFY_H

#include "core/store/store.h"

enum verify_depth { VERIFY_TREE, VERIFY_BODIES, VERIFY_ALL }; /* leaves and tree; with bodies; everything */
struct verify_report {
    uint64_t entries, bodies, dropped, signatures, records, derived; /* looked at */
    uint64_t faults;
    struct hash256 root;
};
struct verify_options {
    enum verify_depth depth;
    /* Each fault as a message, with the record it touches where there is one (id 0: none). */
    void (*fault)(const struct message *message, void *context);
    /* Between slices; false interrupts (ERR_INTERRUPTED). */
    bool (*progress)(uint64_t done, uint64_t total, void *context);
    void *context;
};
/* ERR_OK: no fault. ERR_DAMAGED: the report says how many. */
enum err verify_store(struct store *store, const struct verify_options *options, struct verify_report *report);

#endif
