/* The shape of a list as text: columns "number:15 title:30" and order "-value". The desk keeps an officer's own, shared views
 * hold theirs. Fields that a type no longer has are passed over. */
#ifndef TIDEWAITER_TUI_VIEW_LIST_SHAPE_H
#define TIDEWAITER_TUI_VIEW_LIST_SHAPE_H

#include "tui/view/view.h"
#include "tui/widget/grid.h"

enum { COLUMN_LEAST = 2, COLUMN_MOST = 99 };

int shape_columns(struct grid_column out[GRID_COLUMNS], const struct record_type *type,
                  struct text written);
void shape_write(struct buffer *out, const struct grid_column *columns, int count);
/* NULL: it names no field; then *backward is not set. */
const struct field *shape_order(const struct record_type *type, struct text written,
                                bool *backward);
/* Fields that may stand in a column. */
bool shape_column(const struct field *field);

/* Lets the officer choose columns (columns.c); `columns`: what the list has now, count 0 for the type's own. The result is a
 * `struct columns_choice *`; count 0: the type's own again. */
struct columns_choice {
    struct grid_column columns[GRID_COLUMNS];
    int count;
};
void columns_open(struct app *app, const struct record_type *type,
                  const struct grid_column *columns, int count,
                  void (*answered)(struct view *below, void *result));

#endif
