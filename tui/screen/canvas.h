/* A canvas of cells: where every view draws, without a terminal.
 *
 * A view draws its whole state into a canvas; term.c then sends the difference. A cell holds one
 * grapheme cluster that has passed the gate (text_safe); a wide one takes two cells, of which the
 * second is a continuation. Everything that is drawn is clipped to its place, never wraps, and
 * overwriting half of a wide cluster blanks the other half. A canvas owns its cells.
 */
#ifndef TIDEWAITER_TUI_SCREEN_CANVAS_H
#define TIDEWAITER_TUI_SCREEN_CANVAS_H

#include "core/base/memory.h"
#include "tui/screen/key.h"

/* What a cell is, not how it looks: each palette decides that (colour.c). Meaning never rests on
 * colour alone. */
/* clang-format off */
#define ROLES(X) \
    X(NORMAL) X(TITLE) X(PLACE) X(HEADER) X(SELECTED) X(MARKED) X(LABEL) X(VALUE) \
    X(DIM) X(REQUIRED) X(FIELD) X(FIELD_FOCUS) X(ERROR) X(WARNING) X(GOOD) X(KEY) \
    X(KEY_LABEL) X(BORDER) X(DAMAGED) X(MATCH) X(INK) X(DARK) X(BAR)
/* clang-format on */
#define ROLE_NAME(name) ROLE_##name,
enum role { ROLES(ROLE_NAME) ROLE_COUNT };
#undef ROLE_NAME

enum { CELL_TEXT = 30, CELL_POINTS = 5 /* as many as curses holds */ };
struct cell {
    char text[CELL_TEXT]; /* one cluster, not ended by NUL; " " for an empty cell */
    uint8_t len;          /* 0: the second half of a wide cluster */
    uint8_t role;
};

struct rect {
    int row, column, rows, columns;
};

/* A place that can be clicked, and the key that the click stands for. */
enum { CANVAS_HITS = 64 };
struct hit {
    struct rect place;
    struct key key;
};

struct canvas {
    int rows;
    int columns;
    bool ascii; /* lines and bullets in ASCII (terminals where ambiguous characters are wide) */
    int cursor_row; /* -1: hidden */
    int cursor_column;
    struct cell *cells; /* rows x columns */
    struct hit hits[CANVAS_HITS];
    int hit_count;
};

struct canvas *canvas_new(int rows, int columns);
void canvas_free(struct canvas *canvas);
void canvas_resize(struct canvas *canvas, int rows, int columns); /* clears it */
void canvas_clear(struct canvas *canvas);
const struct cell *canvas_cell(const struct canvas *canvas, int row, int column);

/* Draws at most `columns` columns of t (gated here); returns the columns used. */
int canvas_put(struct canvas *canvas, int row, int column, int columns, struct text t,
               enum role role);
/* The same, then fills up with spaces to exactly `columns`. Cut text ends in "..". */
void canvas_put_padded(struct canvas *canvas, int row, int column, int columns, struct text t,
                       enum role role);
void canvas_put_right(struct canvas *canvas, int row, int column, int columns, struct text t,
                      enum role role);
void canvas_printf(struct canvas *canvas, int row, int column, int columns, enum role role,
                   const char *format, ...) __attribute__((format(printf, 6, 7)));
/* A whole canvas into a place of another; what does not fit is left out. */
void canvas_place(struct canvas *canvas, int row, int column, const struct canvas *from);
void canvas_fill(struct canvas *canvas, struct rect area, enum role role); /* spaces */
/* A horizontal rule with an optional caption set into it: "─ Caption ─────". */
void canvas_rule(struct canvas *canvas, int row, int column, int columns, struct text caption,
                 enum role role);
void canvas_box(struct canvas *canvas, struct rect area, struct text caption, enum role role);
/* A bar of eighths of a block ('#' in ASCII): value of `full` over `columns`. */
void canvas_bar(struct canvas *canvas, int row, int column, int columns, int64_t value,
                int64_t full, enum role role);
void canvas_cursor(struct canvas *canvas, int row, int column);
/* Clicks on the place press the key (key bar, tabs, heads); what is more than CANVAS_HITS is left out. */
void canvas_hit(struct canvas *canvas, struct rect place, const struct key *key);
void canvas_no_hits(struct canvas *canvas);
const struct key *canvas_hit_at(const struct canvas *canvas, int row,
                                int column); /* NULL: none */

/* The screen as lines of text, trailing spaces cut, a line feed after each row. */
void canvas_text(struct buffer *out, const struct canvas *canvas);
/* The screen as an SVG picture, dark ink on paper, the cursor as a bar. Fixed cell grid, so that any
 * monospaced Latin and any CJK font give straight columns. */
void canvas_svg(struct buffer *out, const struct canvas *canvas, struct text caption);

#endif
