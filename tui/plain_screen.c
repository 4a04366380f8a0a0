/* Any screen in lines: its rows are found by walking the cursor through them. */
#include <stdlib.h>
#include <string.h>

#include "i18n/text.h"
#include "tui/plain_parts.h"

void plain_draw(struct plain *plain, struct view *view)
{
    struct canvas *canvas = plain->canvas;

    canvas_clear(canvas);
    view->type->draw(view, canvas, (struct rect){ 0, 0, canvas->rows, canvas->columns });
}

static bool is_frame(const struct cell *cell)
{
    uint32_t point;
    bool valid;

    text_decode(cell->text, cell->len, &point, &valid);
    return point >= 0x2500 && point <= 0x259F;
}

void plain_row(const struct canvas *canvas, int row, struct buffer *out)
{
    int gap = 0;

    buffer_clear(out);
    for (int column = 0; column < canvas->columns; column++) {
        const struct cell *cell = canvas_cell(canvas, row, column);

        if (cell->len == 0)
            continue;
        if (is_frame(cell) || (cell->len == 1 && cell->text[0] == ' ')) {
            gap++;
            continue;
        }
        if (out->len > 0 && gap > 0)
            buffer_string(out, gap > 1 ? "  " : " ");
        gap = 0;
        buffer_put(out, cell->text, cell->len);
    }
}

static bool tell_lines(struct plain *plain, int from, int to)
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

static void tell_row(struct plain *plain, int number, struct text line)
{
    if (text_starts(line, TEXT("> "))) {
        line.data += 2;
        line.len -= 2;
    }
    line = text_trim(line);
    plain_printf(plain, "%d. %.*s", number, (int)line.len, line.data);
}

/* One walk through the rows: what was seen before the last step, and what is seen now. */
struct walk {
    struct buffer before, now, first, line;
    int row;
};

static void walk_free(struct walk *walk)
{
    buffer_free(&walk->before);
    buffer_free(&walk->now);
    buffer_free(&walk->first);
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
    if (walk->row >= 0)
        plain_row(plain->canvas, walk->row, &walk->line);
}

/* One row further. False: there is none, and the cursor stands where it stood. */
static bool step(struct plain *plain, struct view *view, struct walk *walk)
{
    int before = walk->row;

    buffer_clear(&walk->before);
    buffer_text(&walk->before, buffer_as_text(&walk->now));
    plain_press(plain, TKEY_DOWN);
    if (view_top(plain->app) != view)
        return false;
    look(plain, view, walk);
    if (text_equal(buffer_as_text(&walk->now), buffer_as_text(&walk->before)) || walk->row < 0)
        return false;
    return walk->row >= before ||
           !text_equal(buffer_as_text(&walk->line), buffer_as_text(&walk->first));
}

/* To row n of the page; n counts from 0. */
static void go_to(struct plain *plain, int n)
{
    struct plain_page *page = plain_page(plain);

    for (; page->at > n; page->at--)
        plain_press(plain, TKEY_UP);
    for (; page->at < n; page->at++)
        plain_press(plain, TKEY_DOWN);
}

/* What stands under the rows about the one that is chosen; false: nothing. */
static bool tell_below(struct plain *plain, struct view *view)
{
    app_rest(plain->app);
    plain_draw(plain, view);
    return tell_lines(plain, plain_page(plain)->below, plain->canvas->rows);
}

static void tell_rows(struct plain *plain, struct view *view, struct walk *walk)
{
    struct plain_page *page = plain_page(plain);

    for (page->more = true; page->more && page->count < PLAIN_PAGE;) {
        int last = walk->row;

        tell_row(plain, ++page->count, buffer_as_text(&walk->line));
        page->at = page->count - 1;
        page->below = last + 1;
        page->more = step(plain, view, walk);
        if (page->more && page->count < PLAIN_PAGE && walk->row > last)
            tell_lines(plain, last + 1, walk->row);
    }
    if (page->more)
        page->at++;
}

static void tell_page(struct plain *plain, struct view *view)
{
    struct walk walk = { 0 };
    struct plain_page *page = plain_page(plain);

    go_to(plain, 0);
    *page = (struct plain_page){ .view = view->opened, .number = page->number };
    look(plain, view, &walk);
    if (walk.row < 0) {
        tell_lines(plain, 0, plain->canvas->rows);
    } else {
        if (page->number == 0)
            tell_lines(plain, 0, walk.row);
        buffer_text(&walk.first, buffer_as_text(&walk.line));
        tell_rows(plain, view, &walk);
        go_to(plain, 0);
        if (!page->more)
            tell_below(plain, view);
    }
    walk_free(&walk);
}

/* Where there are no rows a page is what stands on the screen. */
static void turn_screen(struct plain *plain, enum key_code code)
{
    AUTO_BUFFER struct buffer before = { 0 }, now = { 0 };
    struct view *view = view_top(plain->app);

    plain_draw(plain, view);
    canvas_text(&before, plain->canvas);
    plain_press(plain, code);
    plain_draw(plain, view);
    canvas_text(&now, plain->canvas);
    plain->again = !text_equal(buffer_as_text(&before), buffer_as_text(&now));
    if (!plain->again)
        plain_words(plain, N_("That is the end."));
}

static void next_page(struct plain *plain)
{
    struct plain_page *page = plain_page(plain);

    if (page->count == 0) {
        turn_screen(plain, TKEY_PAGE_DOWN);
    } else if (!page->more) {
        plain_words(plain, N_("That is the end."));
    } else {
        go_to(plain, page->count);
        page->at = 0;
        page->number++;
        plain->again = true;
    }
}

static void page_before(struct plain *plain)
{
    struct plain_page *page = plain_page(plain);

    if (page->count == 0) {
        turn_screen(plain, TKEY_PAGE_UP);
        return;
    }
    go_to(plain, 0);
    for (int i = 0; i < PLAIN_PAGE; i++)
        plain_press(plain, TKEY_UP);
    page->number -= page->number > 0;
    plain->again = true;
}

/* What Enter does; where that is nothing, what is said of the row. */
static void open_row(struct plain *plain)
{
    struct view *view = view_top(plain->app);
    int opened = view->opened, views = plain->app->opened, said = plain->app->said_count;

    plain_press(plain, TKEY_ENTER);
    view = view_top(plain->app);
    plain->again = !view || view->opened != opened || plain->app->opened != views ||
                   plain->app->said_count != said || !tell_below(plain, view);
}

/* "3" opens the third row, "3 history" does something with it. */
static bool take_number(struct plain *plain, struct text answer)
{
    struct plain_page *page = plain_page(plain);
    int number = 0;
    size_t digits = 0;
    struct text rest;

    for (; digits < answer.len && answer.data[digits] >= '0' && answer.data[digits] <= '9';
         digits++)
        number = number < 10000 ? number * 10 + (answer.data[digits] - '0') : number;
    rest = (struct text){ answer.data + digits, answer.len - digits };
    if (digits == 0 || (rest.len > 0 && rest.data[0] != ' '))
        return false;
    if ((number < 1 || number > page->count) && view_typing(view_top(plain->app)))
        return false; /* a code, perhaps */
    if (number < 1 || number > page->count) {
        plain_words(plain, N_("There is no row of that number."));
        return true;
    }
    go_to(plain, number - 1);
    rest = text_trim(rest);
    if (rest.len > 0)
        return plain_command(plain, rest);
    open_row(plain);
    return true;
}

/* What is typed narrows the rows down, or is the answer to a question that has none. */
static void take_text(struct plain *plain, struct text text)
{
    bool rows = plain_page(plain)->count > 0;

    if (text.len > 0 && text.data[0] == '/')
        text = text_trim((struct text){ text.data + 1, text.len - 1 });
    plain_press(plain, TKEY_CTRL('U'));
    plain_type(plain, text);
    if (!rows)
        plain_press(plain, TKEY_ENTER);
    plain->again = true;
}

static bool take_typed(struct plain *plain, struct view *view, struct text said)
{
    if (!view_typing(view))
        return false;
    if (text_is(said, "^") || text_is(said, "=") || text_is(said, "quit"))
        return plain_command(plain, said);
    if (said.data[0] == ':')
        return plain_command(plain, text_trim((struct text){ said.data + 1, said.len - 1 }));
    take_text(plain, said);
    return true;
}

void plain_screen(struct plain *plain, struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer answer = { 0 }, prompt = { 0 };
    struct text said;

    if (plain->again)
        tell_page(plain, view);
    plain->again = false;
    buffer_text(&prompt,
                app_words(plain->app, arena,
                          plain_page(plain)->more ? N_("Choose (Enter: more)") : N_("Choose")));
    buffer_string(&prompt, ": ");
    if (!plain_ask(plain, buffer_as_text(&prompt), false, &answer))
        return;
    said = text_trim(buffer_as_text(&answer));
    if (said.len == 0)
        next_page(plain);
    else if (text_is(said, "-"))
        page_before(plain);
    else if (!take_number(plain, said) && !take_typed(plain, view, said) &&
             !plain_command(plain, said))
        plain_words(plain, N_("That is no command here. ? lists what can be done."));
}

/* ---- staff number and password ---- */

/* The upper of the two fields, wherever the cursor stands. */
static void go_first(struct plain *plain, struct view *view)
{
    int row;

    plain_draw(plain, view);
    row = plain->canvas->cursor_row;
    plain_press(plain, TKEY_TAB);
    plain_draw(plain, view);
    if (plain->canvas->cursor_row > row)
        plain_press(plain, TKEY_BACKTAB);
}

static bool ask_label(struct plain *plain, const struct label *label, bool secret,
                      struct buffer *answer)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text words = app_label(plain->app, arena, label);

    return plain_ask(plain, arena_printf(arena, "%.*s: ", (int)words.len, words.data), secret,
                     answer);
}

static void wipe(struct buffer *secret)
{
    if (secret->len > 0)
        secret_clear(secret->data, secret->len);
    buffer_free(secret);
}

void plain_pair(struct plain *plain, struct view *view)
{
    static const struct label number = L("Staff number", "職員編號"),
                              password = L("Password", "密碼");
    AUTO_BUFFER struct buffer who = { 0 };
    struct buffer secret = { 0 };
    struct text said;

    if (plain->again) {
        plain_draw(plain, view);
        tell_lines(plain, 0, plain->canvas->rows);
    }
    plain->again = false;
    if (!ask_label(plain, &number, false, &who))
        return;
    said = text_trim(buffer_as_text(&who));
    if (text_is(said, "^") || text_is(said, "quit")) {
        plain_press(plain, TKEY_ESCAPE);
        plain->again = true;
        return;
    }
    if (ask_label(plain, &password, true, &secret)) {
        go_first(plain, view);
        if (said.len > 0) {
            plain_press(plain, TKEY_CTRL('U'));
            plain_type(plain, said);
        }
        plain_press(plain, TKEY_TAB);
        plain_press(plain, TKEY_CTRL('U'));
        plain_type(plain, buffer_as_text(&secret));
        plain_press(plain, TKEY_ENTER);
        plain->again = view_top(plain->app) != view;
    }
    wipe(&secret);
}
