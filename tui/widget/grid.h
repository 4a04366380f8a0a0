/* A list of records: columns from fields of the type, rows from a query in slices, one selected, any number marked.
 *
 * It works the same for ten rows and for ten million: it holds a window of rows around the selected one, asks its
 * source for more, keeps the selected record.
 *
 * The source is a query, which whoever owns the grid sets after grid_init() and before grid_load() (index, direction,
 * prefix, filter: they live as long as the grid), and `by` where another field gives the order. How it is read, the listing chooses
 * (core/query/listing.h). Rows are decoded records in the grid's arena; they end with the next call that loads or moves. While
 * `searching`, grid_more() does a slice of at most GRID_SLICE_MS: rows come as they are found, in the right order.
 */
#ifndef TIDEWAITER_TUI_WIDGET_GRID_H
#define TIDEWAITER_TUI_WIDGET_GRID_H

#include "core/query/listing.h"
#include "tui/screen/canvas.h"
#include "tui/screen/key.h"

enum { GRID_COLUMNS = 24, GRID_MARKS = 500, GRID_WINDOW = 240, GRID_SLICE_MS = 10 };
/* Four things that look different: not read yet, rows, none, and none for this officer (set by the view). */
enum grid_state { GRID_LOADING, GRID_READY, GRID_EMPTY, GRID_REFUSED };

struct grid_column {
    const struct field *field;
    int width; /* 0: as wide as its field usually is */
};

struct grid {
    struct store *store;
    const struct lookup *lookup;
    enum language language;
    struct query query;
    const struct field *by; /* the order; NULL: the query's index */
    struct listing listing;
    const struct grid_column
        *chosen; /* the officer's columns, which live as long; NULL: the usual ones */
    int chosen_count;
    int skipped; /* columns behind the first that are pushed out to the left */
    struct grid_column columns[GRID_COLUMNS]; /* as last laid out */
    int column_count;
    uint16_t without;    /* tag of a field that all rows say alike: no column; 0: none */
    bool cut;            /* not all columns have room */
    int head;            /* the column whose head is focused; -1: the rows are */
    struct arena *arena; /* of the window's rows */
    struct query_row rows[GRID_WINDOW];
    int count;
    bool more_before, more_after; /* rows may exist beyond the window */
    struct bytes before,
        after;      /* where reading goes on in each direction; empty: the end of the list */
    bool searching; /* not all that the screen may show next is there: call grid_more() */
    bool stale;     /* rows came or went since the window was read */
    int64_t read_ms;
    enum grid_state state;
    enum err failed;   /* the last read while moving; ERR_OK */
    int selected, top; /* in the window; selected -1: none */
    enum { GRID_AT_TOP, GRID_AT_ROW, GRID_AT_END } anchor; /* what stays while rows come */
    bool keeping; /* `kept` shall be selected when it is met */
    struct record_key kept;
    int kept_offset;   /* rows from the top */
    int64_t total;     /* of the query where a counter knows it; -1 */
    struct rect place; /* as last drawn: heads, then rows */
    struct record_key marks[GRID_MARKS];
    int mark_count;
};

void grid_init(struct grid *grid, struct store *store, const struct lookup *lookup,
               const struct record_type *type, enum language language);
void grid_free(struct grid *grid);
/* Sets columns from the chosen ones or the type's LISTED fields, as many as fit into `columns`; of the usual ones text in both
 * languages gives way down to 20 columns, and the widest takes what is left. grid_draw() does it for its place. */
void grid_layout(struct grid *grid, int columns);
int grid_column_width(const struct field *field); /* the usual one */
/* Reads the list anew after the query or the order changed: from the start, or (keep) around the selected record where
 * it still is a row. */
enum err grid_load(struct grid *grid, bool keep);
/* Somebody may have saved: the same list as it stands now, around the selected record. */
enum err grid_refresh(struct grid *grid);
enum err grid_more(struct grid *grid); /* one further slice while searching */
/* How many rows the list has in all; -1: not known (yet). */
int64_t grid_number(const struct grid *grid);
/* Up, Down, PgUp, PgDn, Home, End, Left and Right (columns), wheel, Space and Ins (mark). `rows`: visible ones. True: used. */
bool grid_key(struct grid *grid, const struct key *key, int rows);
/* Where the left button was pressed: a row is selected. */
enum grid_click { GRID_CLICK_NOWHERE, GRID_CLICK_ROW, GRID_CLICK_AGAIN, GRID_CLICK_HEAD };
enum grid_click grid_click(struct grid *grid, const struct key *key, int *column);
/* The field that orders the list; NULL: the ids do. */
const struct field *grid_order(const struct grid *grid);
/* Sorts by a column's field; the one that sorts already is turned round. */
enum err grid_sort(struct grid *grid, const struct field *field);
/* One row of heads and then the rows. Places the cursor in the selected row or head when focused. */
void grid_draw(struct grid *grid, struct canvas *canvas, struct rect place, bool focused);
struct record *grid_record(struct grid *grid); /* the selected one; NULL: none, or damaged */
const struct record_key *grid_key_of(struct grid *grid);
bool grid_marked(const struct grid *grid, const struct record_key *key);
/* False: GRID_MARKS are marked already. */
bool grid_mark(struct grid *grid, const struct record_key *key, bool marked);

#endif
