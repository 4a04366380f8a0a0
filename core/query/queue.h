/* Queues: what waits for a role, as rows of a table. A queue is a type and a filter in the words of filter.h, so that its
 * count and the list that it leads to are the same question, and adding a queue is one row.
 *
 * Counting is bounded: by the counter where the whole type is meant, else no further than QUEUE_MOST and no longer than the
 * budget, through the index that the filter's plan chooses. */
#ifndef TIDEWAITER_CORE_QUERY_QUEUE_H
#define TIDEWAITER_CORE_QUERY_QUEUE_H

#include "core/query/listing.h"

enum queue_part {
    QUEUE_WAITS, /* somebody has to do something */
    QUEUE_LATE,  /* it should have been done already */
    QUEUE_HAS,   /* what one is responsible for */
    QUEUE_LIST,  /* a list of everything */
};
enum { QUEUE_MOST = 500 };

struct queue {
    const char *name; /* for ever: "tasks-late" */
    struct label label;
    const char *roles; /* whose home shows it, a space between */
    enum queue_part part;
    const struct record_type *type;
    const char *filter; /* "": all */
    const char *order;  /* the name of an index; NULL: the type's usual order */
    bool backward;
};
extern const struct queue queues[]; /* ended by a name of NULL */

bool queue_of_role(const struct queue *queue, struct text role);
enum err queue_count(struct txn *txn, const struct queue *queue, const struct lookup *lookup,
                     int budget_ms, struct query_number *out);

/* Of what is late by its due date: the days of the latest of the first hundred; 0: none has one. */
enum err queue_longest(struct txn *txn, const struct queue *queue, const struct lookup *lookup,
                       date today, int64_t *days);

/* What an officer's open cases number, from counters. */
struct load {
    uint64_t officer;
    int64_t open;
};
/* The supervisor's officers with the most open cases first; of at most a hundred of them, no more than `room`. */
enum err team_load(struct txn *txn, uint64_t supervisor, struct load *out, size_t room,
                   size_t *count);
/* How old the open cases are, from counters of days: up to 30 and 90 days, up to a year, older. */
enum { AGES = 4 };
struct age {
    struct label label;
    const char *filter; /* of the list of them, besides that they are open */
    int64_t open;
};
enum err case_ages(struct txn *txn, date today, struct age out[AGES]);
/* The filter for cases that are not over. */
extern const char queue_open_cases[];

#endif
