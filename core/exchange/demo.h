/* The maker of stores: code tables from the embedded assets through ordinary acts; and the demo store: every row of
 * demo_cases.tsv through the same acts that officers use. */
#ifndef TIDEWAITER_CORE_EXCHANGE_DEMO_H
#define TIDEWAITER_CORE_EXCHANGE_DEMO_H

#include "core/model/accounts.h"
#include "core/model/codes.h"

/* Makes an empty real store with entry 0, the code tables, and the first administrator. */
struct new_store {
    struct text origin;
    uint16_t site;
    struct text number;
    struct bitext name;
    struct text password;
};
enum err store_init(const char *folder, const struct new_store *wanted);

struct demo_report {
    size_t codes, officers, locations, operations, cases, seizures, exhibits, seals, handovers,
        notes, steps;
    uint64_t entries;
};
/* Officers, stores, seals and shelving are demo data, plainly named so, and so are the persons, things and follow-ups that
 * hang on the cases (`steps`: the acts that made them); cases are real rows of the table. */
enum err demo_make(const char *folder, struct demo_report *report);

#endif
