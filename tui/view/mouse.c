/* The mouse over the keyboard's ways: every click does what keys do, so that no view needs to know of it. */
#include "tui/view/view.h"

bool app_click(struct app *app, const struct key *key)
{
    const struct key *hit =
        app->seen && key->button == 1 ? canvas_hit_at(app->seen, key->row, key->column) : NULL;
    struct key pressed;

    if (!hit)
        return false;
    pressed = *hit; /* the next frame forgets it */
    if (key->clicks < 2)
        app_key(app, &pressed);
    return true;
}

static void press(struct app *app, enum key_code code)
{
    app_key(app, &(struct key){ .code = code });
}

/* Steps towards the row while that leads nearer; true: the cursor stands in it. */
static bool walk(struct app *app, struct canvas *canvas, int row)
{
    struct view *view = view_top(app);

    for (int steps = canvas->rows; steps > 0 && canvas->cursor_row != row; steps--) {
        int before = canvas->cursor_row;
        bool down = row > before;

        press(app, down ? TKEY_DOWN : TKEY_UP);
        if (view_top(app) != view)
            return false;
        app_draw(app, canvas);
        if (down ? canvas->cursor_row <= before : canvas->cursor_row >= before)
            return false;
        if (down != (row > canvas->cursor_row) && canvas->cursor_row != row)
            return false;
    }
    return canvas->cursor_row == row;
}

void app_point(struct app *app, const struct key *key)
{
    struct canvas *canvas;
    bool there;

    if (key->button == 4 || key->button == 5) {
        press(app, key->button == 4 ? TKEY_UP : TKEY_DOWN);
        return;
    }
    if (!app->seen || app->seen->cursor_row < 0 || key->row < 1 ||
        key->row >= app->seen->rows - 2)
        return;
    canvas = canvas_new(app->seen->rows, app->seen->columns);
    canvas->ascii = app->seen->ascii;
    app_draw(app, canvas);
    there = walk(app, canvas, key->row);
    app->seen = NULL; /* until the next frame */
    canvas_free(canvas);
    if (there && key->clicks == 2 && !view_typing(view_top(app)))
        press(app, TKEY_ENTER);
}
