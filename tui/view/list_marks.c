/* Marked rows of a list, and what is done upon all of them. */
#include <stdint.h>

#include "core/base/seams.h"
#include "tui/view/act_way.h"
#include "tui/view/bulk.h"
#include "tui/view/list_parts.h"
#include "tui/view/menu.h"
#include "tui/view/sheet_parts.h"

enum { AT_ONCE = 60, MARK_MS = 100 };

/* ---- marking ---- */

/* From the first row on, as many as may be marked. False: there are more, or they take too long to find. */
static bool mark_rows(struct list_view *self)
{
    AUTO_BUFFER struct buffer resume = { 0 };
    struct grid *grid = &self->grid;
    int64_t deadline = monotonic_ms() + MARK_MS;
    struct query_slice slice = { .more = true };

    while (slice.more && grid->mark_count < GRID_MARKS && monotonic_ms() < deadline) {
        AUTO_ARENA struct arena *arena = arena_new();
        AUTO_TXN struct txn *txn = NULL;

        if (store_begin(&txn, grid->store) != ERR_OK ||
            listing_slice(&grid->listing, txn, buffer_bytes(&resume), true, AT_ONCE,
                          GRID_SLICE_MS, grid->lookup, arena, &slice) != ERR_OK) {
            app_fail(self->view.app);
            return true;
        }
        for (size_t i = 0; i < slice.count; i++)
            if (!slice.rows[i].damaged && !grid_mark(grid, &slice.rows[i].key, true))
                return false;
        if (slice.looked_at == 0)
            break;
        buffer_clear(&resume);
        buffer_put(&resume, slice.resume.data, slice.resume.len);
    }
    return !slice.more && !listing_sorting(&grid->listing);
}

void list_mark_all(struct list_view *self)
{
    struct app *app = self->view.app;

    if (mark_rows(self))
        app_say(app, N_("%d are marked."), self->grid.mark_count);
    else
        app_warn(app,
                 N_("%d are marked, which are not all: at most %d at a time. Do these, "
                    "then mark the next."),
                 self->grid.mark_count, (int)GRID_MARKS);
}

void list_unmark(struct list_view *self)
{
    self->grid.mark_count = 0;
    app_say(self->view.app, N_("Nothing is marked any more."));
}

/* ---- acts ---- */

static void row_done(struct view *opener, const struct record_key *key)
{
    if (opener->type == &list_view)
        grid_mark(&((struct list_view *)opener)->grid, key, false);
}

/* What is missing in the form is said there, and not of each record. */
static bool filled(struct view *form, const struct act_call *call)
{
    struct change_result result = { .arena = form->arena };

    return act_rehearse(&form->app->session, call, &result) != ERR_INVALID ||
           !form_refuse(form, &result.findings);
}

/* The filled form goes on as a preview of all marked rows. */
static bool submit(struct view *form, const struct act_call *call)
{
    struct app *app = form->app;
    const struct list_view *self =
        (const struct list_view *)(app->count >= 2 ? app->views[app->count - 2] : NULL);

    if (self && self->view.type == &list_view && filled(form, call))
        bulk_open(app, call, self->grid.marks, (size_t)self->grid.mark_count, row_done);
    return false;
}

static size_t fill(struct menu *menu, struct text typed, struct menu_item *items, size_t room)
{
    const struct list_view *self = menu->about;
    struct app *app = menu->view.app;
    size_t count = 0;

    for (const struct act *const *act = acts; self && *act && count < room; act++) {
        struct text help = app_label(app, menu->arena, &(*act)->help);

        if (bulk_possible(app, *act, self->type) &&
            (menu_matches(label_text(menu->arena, &(*act)->label, LANGUAGE_BOTH), typed) ||
             menu_matches(text_of((*act)->name), typed)))
            items[count++] =
                (struct menu_item){ .name = app_label(app, menu->arena, &(*act)->label),
                                    .words = help,
                                    .more = help,
                                    .data = *act };
    }
    return count;
}

void list_act_upon_marked(struct view *view, const struct act *act)
{
    struct list_view *self = (struct list_view *)view;
    struct app *app = view->app;
    struct record_key first = self->grid.marks[0];
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    if (store_begin(&txn, app->store) != ERR_OK ||
        record_get(txn, &first, 0, arena, &record) != ERR_OK) {
        app_fail(app);
        return;
    }
    txn_end(txn);
    txn = NULL;
    form_open_for(app, act, NULL, record, submit);
    if (view_top(app) != view) /* else the officer may not, and that was said */
        app_say(app, N_("Fill this in once for the %d marked. A preview follows."),
                self->grid.mark_count);
}

static void choose(struct menu *menu, const struct menu_item *item)
{
    struct view *list = (struct view *)(uintptr_t)menu->about;
    const struct act *act = item->data;

    view_pop(menu->view.app, NULL);
    list_act_upon_marked(list, act);
}

static const struct menu_type marked_acts = {
    .title = L("With all that is marked", "對所有已揀選項目"),
    .help = L("The acts that may be done upon many records at once.",
              "可同時對多項紀錄執行的事項。"),
    .fill = fill,
    .choose = choose,
    .foot = true
};

void list_acts_open(struct list_view *self)
{
    struct app *app = self->view.app;
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    const struct record_key *key = grid_key_of(&self->grid);
    struct record *record;

    if (self->grid.mark_count > 0) {
        struct menu *menu = menu_open(app, &marked_acts, NULL);

        menu->about = self;
        menu_fill(menu);
        return;
    }
    if (!key || store_begin(&txn, app->store) != ERR_OK ||
        record_get(txn, key, 0, arena, &record) != ERR_OK) {
        app_fail(app);
        return;
    }
    acts_open(app, record);
}
