/* What hangs on a record: the records that name it, the cases that share something with it, and what it names itself. */
#include "tui/view/sheet.h"

#include <string.h>

#include "i18n/text.h"
#include "tui/view/menu.h"

/* ---- records that name this one ---- */

static enum err rows_as_at(struct sheet *self, struct txn *txn)
{
    struct grid *grid = &self->grid;
    struct query_slice slice;

    TRY(link_rows_at(txn, &self->tabs[self->tab].link, reference_of(self->record),
                     self->at.size, GRID_WINDOW, grid->arena, &slice));
    memcpy(grid->rows, slice.rows, slice.count * sizeof *grid->rows);
    grid->count = (int)slice.count;
    grid->selected = grid->count > 0 ? 0 : -1;
    grid->state = grid->count > 0 ? GRID_READY : GRID_EMPTY;
    return ERR_OK;
}

static enum err links_load(struct sheet *self, struct txn *txn)
{
    const struct link *link = &self->tabs[self->tab].link;
    struct app *app = self->view.app;
    bool same = self->grid_live && self->grid.query.type == link->type &&
                self->grid.query.index == link->index;

    if (!same) {
        if (self->grid_live)
            grid_free(&self->grid);
        grid_init(&self->grid, app->store, app_lookup(app), link->type, app_language(app));
        self->grid.query = link_query(link, reference_of(self->record), &self->prefix);
        self->grid.without = link->field->tag;
        self->grid_live = true;
    }
    self->grid.language = app_language(app);
    return self->at.size > 0 ? rows_as_at(self, txn) : grid_load(&self->grid, same);
}

static void links_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    self->rows = place.rows - 1;
    grid_draw(&self->grid, canvas, place, true);
}

static bool links_key(struct sheet *self, const struct key *key)
{
    return grid_key(&self->grid, key, self->rows);
}

static bool links_can_open(struct sheet *self)
{
    return grid_key_of(&self->grid) != NULL;
}

static bool links_open(struct sheet *self)
{
    struct record_key key = *grid_key_of(&self->grid);

    sheet_open_at(self->view.app, &key, self->at);
    return true;
}

const struct tab_type links_tab = {
    .read = links_load,
    .draw = links_draw,
    .key = links_key,
    .can_open = links_can_open,
    .open = links_open,
};

/* ---- cases that share something with this one ---- */

static struct text shared_words(struct sheet *self, struct arena *arena,
                                const struct related_case *related)
{
    struct app *app = self->view.app;
    AUTO_BUFFER struct buffer out = { 0 };
    struct text label = label_text(arena, related->reason, sheet_language(self));

    buffer_text(&out, app_words(app, arena, N_("same")));
    buffer_byte(&out, ' ');
    buffer_text(&out, label);
    buffer_byte(&out, ' ');
    if (text_present(related->number))
        buffer_text(&out, related->number);
    else
        app_lookup(app)->reference(app_lookup(app)->context, related->shared,
                                   sheet_language(self), &out);
    return arena_text(arena, buffer_as_text(&out));
}

static struct text case_words(struct sheet *self, struct arena *arena,
                              const struct related_case *related)
{
    struct app *app = self->view.app;
    AUTO_BUFFER struct buffer out = { 0 };

    app_lookup(app)->reference(app_lookup(app)->context,
                               (struct reference){ .id = related->key.id }, app_language(app),
                               &out);
    return arena_text(arena, buffer_as_text(&out));
}

static void draw_related(struct sheet *self, struct canvas *canvas, struct rect line, size_t i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    bool chosen = (int)i == self->selected;
    int left = line.columns * 3 / 5;

    if (chosen) {
        canvas_fill(canvas, line, ROLE_SELECTED);
        canvas_put(canvas, line.row, 0, 1, TEXT(">"), ROLE_SELECTED);
        canvas_cursor(canvas, line.row, 0);
    }
    canvas_put_padded(canvas, line.row, 2, left - 3, case_words(self, arena, &self->related[i]),
                      chosen ? ROLE_SELECTED : ROLE_NORMAL);
    canvas_put_padded(canvas, line.row, left, line.columns - left,
                      shared_words(self, arena, &self->related[i]),
                      chosen ? ROLE_SELECTED : ROLE_LABEL);
}

static void related_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int rows = place.rows - (self->related_more ? 1 : 0);

    self->rows = rows;
    if (self->related_count == 0) {
        struct text line,
            rest = app_words(
                self->view.app, arena,
                N_("No other case shares a party, thing, operation, container, waybill or "
                   "serial number with this one."));

        for (int row = 1; row < 4 && text_wrap(&rest, place.columns - 4, &line); row++)
            canvas_put(canvas, place.row + row, 2, place.columns - 4, line, ROLE_DIM);
        canvas_cursor(canvas, place.row + 1, 0);
    }
    if (self->selected < self->scroll)
        self->scroll = self->selected;
    if (self->selected >= self->scroll + rows)
        self->scroll = self->selected - rows + 1;
    for (int i = 0; i < rows && (size_t)(self->scroll + i) < self->related_count; i++)
        draw_related(self, canvas, (struct rect){ place.row + i, 0, 1, place.columns },
                     (size_t)(self->scroll + i));
    if (self->related_more)
        canvas_put(canvas, place.row + place.rows - 1, 2, place.columns - 4,
                   app_words(self->view.app, arena,
                             N_("There are more; these are the first that were found.")),
                   ROLE_DIM);
}

static bool related_key(struct sheet *self, const struct key *key)
{
    return key_moves(key, (int)self->related_count, self->rows, &self->selected);
}

static enum err related_read(struct sheet *self, struct txn *txn)
{
    return related_cases(txn, self->record, RELATED_MOST, self->arena, &self->related,
                         &self->related_count, &self->related_more);
}

static bool related_can_open(struct sheet *self)
{
    return (size_t)self->selected < self->related_count;
}

static bool related_open(struct sheet *self)
{
    struct record_key key = self->related[self->selected].key;

    sheet_open_at(self->view.app, &key, self->at);
    return true;
}

const struct tab_type related_tab = {
    .label = L("Related cases", "關聯案件"),
    .read = related_read,
    .draw = related_draw,
    .key = related_key,
    .can_open = related_can_open,
    .open = related_open,
};

/* ---- what this one names ---- */

enum { NAMED_MOST = 40 };

/* What a menu of named records is opened for: lives in the menu's own arena. */
struct names {
    struct as_at at;
    size_t count;
    struct named named[NAMED_MOST];
};

static size_t fill_names(struct menu *menu, struct text typed, struct menu_item *items,
                         size_t room)
{
    const struct names *names = menu->about;
    struct app *app = menu->view.app;
    size_t count = 0;

    for (size_t i = 0; names && i < names->count && count < room; i++) {
        const struct named *named = &names->named[i];
        AUTO_BUFFER struct buffer out = { 0 };

        app_lookup(app)->reference(app_lookup(app)->context,
                                   (struct reference){ .id = named->key.id }, app_language(app),
                                   &out);
        if (!menu_matches(buffer_as_text(&out), typed))
            continue;
        items[count++] = (struct menu_item){
            .name = label_text(menu->arena, &named->field->label,
                               app_language(app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH),
            .words = arena_text(menu->arena, buffer_as_text(&out)),
            .key = named->key
        };
    }
    return count;
}

static void choose_name(struct menu *menu, const struct menu_item *item)
{
    struct app *app = menu->view.app;
    struct as_at at = ((const struct names *)menu->about)->at;
    struct record_key key = item->key;

    view_pop(app, NULL);
    sheet_open_at(app, &key, at);
}

static const struct menu_type names_type = { .title = L("Open which?", "開啟哪一項？"),
                                             .fill = fill_names,
                                             .choose = choose_name,
                                             .name_columns = 22 };

static bool open_names(struct sheet *self, const struct names *names)
{
    struct menu *menu;

    if (names->count == 0)
        return false;
    if (names->count == 1) {
        struct record_key key = names->named[0].key;

        sheet_open_at(self->view.app, &key, self->at);
        return true;
    }
    menu = menu_open(self->view.app, &names_type, NULL);
    menu->about = arena_copy(menu->view.arena, names, sizeof *names);
    menu_fill(menu);
    return true;
}

static void add_names(struct txn *txn, const struct field *field, const struct record *record,
                      struct names *names)
{
    names->count += named_by(txn, field, field_value(field, record),
                             &names->named[names->count], NAMED_MOST - names->count);
}

bool sheet_follow(struct sheet *self, const struct field *field, const struct record *record)
{
    struct names names = { .at = self->at };
    struct txn *txn = NULL;

    if (store_begin(&txn, self->view.app->store) != ERR_OK) {
        app_fail(self->view.app);
        return true;
    }
    add_names(txn, field, record, &names);
    txn_end(txn);
    return open_names(self, &names);
}

/* The officers, places and hand-over; codes of states and choices say enough in the row itself. */
bool sheet_follow_event(struct sheet *self, const struct record *event)
{
    struct names names = { .at = self->at };
    struct txn *txn = NULL;

    if (store_begin(&txn, self->view.app->store) != ERR_OK) {
        app_fail(self->view.app);
        return true;
    }
    for (size_t i = 0; i < event->type->count; i++) {
        const struct field *field = &event->type->fields[i];

        if (field->kind == KIND_REFERENCE && field_present(field, event))
            add_names(txn, field, event, &names);
    }
    txn_end(txn);
    return open_names(self, &names);
}
