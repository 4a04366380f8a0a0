/* A list of rows in columns, of any length: keeps a window of rows, asks its source for more, keeps the selected record.
 *
 * The source is a query, which whoever owns the grid sets after grid_init() and before grid_load() (index, direction,
 * prefix, filter: they live as long as the grid). Rows are decoded records in the grid's arena; they end with the next
 * call that loads or moves.
 */
#ifndef TIDEWAITER_TUI_WIDGET_GRID_H
#define TIDEWAITER_TUI_WIDGET_GRID_H

#include "core/query/query.h"
#include "tui/screen/canvas.h"
#include "tui/screen/key.h"

enum { GRID_COLUMNS = 16, GRID_MARKS = 512, GRID_WINDOW = 240 };
/* Four things that look different: not read yet, rows, none, and none for this officer (set by the view). */
enum grid_state { GRID_LOADING, GRID_READY, GRID_EMPTY, GRID_REFUSED };

struct grid_column {
    const struct field *field;
    int width;
};

struct grid {
    struct store *store;
    const struct lookup *lookup;
    enum language language;
    struct query query;
    struct grid_column columns[GRID_COLUMNS];
    int column_count;
    uint16_t without;    /* tag of a field that all rows say alike: no column; 0: none */
    struct arena *arena; /* of the window's rows */
    struct query_row rows[GRID_WINDOW];
    int count;
    bool more_before, more_after; /* rows may exist beyond the window */
    struct bytes before,
        after;      /* where reading goes on in each direction; empty: the end of the list */
    bool searching; /* a filter has not yet looked at enough: call grid_more() */
    enum grid_state state;
    enum err failed;   /* the last read while moving; ERR_OK */
    int selected, top; /* in the window; selected -1: none */
    int64_t total;     /* of the query where a counter knows it; -1 */
    struct record_key marks[GRID_MARKS];
    int mark_count;
};

void grid_init(struct grid *grid, struct store *store, const struct lookup *lookup,
               const struct record_type *type, enum language language);
void grid_free(struct grid *grid);
/* Sets columns from the type's LISTED fields, as many as fit into `columns`; text in both languages gives way down to 20
 * columns, and the widest takes what is left. grid_draw() does it for its place. */
void grid_layout(struct grid *grid, int columns);
/* Loads the window from the start (keep: stays on the selected record where it still is). */
enum err grid_load(struct grid *grid, bool keep);
enum err grid_more(struct grid *grid); /* one further slice while searching */
/* Up, Down, PgUp, PgDn, Home, End, wheel, Space (mark). `rows`: visible ones. True: used. */
bool grid_key(struct grid *grid, const struct key *key, int rows);
/* One row of heads and then the rows. Places the cursor in the selected row when focused. */
void grid_draw(struct grid *grid, struct canvas *canvas, struct rect place, bool focused);
struct record *grid_record(struct grid *grid); /* the selected one; NULL: none, or damaged */
const struct record_key *grid_key_of(struct grid *grid);
bool grid_marked(const struct grid *grid, const struct record_key *key);

#endif
