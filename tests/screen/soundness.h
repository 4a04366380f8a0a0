/* What every frame must be, whatever stands in the store and whatever was pressed: each cell holds one cluster that passed the
 * gate, wide ones are whole, and the cursor stands inside. */
#ifndef TIDEWAITER_TESTS_SCREEN_SOUNDNESS_H
#define TIDEWAITER_TESTS_SCREEN_SOUNDNESS_H

#include <string.h>

#include "i18n/text.h"
#include "tests/check.h"
#include "tui/screen/canvas.h"

/* Why the frame is not sound; NULL: it is. Lines and blocks that the program draws itself pass the gate too. */
static inline bool is_plain(const struct cell *cell)
{
    return cell->len == 1 && cell->text[0] >= ' ' && cell->text[0] <= '~';
}

static inline const char *unsound_cell(const struct cell *cell, bool wide_before, bool last)
{
    struct text t = { cell->text, cell->len };
    AUTO_BUFFER struct buffer safe = { 0 };

    if (cell->role >= ROLE_COUNT)
        return "a role that is none";
    if ((cell->len == 0) != wide_before)
        return "half of a wide character";
    if (cell->len == 0)
        return NULL;
    text_safe(&safe, t, TEXT_ONE_LINE);
    if (safe.len != t.len || memcmp(safe.data, t.data, t.len) != 0)
        return "what the gate does not let pass";
    if (text_width(t) != 1 && text_width(t) != 2)
        return "a width that is not one or two columns";
    return text_width(t) == 2 && last ? "a wide character in the last column" : NULL;
}

static inline const char *unsound(const struct canvas *canvas, int *at_row, int *at_column)
{
    for (*at_row = 0; *at_row < canvas->rows; (*at_row)++) {
        bool wide = false;

        for (*at_column = 0; *at_column < canvas->columns; (*at_column)++) {
            const struct cell *cell = canvas_cell(canvas, *at_row, *at_column);
            const char *why = is_plain(cell) && !wide && cell->role < ROLE_COUNT
                                  ? NULL
                                  : unsound_cell(cell, wide, *at_column + 1 == canvas->columns);

            if (why)
                return why;
            wide = cell->len > 1 && text_width((struct text){ cell->text, cell->len }) == 2;
        }
    }
    if (canvas->cursor_row >= canvas->rows || canvas->cursor_column >= canvas->columns ||
        (canvas->cursor_row >= 0 && canvas->cursor_column < 0))
        return "the cursor is outside";
    return NULL;
}

static inline void assert_sound(const struct canvas *canvas, const char *of)
{
    int row = 0, column = 0;
    const char *why = unsound(canvas, &row, &column);

    if (!why)
        return;
    AUTO_BUFFER struct buffer screen = { 0 };

    canvas_text(&screen, canvas);
    print_error("%s: row %d, column %d: %s\n%.*s\n", of, row, column, why, (int)screen.len,
                (const char *)screen.data);
    assert_null(why);
}

#endif
