/* Home, as its two files share it: home_items.c says what stands there, role by role; home.c draws it and takes keys.
 *
 * Items come from the table of queues, the counters of load and age, the drafts and what was opened last. They live in the
 * arena, which refresh() makes anew; numbers of queues stay until the new ones are counted, slice by slice.
 */
#ifndef TIDEWAITER_TUI_VIEW_HOME_H
#define TIDEWAITER_TUI_VIEW_HOME_H

#include "core/change/desk.h"
#include "core/query/queue.h"
#include "tui/view/views.h"

enum block {
    BLOCK_DRAFTS,
    BLOCK_WAITS,
    BLOCK_HAS,
    BLOCK_LISTS,
    BLOCK_LOAD,
    BLOCK_AGE,
    BLOCK_RECENT,
    BLOCK_COUNT
};
enum { HOME_ITEMS = 96, HOME_QUEUES = 96, HOME_ROLES = 6, HOME_TEAM = 8 };

struct home_item {
    enum block block;
    size_t queue;              /* in `queues` */
    const struct draft *draft; /* of BLOCK_DRAFTS */
    struct load load;
    struct age age;
    struct record_key key; /* of BLOCK_RECENT */
    int row, column;       /* where it was drawn last; row -1: there was no room */
};

struct home {
    struct view view;
    struct arena *arena;
    struct text roles[HOME_ROLES];
    size_t role_count;
    struct home_item items[HOME_ITEMS]; /* block by block */
    int count, selected;
    struct query_number numbers[HOME_QUEUES];
    bool began; /* to be read in lines */
    bool known[HOME_QUEUES];
    int64_t longest[HOME_QUEUES]; /* days, of what is late; 0: nothing */
    int next;                     /* the item whose queue is counted next */
};

/* Reads all but the numbers of queues. */
enum err home_read(struct home *home);
/* Counts for about so long; true: there is more to count. */
bool home_count(struct home *home, int budget_ms);
void home_open_item(struct home *home, const struct home_item *item);

#endif
