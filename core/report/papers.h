/* The papers of the exhibit room, each a row: custody form, receipt, lending note, draft of a continuity statement.
 *
 * A paper says what the journal says and nothing else; its foot names the journal's head, so that whoever holds the paper can
 * ask the department to prove it. Drafts are drafts: the officer reads, corrects and signs.
 */
#ifndef TIDEWAITER_CORE_REPORT_PAPERS_H
#define TIDEWAITER_CORE_REPORT_PAPERS_H

#include "core/report/paper.h"
#include "core/schema/record.h"
#include "core/store/store.h"

struct paper_call {
    struct txn *txn;
    const struct record *record; /* whole, of the kind's type */
    uint64_t officer;            /* who prints it; of a statement, who makes it */
    const struct lookup *lookup;
    struct arena *arena;
};

struct paper_kind {
    const char *name; /* "custody-form"; NULL ends the table */
    struct label title;
    struct label help;
    const struct record_type *type; /* what it is printed of */
    enum err (*fill)(struct paper *paper, const struct paper_call *call);
};
extern const struct paper_kind paper_kinds[];
const struct paper_kind *paper_kind_named(struct text name); /* or NULL */

/* ERR_INVALID: not a paper of this type of record. */
enum err paper_make(struct paper **out, const struct paper_kind *kind,
                    const struct paper_call *call, enum language language);

#endif
