/* What the files of the list share: its state, the filter line, the detail beside it, columns and saved views. */
#ifndef TIDEWAITER_TUI_VIEW_LIST_PARTS_H
#define TIDEWAITER_TUI_VIEW_LIST_PARTS_H

#include "core/query/complete.h"
#include "tui/view/list_shape.h"
#include "tui/view/views.h"
#include "tui/widget/editor.h"
#include "tui/widget/grid.h"

enum { DETAIL_FROM = 100, DETAIL_COLUMNS = 44, REST_MS = 80, COMPLETIONS = 60 };

struct list_view {
    struct view view;
    const struct record_type *type;
    struct grid grid;
    struct buffer prefix; /* of an index, where the list is narrowed */
    struct buffer of;     /* what it is narrowed to, in words */
    int rows;             /* visible ones at the last drawing */

    struct editor filter;       /* letters go into it while view.typing */
    struct arena *filter_arena; /* of the filter that is applied */
    bool completing;            /* what may be typed next is shown below it */
    struct completions offered; /* in complete_arena */
    int offer;                  /* the selected one; -1: none */
    struct arena *complete_arena;

    struct grid_column own[GRID_COLUMNS]; /* the officer's columns, or a saved view's */
    int own_count;                        /* 0: the usual ones */
    struct buffer name;                   /* of the saved view that is shown; empty: none */
    bool digit;                           /* ' was pressed: a digit opens a saved view */

    bool wide;             /* there is room for the detail */
    struct record *detail; /* whole; NULL: none, or damaged; in detail_arena */
    struct arena *detail_arena;
    bool detail_due; /* the row was left, or somebody saved */
};

void list_load(struct list_view *self, bool keep);

/* list_head.c */
void list_head_draw(struct list_view *self, struct canvas *canvas, struct rect body);

/* list_filter.c */
void list_filter_apply(struct list_view *self);
void list_filter_set(struct list_view *self, struct text typed);
/* Draws the filter line, and what may be typed next over the rows; returns the column behind it. */
int list_filter_draw(struct list_view *self, struct canvas *canvas, struct rect body, int room);
void list_completions_draw(struct list_view *self, struct canvas *canvas, struct rect body);
bool list_filter_key(struct list_view *self, const struct key *key); /* while it is typed */

/* list_detail.c */
void list_detail_read(struct list_view *self);
void list_detail_draw(struct list_view *self, struct canvas *canvas, struct rect place);

/* list_saved.c: columns of one's own, saved views */
void list_columns_read(struct list_view *self); /* from the desk */
void list_columns_choose(struct list_view *self);
void list_views_open(struct list_view *self); /* the menu */
void list_view_numbered(struct list_view *self, int number);

/* list_marks.c */
void list_mark_all(struct list_view *self); /* says how many */
void list_unmark(struct list_view *self);
void list_act_upon_marked(struct view *view, const struct act *act);
void list_acts_open(struct list_view *self); /* of the marked rows, else of the selected one */

#endif
