/* The newest revision of each record, gathered from the journal in memory: 32 bytes a record and some room.
 * verify and rebuild use it, nothing else. */
#ifndef TIDEWAITER_CORE_CHANGE_LATEST_H
#define TIDEWAITER_CORE_CHANGE_LATEST_H

#include "core/journal/statement.h"

struct latest {
    uint8_t key[RECORD_KEY];
    uint16_t n;        /* of its body in the entry */
    bool found;        /* for whoever looks for all of them */
    uint32_t revision; /* 0: an empty place */
    uint64_t sequence;
};
struct latest_table {
    struct latest *items;
    size_t count;
    size_t capacity;
};
struct latest *latest_find(const struct latest_table *table,
                           const uint8_t key[RECORD_KEY]); /* or NULL */
/* The item of an entry becomes the newest revision of its record. */
void latest_put(struct latest_table *table, const struct statement_item *item, uint16_t n,
                uint64_t sequence);
/* The items in order of their keys, at the table's beginning; it can only be walked and freed afterwards. */
void latest_sort(struct latest_table *table);
void latest_free(struct latest_table *table);

#endif
