/* Verification: proves from the bytes that a store is what its journal says, and that its journal is whole.
 *
 * VERIFY_TREE: the pages of the database file; every leaf (form, sequence, time, tree nodes), the signed head.
 * VERIFY_BODIES: also every statement, every body against its commitment, the chain of revisions of every record.
 * VERIFY_ALL: also officers' signatures against the keys of their time; every record against its newest body; every
 * index entry, term and counter against what the records derive; the mirror against the database; every attachment
 * against its hash; at last what the records mean, as far as a floor above hands in who knows it (`meaning`).
 *
 * Works in slices as of one sequence: what came later is passed over. It runs in a process of its own, which opens the store
 * for reading: a database so damaged that its library ends the process is one more fault. Needs 32 bytes of memory for each
 * record, and the distinct counters.
 */
#ifndef TIDEWAITER_CORE_CHANGE_VERIFY_H
#define TIDEWAITER_CORE_CHANGE_VERIFY_H

#include "core/store/store.h"

enum verify_depth { VERIFY_TREE, VERIFY_BODIES, VERIFY_ALL };
struct verify_report {
    uint64_t pages, entries, bodies, dropped, signatures, records, derived,
        files; /* looked at */
    uint64_t faults;
    uint64_t contradictions; /* those of the faults that `meaning` found */
    bool
        unsettled; /* the store was changed all the time, so totals of derived entries were not compared */
    struct hash256 root;
};
struct verifier;
struct verify_options {
    enum verify_depth depth;
    /* With VERIFY_ALL, in the process that verifies: whether the records agree with each other. ERR_OK also where they do not;
     * a failure is what keeps it from looking. May be NULL. */
    enum err (*meaning)(struct verifier *v);
    /* Each fault as a message that names the entry or record it touches. May be NULL, as may progress. */
    void (*fault)(const struct message *message, void *context);
    /* Between slices; false interrupts (ERR_INTERRUPTED). */
    bool (*progress)(uint64_t done, uint64_t total, void *context);
    void *context;
};
/* ERR_OK: no fault. ERR_DAMAGED: the report says how many. The store must be finished. */
enum err verify_store(struct store *store, const struct verify_options *options,
                      struct verify_report *report);
/* The same for a folder: not even opening it can end the program. */
enum err verify_folder(const char *folder, const struct verify_options *options,
                       struct verify_report *report);

/* For `meaning`: the store, how many entries are looked at (what came later is passed over), a contradiction between records,
 * records done, and a failure of reading, which becomes a fault where it is damage. */
struct store *verify_reads(const struct verifier *v);
uint64_t verify_size(const struct verifier *v);
void verify_contradiction(struct verifier *v, const char *id, ...)
    __attribute__((format(printf, 2, 3)));
void verify_step(struct verifier *v, uint64_t steps);
enum err verify_failure(struct verifier *v, enum err code);

#endif
