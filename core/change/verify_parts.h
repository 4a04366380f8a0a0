/* What the files of verification share, inside the process that verifies. Nothing outside core/change includes it.
 *
 * The parts return ERR_OK also where they found faults; a failure is what keeps them from looking. */
#ifndef TIDEWAITER_CORE_CHANGE_VERIFY_PARTS_H
#define TIDEWAITER_CORE_CHANGE_VERIFY_PARTS_H

#include "core/change/latest.h"
#include "core/change/verify.h"

enum { VERIFY_SLICE_MS = 100 };

struct verifier {
    struct store *store;
    enum verify_depth depth;
    enum err (*meaning)(struct verifier *v);
    int out; /* the pipe to the process that asked */
    struct verify_report report;
    uint64_t size; /* entries that are looked at */
    uint64_t done; /* steps, for progress */
    uint64_t total;
    struct latest_table latest;
};

void verify_fault(struct verifier *v, const char *id, ...)
    __attribute__((format(printf, 2, 3)));
void verify_message(struct verifier *v, const struct message *message);

enum err verify_journal(struct verifier *v); /* verify_journal.c; fills size, latest and root */
enum err
verify_records(struct verifier *v); /* verify_records.c: records and what they derive */
enum err
verify_outside(struct verifier *v); /* verify_outside.c: mirror, attachments, local tree */

#endif
