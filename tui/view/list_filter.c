/* The filter line of a list: narrows at each key, and says what may be typed next. */
#include "tui/view/list_parts.h"

#include <string.h>

#include "i18n/text.h"

enum { OFFERED_ROWS = 8, NAME_COLUMNS = 22 };

/* Read anew at each key; a field whose value has not begun waits, and what is not understood is said and filters nothing. */
void list_filter_apply(struct list_view *self)
{
    struct text typed = editor_text(&self->filter);
    struct filter *filter = NULL;
    struct message why;

    if (self->view.typing)
        typed = filter_begun(typed);
    arena_reset(self->filter_arena);
    self->grid.query.filter = NULL;
    if (typed.len > 0 && filter_parse(&filter, self->filter_arena, self->type, typed,
                                      app_lookup(self->view.app), &why) != ERR_OK) {
        app_fail(self->view.app);
        self->view.app->bells = 0; /* half a word is no fault */
    }
    self->grid.query.filter = filter;
    list_load(self, self->grid.anchor == GRID_AT_ROW);
}

void list_filter_set(struct list_view *self, struct text typed)
{
    editor_set(&self->filter, typed);
    buffer_clear(&self->name);
    self->completing = false;
    list_filter_apply(self);
}

/* ---- what may be typed next ---- */

static struct text before_cursor(const struct list_view *self)
{
    struct text typed = editor_text(&self->filter);

    typed.len = self->filter.cursor;
    return typed;
}

/* The word is finished, so that nothing is offered for it. */
static bool before_blank(const struct list_view *self)
{
    struct text typed = before_cursor(self);

    return typed.len == 0 || typed.data[typed.len - 1] == ' ';
}

/* `offer`: the one that is selected; -1: none until the officer chooses. */
static void complete(struct list_view *self, int offer)
{
    struct app *app = self->view.app;
    AUTO_TXN struct txn *txn = NULL;
    struct complete_ask ask = { .codes = app->codes,
                                .type = self->type,
                                .typed = before_cursor(self),
                                .language = app_language(app),
                                .limit = COMPLETIONS };

    arena_reset(self->complete_arena);
    self->offered = (struct completions){ .count = 0 };
    self->offer = offer;
    if (store_begin(&txn, app->store) != ERR_OK)
        app_fail(app);
    ask.txn = txn;
    if (txn && filter_complete(&self->offered, &ask, self->complete_arena) != ERR_OK)
        app_fail(app);
    self->completing = self->offered.count > 0;
}

static void accept(struct list_view *self)
{
    const struct completion *item = &self->offered.items[self->offer < 0 ? 0 : self->offer];
    struct text typed = editor_text(&self->filter);
    struct text rest = { typed.data + self->filter.cursor, typed.len - self->filter.cursor };
    AUTO_BUFFER struct buffer made = { 0 };
    size_t cursor;

    if (!text_present(item->insert))
        return;
    buffer_text(&made, self->offered.before);
    buffer_text(&made, item->insert);
    if (item->whole)
        buffer_byte(&made, ' ');
    cursor = made.len;
    buffer_text(&made, rest);
    editor_set(&self->filter, buffer_as_text(&made));
    self->filter.cursor = cursor;
    self->completing = false;
    list_filter_apply(self);
    if (!item->whole) /* a field asks for its value at once */
        complete(self, -1);
}

void list_completions_draw(struct list_view *self, struct canvas *canvas, struct rect body)
{
    int count = (int)self->offered.count, rows = count < OFFERED_ROWS ? count : OFFERED_ROWS;
    int columns = body.columns - 4 > 72 ? 72 : body.columns - 4, top = 0;
    struct rect box = { body.row + 1, 2, rows + 2, columns };

    if (!self->completing || !self->view.typing)
        return;
    if (self->offer >= rows)
        top = self->offer - rows + 1;
    canvas_fill(canvas, (struct rect){ box.row, 0, box.rows, body.columns }, ROLE_NORMAL);
    canvas_box(canvas, box, TEXT(""), ROLE_BORDER);
    for (int i = 0; i < rows; i++) {
        const struct completion *item = &self->offered.items[top + i];
        bool chosen = top + i == self->offer;
        enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;
        int row = box.row + 1 + i;

        canvas_put_padded(canvas, row, box.column + 1, 2, chosen ? TEXT(">") : TEXT(" "), role);
        canvas_put_padded(canvas, row, box.column + 3, NAME_COLUMNS,
                          text_present(item->name) ? item->name : TEXT(""), role);
        canvas_put_padded(canvas, row, box.column + 3 + NAME_COLUMNS,
                          columns - 4 - NAME_COLUMNS, item->words, role);
    }
}

/* ---- the line ---- */

int list_filter_draw(struct list_view *self, struct canvas *canvas, struct rect body, int room)
{
    AUTO_ARENA struct arena *arena = arena_new();
    static const struct label filter = L("Filter", "篩選");
    int column = 1;

    column += canvas_put(canvas, body.row, column, 20,
                         app_label(self->view.app, arena, &filter), ROLE_LABEL) +
              1;
    editor_draw(&self->filter, canvas, (struct rect){ body.row, column, 1, room - column },
                self->view.typing ? ROLE_FIELD_FOCUS : ROLE_FIELD, self->view.typing);
    return room;
}

static void finish(struct list_view *self)
{
    self->view.typing = false;
    self->completing = false;
    list_filter_apply(self); /* "state:" at its end now means: empty */
}

static bool line_key(struct list_view *self, const struct key *key)
{
    switch (key->code) {
    case TKEY_TAB:
        complete(self, 0);
        return true;
    case TKEY_ENTER:
    case TKEY_DOWN:
        finish(self);
        return true;
    case TKEY_ESCAPE:
        self->view.typing = false;
        list_filter_set(self, TEXT(""));
        return true;
    default:
        return false;
    }
}

/* Arrows, Tab, Esc, and Enter where one was chosen; anything else goes on into the line. */
static bool completions_key(struct list_view *self, const struct key *key)
{
    int count = (int)self->offered.count;

    switch (key->code) {
    case TKEY_DOWN:
        self->offer = self->offer + 1 < count ? self->offer + 1 : 0;
        return true;
    case TKEY_UP:
        self->offer = self->offer > 0 ? self->offer - 1 : count - 1; /* from none to the last */
        return true;
    case TKEY_ENTER:
        if (self->offer < 0)
            return line_key(self, key);
        accept(self);
        return true;
    case TKEY_TAB:
        accept(self);
        return true;
    case TKEY_ESCAPE:
        self->completing = false;
        return true;
    default:
        return false;
    }
}

bool list_filter_key(struct list_view *self, const struct key *key)
{
    if (self->completing ? completions_key(self, key) : line_key(self, key))
        return true;
    switch (editor_key(&self->filter, key)) {
    case EDITOR_CHANGED:
        buffer_clear(&self->name); /* it is no longer that saved view */
        list_filter_apply(self);
        self->completing = self->completing && !before_blank(self);
        if (self->completing)
            complete(self, -1);
        return true;
    case EDITOR_IGNORED:
        return key->code == TKEY_CHARACTER || key->code == TKEY_PASTE;
    default:
        self->completing = false;
        return true;
    }
}
