/* The made-up part of the demo store: its accounts, stores and seals, plainly named as demonstration data. */
#ifndef TIDEWAITER_CORE_EXCHANGE_DEMO_PEOPLE_H
#define TIDEWAITER_CORE_EXCHANGE_DEMO_PEOPLE_H

#include "core/exchange/demo.h"

enum { DEMO_DESKS = 5, DEMO_CLERKS = 2 };
struct demo_people {
    struct session desk[DEMO_DESKS];
    struct session clerk[DEMO_CLERKS];
    struct session lead; /* the first supervisor */
    size_t seals_used[DEMO_DESKS];
};
/* Accounts with passwords and keys, the tree of stores, a range of seals for each desk officer; signs them in. */
enum err demo_people_make(struct session *maker, struct codes *codes, struct demo_people *out,
                          struct demo_report *report);
void demo_people_leave(struct demo_people *people);

#endif
