/* The invented part of the demo store that hangs on its cases: persons, companies, things, reports, follow-ups, inspections,
 * notices. Read from demo_life.def, done by the people of the store through their acts. */
#ifndef TIDEWAITER_CORE_EXCHANGE_DEMO_LIFE_H
#define TIDEWAITER_CORE_EXCHANGE_DEMO_LIFE_H

#include "core/exchange/demo_people.h"

/* Names for what was made: "DC008" a case of the table, "DC008.S" its seizure, "DC008.E1" the first of its exhibits. */
enum { DEMO_NAMES = 1024 };
struct demo_names {
    struct arena *arena; /* the caller's; names and numbers live in it */
    struct demo_name {
        struct text name, number;
        struct record_key key;
    } items[DEMO_NAMES];
    size_t count;
};
/* Keeps what an act made, with the human number that its record has now. */
enum err demo_name_add(struct demo_names *names, struct store *store, struct text name,
                       const struct record_key *key);

enum err demo_life_make(struct store *store, struct codes *codes, struct demo_people *people,
                        struct demo_names *names, struct demo_report *report);

#endif
