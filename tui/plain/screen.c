/* Any screen in lines: what is answered opens a row, turns the page, or is a command. */
#include <stdlib.h>
#include <string.h>

#include "i18n/text.h"
#include "tui/plain/plain_parts.h"

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
        plain_go(plain, page->count);
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
    plain_go(plain, 0);
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
                   plain->app->said_count != said || !plain_below(plain, view);
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
    plain_go(plain, number - 1);
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
        plain_rows(plain, view);
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

/* Only the whole word does what cannot be taken back. */
void plain_confirm(struct plain *plain, struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer answer = { 0 };
    struct text words = app_words(plain->app, arena, N_("yes, or Enter for no"));

    plain_draw(plain, view);
    plain_lines(plain, 0, plain->canvas->cursor_row); /* the last line names keys */
    if (!plain_ask(plain, arena_printf(arena, "%.*s: ", (int)words.len, words.data), false,
                   &answer))
        return;
    if (text_is(text_trim(buffer_as_text(&answer)), "yes"))
        plain_command(plain, TEXT("yes"));
    else
        plain_press(plain, TKEY_ESCAPE);
    plain->again = true;
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
        plain_lines(plain, 0, plain->canvas->rows);
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
