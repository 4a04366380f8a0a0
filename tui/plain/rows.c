/* The rows of any screen: found by walking the cursor through them, told with numbers. */
#include <string.h>

#include "i18n/text.h"
#include "tui/plain/plain_parts.h"

void plain_draw(struct plain *plain, struct view *view)
{
    struct canvas *canvas = plain->canvas;

    canvas_clear(canvas);
    view->type->draw(view, canvas, (struct rect){ 0, 0, canvas->rows, canvas->columns });
}

static bool is_blank(const struct cell *cell)
{
    uint32_t point;
    bool valid;

    if (cell->len == 0)
        return false; /* the second half of a character */
    text_decode(cell->text, cell->len, &point, &valid);
    return point == ' ' || (point >= 0x2500 && point <= 0x259F); /* frames are not told */
}

/* What stands in the columns from..to of a row, with wide gaps made narrow. */
static void put_columns(const struct canvas *canvas, int row, int from, int to,
                        struct buffer *out)
{
    int gap = 0;

    buffer_clear(out);
    for (int column = from; column < to; column++) {
        const struct cell *cell = canvas_cell(canvas, row, column);

        if (is_blank(cell)) {
            gap++;
            continue;
        }
        if (out->len > 0 && gap > 0)
            buffer_string(out, gap > 1 ? "  " : " ");
        gap = 0;
        buffer_put(out, cell->text, cell->len);
    }
    if (out->len > 2 && memcmp(out->data, "> ", 2) == 0) { /* the mark of the chosen row */
        size_t mark = out->data[2] == ' ' ? 3 : 2;

        out->len -= mark;
        memmove(out->data, out->data + mark, out->len);
    }
}

void plain_row(const struct canvas *canvas, int row, struct buffer *out)
{
    put_columns(canvas, row, 0, canvas->columns, out);
}

bool plain_lines(struct plain *plain, int from, int to)
{
    AUTO_BUFFER struct buffer line = { 0 };
    bool told = false;

    for (int row = from; row < to; row++) {
        plain_row(plain->canvas, row, &line);
        if (line.len > 0)
            plain_tell(plain, buffer_as_text(&line));
        told |= line.len > 0;
    }
    return told;
}

/* One walk through the rows: what was seen before the last step, and what is seen now. */
struct walk {
    struct buffer before, now;
    struct buffer first, row_before; /* the first row, and that before the last step, whole */
    struct buffer line;              /* what is told of the row */
    int row, column;                 /* of the cursor */
    int from;                        /* where in the row begins what is told now */
    bool scrolled;
};

static void walk_free(struct walk *walk)
{
    buffer_free(&walk->before);
    buffer_free(&walk->now);
    buffer_free(&walk->first);
    buffer_free(&walk->row_before);
    buffer_free(&walk->line);
}

/* Where text is typed, the cursor stands in it and the chosen row looks chosen; elsewhere the cursor stands in the row. */
static int chosen_row(const struct canvas *canvas, const struct view *view)
{
    if (!view_typing(view))
        return canvas->cursor_row;
    for (int row = 0; row < canvas->rows; row++)
        for (int column = 0; column < canvas->columns; column++)
            if (canvas_cell(canvas, row, column)->role == ROLE_SELECTED)
                return row;
    return -1;
}

static void look(struct plain *plain, struct view *view, struct walk *walk)
{
    plain_draw(plain, view);
    buffer_clear(&walk->now);
    canvas_text(&walk->now, plain->canvas);
    walk->row = chosen_row(plain->canvas, view);
    walk->column = plain->canvas->cursor_column;
}

/* Where the label begins of the value that the cursor stands in: after the wide gap before it. */
static int label_column(const struct canvas *canvas, int row, int column)
{
    while (column > 0 && is_blank(canvas_cell(canvas, row, column - 1)))
        column--;
    while (column > 1 && !(is_blank(canvas_cell(canvas, row, column - 1)) &&
                           is_blank(canvas_cell(canvas, row, column - 2))))
        column--;
    return column;
}

enum step { STEP_NONE, STEP_ROW, STEP_IN_ROW };

/* One row further, or to the next value of the row. None: the cursor stands where it stood. */
static enum step step(struct plain *plain, struct view *view, struct walk *walk)
{
    AUTO_BUFFER struct buffer line = { 0 };
    int row = walk->row, column = walk->column;

    buffer_clear(&walk->before);
    buffer_text(&walk->before, buffer_as_text(&walk->now));
    plain_row(plain->canvas, row, &walk->row_before);
    plain_press(plain, TKEY_DOWN);
    if (view_top(plain->app) != view)
        return STEP_NONE;
    look(plain, view, walk);
    if (walk->row < 0)
        return STEP_NONE;
    if (walk->row == row &&
        text_equal(buffer_as_text(&walk->now), buffer_as_text(&walk->before)))
        return walk->column > column ? STEP_IN_ROW : STEP_NONE;
    plain_row(plain->canvas, walk->row, &line);
    return walk->row >= row || !text_equal(buffer_as_text(&line), buffer_as_text(&walk->first))
               ? STEP_ROW
               : STEP_NONE; /* around the end */
}

/* The line on the screen now of the row that was told last; -1: it has left. */
static int last_line(struct plain *plain, const struct walk *walk, int from)
{
    AUTO_BUFFER struct buffer line = { 0 };

    for (int row = from; row >= 0; row--) {
        plain_row(plain->canvas, row, &line);
        if (text_equal(buffer_as_text(&line), buffer_as_text(&walk->row_before)))
            return row;
    }
    return -1;
}

static void tell_row(struct plain *plain, const struct walk *walk)
{
    plain_printf(plain, "%d. %.*s", plain_page(plain)->count, (int)walk->line.len,
                 (const char *)walk->line.data);
}

/* One row and what stands under it; false: it was the last. */
static bool tell_next(struct plain *plain, struct view *view, struct walk *walk)
{
    struct plain_page *page = plain_page(plain);
    int row = walk->row, under;
    enum step stepped;

    page->at = page->count++;
    page->below = row + 1;
    put_columns(plain->canvas, row, walk->from, plain->canvas->columns, &walk->line);
    stepped = step(plain, view, walk);
    if (stepped == STEP_IN_ROW) {
        int next = label_column(plain->canvas, row, walk->column);

        put_columns(plain->canvas, row, walk->from, next, &walk->line);
        walk->from = next;
    }
    tell_row(plain, walk);
    if (stepped != STEP_ROW)
        return stepped == STEP_IN_ROW;
    walk->from = 0;
    under = last_line(plain, walk, walk->row - 1);
    walk->scrolled |= under != row;
    if (under >= 0)
        plain_lines(plain, under + 1, walk->row);
    return true;
}

bool plain_below(struct plain *plain, struct view *view)
{
    app_rest(plain->app);
    plain_draw(plain, view);
    return plain_lines(plain, plain_page(plain)->below, plain->canvas->rows);
}

static void tell_rows(struct plain *plain, struct view *view, struct walk *walk)
{
    struct plain_page *page = plain_page(plain);

    if (page->number == 0)
        plain_lines(plain, 0, walk->row);
    plain_row(plain->canvas, walk->row, &walk->first);
    do
        page->more = tell_next(plain, view, walk);
    while (page->more && page->count < PLAIN_PAGE);
    page->at += page->more;
    if (walk->scrolled) {
        int under = page->more ? -1 : last_line(plain, walk, plain->canvas->rows - 1);

        page->below = plain->canvas->rows;
        if (under >= 0)
            plain_lines(plain, under + 1, plain->canvas->rows);
    }
    plain_go(plain, 0);
    if (!page->more && !walk->scrolled)
        plain_below(plain, view);
}

void plain_rows(struct plain *plain, struct view *view)
{
    struct walk walk = { 0 };
    struct plain_page *page = plain_page(plain);

    plain_go(plain, 0);
    *page = (struct plain_page){ .view = view->opened, .number = page->number };
    look(plain, view, &walk);
    if (walk.row < 0)
        plain_lines(plain, 0, plain->canvas->rows);
    else
        tell_rows(plain, view, &walk);
    walk_free(&walk);
}

void plain_go(struct plain *plain, int n)
{
    struct plain_page *page = plain_page(plain);

    for (; page->at > n; page->at--)
        plain_press(plain, TKEY_UP);
    for (; page->at < n; page->at++)
        plain_press(plain, TKEY_DOWN);
}
