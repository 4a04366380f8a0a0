/* The screen of a stocktake's results from within: what it shows (stocktake_results.c) and what is done there
 * (stocktake_correct.c). Inside the room only. */
#ifndef TIDEWAITER_TUI_VIEW_STOCKTAKE_PARTS_H
#define TIDEWAITER_TUI_VIEW_STOCKTAKE_PARTS_H

#include "core/model/stocktake_count.h"
#include "tui/view/stocktake.h"

struct results {
    struct view view;
    struct record_key key;
    struct arena *arena; /* of the record */
    const struct stocktake_record *stocktake;
    struct stocktake_count *count;
    unsigned passes; /* what this officer may see now */
    int tab;
    size_t *rows; /* places of items */
    int row_count;
    uint8_t *marks; /* of items */
    size_t mark_room;
    int selected, top, shown;
};

const struct stocktake_item *results_selected(const struct results *self); /* NULL: none */
/* The scan that counts, of the passes that may be seen; NULL: none. */
const struct stocktake_seen *results_seen(const struct results *self,
                                          const struct stocktake_item *item);
extern const struct command results_commands[];
/* What the rows' own keys do. */
void results_run_open(struct view *view);
void results_run_mark(struct view *view);
bool results_on_exhibit(struct view *view);

#endif
