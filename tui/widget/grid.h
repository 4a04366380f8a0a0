/* A list of rows in columns, of any length: keeps a window of rows, asks its source for more, keeps the selected record.
 *
 * The source is a query; rows are decoded records that live in the grid's arena until the window is loaded anew.
 */
#ifndef TIDEWAITER_TUI_WIDGET_GRID_H
#define TIDEWAITER_TUI_WIDGET_GRID_H

#include "core/query/query.h"
#include "tui/screen/canvas.h"
#include "tui/screen/key.h"

enum { GRID_COLUMNS = 16, GRID_MARKS = 512, GRID_WINDOW = 240 };
enum grid_state { GRID_LOADING, GRID_READY, GRID_EMPTY, GRID_REFUSED };

struct grid_column { const struct field *field; int width; };

struct grid {
    struct store *store;
    const struct lookup *lookup;
    enum language language;
    struct query query;
    struct grid_column columns[GRID_COLUMNS];
    int column_count;
    struct arena *arena;              /* of the window's rows */
    struct query_row rows[GRID_WINDOW];
    int count;
    bool more_before, more_after;     /* rows exist beyond the window */
    struct bytes resume;              /* where a filter's slice stopped */
    bool searching;
    int selected, top;                /* in the window; selected -1: none */
    int64_t total;                    /* of the query where a counter knows it; -1 */
    uint64_t size_seen;               /* journal size when loaded */
    struct record_key marks[GRID_MARKS];
    int mark_count;
};

void grid_init(struct grid *grid, struct store *store, const struct lookup *lookup, const struct record_type *type, enum language language);
void grid_free(struct grid *grid);
/* Sets columns from the type's LISTED fields, as many as fit into `columns`. */
void grid_layout(struct grid *grid, int columns);
/* Loads the window from the start (keep: stays on the selected record where it still is). */
enum err grid_load(struct grid *grid, bool keep);
enum err grid_more(struct grid *grid);     /* one further slice while searching */
bool grid_changed(struct grid *grid);      /* the store has grown since it was loaded */
/* Up, Down, PgUp, PgDn, Home, End, wheel, Space (mark). `rows`: visible ones. True: used. */
bool grid_key(struct grid *grid, const struct key *key, int rows);
void grid_draw(struct grid *grid, struct canvas *canvas, struct rect place, bool focused);
struct record *grid_record(struct grid *grid);  /* the selected one; NULL: none, or damaged */
const struct record_key *grid_key_of(struct grid *grid);
bool grid_marked(const struct grid *grid, const struct record_key *key);

#endif
