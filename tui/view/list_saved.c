/* Columns of one's own, and saved views: filter, columns and order under a name, one's own or shared. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/model/saved_search.h"
#include "i18n/text.h"
#include "tui/view/list_parts.h"
#include "tui/view/menu.h"

enum {
    SAVED_MOST = 60,
    OWN_MOST = SAVED_MOST / 2,
    FILE_MOST = 64,
    NAME_MOST = 60,
    COUNT_MOST = 1000, /* more is said as "1,000+" */
    COUNT_MS = 5,      /* for one view */
    COUNTS_MS = 30,    /* for all of them, at each key in the menu */
};

struct saved {
    struct text name, filter, order, columns;
    bool shared;
};

/* ---- the desk ---- */

static const char *desk_name(char out[FILE_MOST], const char *what,
                             const struct record_type *type)
{
    snprintf(out, FILE_MOST, "%s.%s", what, type->name);
    for (char *c = out; *c; c++)
        *c = *c == '_' ? '-' : *c;
    return out;
}

/* False: what the officer kept there could not be read, and that was said. */
static bool desk_text(struct list_view *self, const char *what, struct arena *arena,
                      struct text *out)
{
    struct app *app = self->view.app;
    char file[FILE_MOST];
    struct bytes data;
    enum err err = desk_read(app->store, app->session.officer,
                             desk_name(file, what, self->type), arena, &data);

    *out = TEXT("");
    if (err == ERR_MISSING)
        return true;
    if (err != ERR_OK) {
        app_fail(app);
        return false;
    }
    struct text text = { (const char *)data.data, data.len };

    if (text_is_utf8(text)) /* else somebody else's hand was in it */
        *out = text;
    return true;
}

static bool desk_keep(struct list_view *self, const char *what, const struct buffer *text)
{
    struct app *app = self->view.app;
    char file[FILE_MOST];
    enum err err;

    desk_name(file, what, self->type);
    err = text->len > 0 ? desk_write(app->store, app->session.officer, file, buffer_bytes(text))
                        : desk_remove(app->store, app->session.officer, file);
    if (err != ERR_OK)
        app_fail(app);
    return err == ERR_OK;
}

/* ---- columns ---- */

static void columns_use(struct list_view *self)
{
    struct grid *grid = &self->grid;

    grid->chosen = self->own_count > 0 ? self->own : NULL;
    grid->chosen_count = self->own_count;
    grid->skipped = 0;
    grid->query.all_fields = false;
    for (int i = 0; i < self->own_count; i++)
        if (self->own[i].field->tag > TAG_LIST_LAST)
            grid->query.all_fields = true;
}

void list_columns_read(struct list_view *self)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text written;

    desk_text(self, "columns", arena, &written);
    self->own_count = shape_columns(self->own, self->type, written);
    columns_use(self);
}

static void columns_answered(struct view *below, void *result)
{
    struct list_view *self = (struct list_view *)below;
    const struct columns_choice *choice = result;
    AUTO_BUFFER struct buffer written = { 0 };

    if (!choice)
        return;
    self->own_count = choice->count;
    memcpy(self->own, choice->columns, (size_t)choice->count * sizeof *self->own);
    columns_use(self);
    shape_write(&written, self->own, self->own_count);
    if (!desk_keep(self, "columns", &written))
        return;
    list_load(self, true);
    app_say(self->view.app, choice->count > 0
                                ? N_("Your columns are kept for all your sessions.")
                                : N_("The list has its standard columns again."));
}

void list_columns_choose(struct list_view *self)
{
    columns_open(self->view.app, self->type, self->own, self->own_count, columns_answered);
}

/* ---- reading saved views ---- */

/* One line each: name, filter, order, columns, tabs between. False: they could not be read, and that was said. */
static bool own_read(struct list_view *self, struct arena *arena, struct saved *out,
                     size_t *found)
{
    struct text rest;
    size_t count = 0;
    bool read = desk_text(self, "views", arena, &rest);

    while (text_present(rest) && count < OWN_MOST) {
        struct text line = text_split(rest, '\n', &rest);
        struct saved saved = { .shared = false };

        saved.name = text_split(line, '\t', &line);
        if (!text_present(line) || saved.name.len == 0)
            continue;
        saved.filter = text_split(line, '\t', &line);
        saved.order = text_present(line) ? text_split(line, '\t', &line) : TEXT("");
        saved.columns = text_present(line) ? text_split(line, '\t', &line) : TEXT("");
        out[count++] = saved;
    }
    *found = count;
    return read;
}

static struct text or_empty(struct text t)
{
    return text_present(t) ? t : TEXT("");
}

static size_t shared_read(struct list_view *self, struct arena *arena, struct saved *out,
                          size_t room)
{
    struct app *app = self->view.app;
    AUTO_TXN struct txn *txn = NULL;
    AUTO_BUFFER struct buffer prefix = { 0 };
    struct text list = text_of(self->type->name);
    const void *values[] = { &list };
    struct query query = { .type = &saved_search_type,
                           .index = index_named(&saved_search_type, "by_list") };
    struct query_slice slice;

    index_prefix(&prefix, query.type, query.index, values, 1);
    query.prefix = buffer_bytes(&prefix);
    if (store_begin(&txn, app->store) != ERR_OK ||
        query_slice(txn, &query, (struct bytes){ 0 }, room, 0, app_lookup(app), arena,
                    &slice) != ERR_OK) {
        app_fail(app);
        return 0;
    }
    size_t count = 0;

    for (size_t i = 0; i < slice.count; i++) {
        const struct saved_search_record *saved =
            (const struct saved_search_record *)slice.rows[i].record;
        struct label name;

        if (!saved)
            continue;
        name = (struct label){ arena_string(arena, or_empty(saved->name.en)),
                               arena_string(arena, or_empty(saved->name.zh)) };
        out[count++] = (struct saved){ .name = app_label(app, arena, &name),
                                       .filter = or_empty(saved->filter),
                                       .order = or_empty(saved->order),
                                       .columns = or_empty(saved->columns),
                                       .shared = true };
    }
    return count;
}

/* One's own first. */
static size_t all_read(struct list_view *self, struct arena *arena, struct saved **out)
{
    size_t count;

    *out = arena_array(arena, SAVED_MOST, sizeof **out);
    own_read(self, arena, *out, &count);
    return count + shared_read(self, arena, *out + count, SAVED_MOST - count);
}

/* ---- showing one ---- */

static void show(struct list_view *self, const struct saved *saved)
{
    bool backward;
    const struct field *order = shape_order(self->type, saved->order, &backward);

    if (saved->columns.len > 0)
        self->own_count = shape_columns(self->own, self->type, saved->columns);
    columns_use(self);
    if (order) {
        self->grid.by = order;
        self->grid.query.direction = backward ? BACKWARD : FORWARD;
    }
    self->grid.anchor = GRID_AT_TOP;
    list_filter_set(self, saved->filter);
    buffer_text(&self->name, saved->name);
}

void list_view_numbered(struct list_view *self, int number)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct saved *saved;
    size_t count = all_read(self, arena, &saved);

    if ((size_t)number <= count)
        show(self, &saved[number - 1]);
    else
        app_warn(self->view.app, N_("This list has %zu saved views, so there is no number %d."),
                 count, number);
}

/* ---- keeping one ---- */

static void put_line(struct buffer *out, const struct saved *saved)
{
    const struct text parts[] = { saved->name, saved->filter, saved->order, saved->columns };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        for (size_t k = 0; k < parts[i].len; k++) {
            char c = parts[i].data[k];

            buffer_byte(out, (uint8_t)(c == '\t' || c == '\n' ? ' ' : c));
        }
        buffer_byte(out, i + 1 < sizeof parts / sizeof *parts ? '\t' : '\n');
    }
}

/* What is shown now. */
static struct saved present(struct list_view *self, struct text name, struct arena *arena)
{
    const struct field *order = grid_order(&self->grid);
    AUTO_BUFFER struct buffer columns = { 0 };
    struct saved saved = { .name = name, .filter = editor_text(&self->filter) };

    shape_write(&columns, self->own, self->own_count);
    saved.columns = arena_text(arena, buffer_as_text(&columns));
    saved.order =
        order ? arena_printf(arena, "%s%s", self->grid.query.direction == BACKWARD ? "-" : "",
                             order->name)
              : TEXT("");
    return saved;
}

/* All but the one of this name, and then (may be NULL) a new one. */
static bool own_write(struct list_view *self, struct text without, const struct saved *added)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer file = { 0 };
    struct saved *saved = arena_array(arena, OWN_MOST, sizeof *saved);
    size_t count, kept = 0;

    if (!own_read(self, arena, saved, &count)) /* those that are not seen stay */
        return false;
    for (size_t i = 0; i < count; i++)
        if (!text_equal(saved[i].name, without)) {
            put_line(&file, &saved[i]);
            kept++;
        }
    if (added && kept == OWN_MOST) {
        app_warn(self->view.app,
                 N_("The view is not kept: this list has %d views of your own already. Remove "
                    "one with F4 first."),
                 (int)OWN_MOST);
        return false;
    }
    if (added)
        put_line(&file, added);
    return desk_keep(self, "views", &file);
}

static void keep_answered(struct view *below, void *result)
{
    struct list_view *self = (struct list_view *)below;
    AUTO_ARENA struct arena *arena = arena_new();
    const struct text *name = result;
    struct saved saved;

    if (!name)
        return;
    saved = present(self, *name, arena);
    if (!own_write(self, *name, &saved))
        return;
    buffer_clear(&self->name);
    buffer_text(&self->name, *name);
    app_say(self->view.app, N_("The view is kept. F4 opens it again."));
}

static void share_answered(struct view *below, void *result)
{
    struct list_view *self = (struct list_view *)below;
    struct app *app = below->app;
    AUTO_ARENA struct arena *arena = arena_new();
    struct change_result done = { .arena = arena };
    const struct text *name = result;
    struct saved_search_record *record;
    struct message why;
    struct saved saved;

    if (!name)
        return;
    saved = present(self, *name, arena);
    record = (struct saved_search_record *)record_new(arena, &saved_search_type);
    record->list = text_of(self->type->name);
    record->filter = saved.filter.len > 0 ? saved.filter : (struct text){ 0 };
    record->order = saved.order.len > 0 ? saved.order : (struct text){ 0 };
    record->columns = saved.columns.len > 0 ? saved.columns : (struct text){ 0 };
    if (!value_parse(&record->head, field_find(&saved_search_type, tag_saved_search_name),
                     *name, app_lookup(app), arena, &why)) {
        fail_message(ERR_INVALID, &why);
        app_fail(app);
        return;
    }
    const struct act_call call = { .act = act_named(TEXT("search-save")), .input = record };

    if (act_run(&app->session, &call, &done) != ERR_OK)
        app_fail(app);
    else
        app_say(app, N_("The view is shared: everybody finds it in this list with F4."));
}

static void keep_ask(struct list_view *self)
{
    static const struct label question = L("Name of the view", "檢視名稱");

    prompt_open(self->view.app, &question, NAME_MOST, keep_answered);
}

static void share_ask(struct list_view *self)
{
    static const struct label question =
        L("Name of the shared view: Chinese | English", "共用檢視名稱：中文 | 英文");

    prompt_open(self->view.app, &question, 2 * NAME_MOST, share_answered);
}

/* ---- the menu ---- */

/* What stands in the menu behind the views; `data` of an item. */
struct way {
    struct label label, help;
    void (*run)(struct list_view *self);
    bool shares;
};

static void remove_open(struct list_view *self);
static const struct way ways[] = {
    { .label = L("Columns", "欄目"),
      .help = L("Which fields are shown, how wide and in which order.",
                "選擇顯示的欄位、欄寬及先後次序。"),
      .run = list_columns_choose },
    { .label = L("Keep this view", "儲存為自訂檢視"),
      .help = L("Filter, columns and order under a name, for yourself.",
                "以名稱儲存篩選條件、欄位及排序，供自己使用。"),
      .run = keep_ask },
    { .label = L("Share this view", "共用此檢視"),
      .help = L("The same for everybody; needs the right to approve.",
                "供所有人員使用；須具審批權限。"),
      .run = share_ask,
      .shares = true },
    { .label = L("Remove a view of your own", "刪除自訂檢視"),
      .help = L("Shared ones are voided in their own list.", "共用檢視須於其清單內作廢。"),
      .run = remove_open },
};

/* How many rows a view has now, where that is quickly said. */
static struct text rows_of(struct menu *menu, struct list_view *self, const struct saved *saved,
                           int64_t deadline)
{
    struct app *app = menu->view.app;
    AUTO_TXN struct txn *txn = NULL;
    struct query query = { .type = self->type,
                           .prefix = self->grid.query.prefix,
                           .index = self->grid.query.prefix.len > 0 ? self->grid.query.index
                                                                    : NULL };
    struct filter *filter = NULL;
    struct query_number number;
    struct message why;

    if (monotonic_ms() >= deadline ||
        filter_parse(&filter, menu->arena, self->type, saved->filter, app_lookup(app), &why) !=
            ERR_OK)
        return TEXT("?");
    query.filter = filter;
    if (store_begin(&txn, app->store) != ERR_OK ||
        query_count_most(txn, &query, COUNT_MOST, COUNT_MS, app_lookup(app), &number) != ERR_OK)
        return TEXT("?");
    return arena_printf(menu->arena, "%zu%s", number.count, number.whole ? "" : "+");
}

/* "1,204   '3": the first nine have a key. */
static struct text put_right(struct arena *arena, struct text rows, size_t number)
{
    return number <= 9 ? arena_printf(arena, "%.*s   '%zu", (int)rows.len, rows.data, number)
                       : arena_printf(arena, "%.*s     ", (int)rows.len, rows.data);
}

static size_t fill_saved(struct menu *menu, struct text typed, struct menu_item *items,
                         size_t room, bool own_only)
{
    static const struct label shared = L("shared", "共用"), own = L("own", "自訂");
    struct list_view *self = (struct list_view *)(uintptr_t)menu->about;
    struct app *app = menu->view.app;
    struct saved *saved;
    size_t count = all_read(self, menu->arena, &saved), made = 0;
    int64_t deadline = monotonic_ms() + COUNTS_MS;

    for (size_t i = 0; i < count && made < room; i++) {
        struct text number = arena_printf(menu->arena, "%zu", i + 1);

        if ((own_only && saved[i].shared) ||
            !(menu_matches(saved[i].name, typed) || text_equal(number, text_trim(typed))))
            continue;
        items[made++] = (struct menu_item){
            .name = saved[i].name,
            .words = app_label(app, menu->arena, saved[i].shared ? &shared : &own),
            .right = put_right(menu->arena, rows_of(menu, self, &saved[i], deadline), i + 1),
            .more = saved[i].filter,
            .data = &saved[i],
            .key = { .n = 1 }
        };
    }
    return made;
}

static size_t fill_views(struct menu *menu, struct text typed, struct menu_item *items,
                         size_t room)
{
    struct app *app = menu->view.app;
    size_t count;

    if (!menu->about)
        return 0;
    count = fill_saved(menu, typed, items, room, false);
    for (size_t i = 0; i < sizeof ways / sizeof *ways && count < room; i++) {
        struct text label = app_label(app, menu->arena, &ways[i].label),
                    help = app_label(app, menu->arena, &ways[i].help);

        if ((!ways[i].shares || (app->session.rights & RIGHT_APPROVE)) &&
            menu_matches(label_text(menu->arena, &ways[i].label, LANGUAGE_BOTH), typed))
            items[count++] = (struct menu_item){
                .name = label, .words = help, .more = help, .data = &ways[i]
            };
    }
    return count;
}

static void choose_view(struct menu *menu, const struct menu_item *item)
{
    struct list_view *self = (struct list_view *)(uintptr_t)menu->about;
    AUTO_ARENA struct arena *arena = arena_new();
    bool is_view = item->key.n == 1;
    const struct way *way = item->data;
    struct saved saved = { .shared = false };

    if (is_view) {
        const struct saved *chosen = item->data;

        saved.name = arena_text(arena, chosen->name);
        saved.filter = arena_text(arena, chosen->filter);
        saved.order = arena_text(arena, chosen->order);
        saved.columns = arena_text(arena, chosen->columns);
    }
    view_pop(menu->view.app, NULL);
    if (is_view)
        show(self, &saved);
    else
        way->run(self);
}

static const struct menu_type views_menu = {
    .title = L("Views of this list", "此清單的檢視"),
    .help = L("Saved views with the number of their rows, columns, and keeping what is shown.",
              "已存檢視及其紀錄數目、選擇欄位，以及儲存現時所示。"),
    .fill = fill_views,
    .choose = choose_view,
    .foot = true
};

static void menu_of(struct list_view *self, const struct menu_type *kind)
{
    struct menu *menu = menu_open(self->view.app, kind, NULL);

    menu->about = self;
    menu_fill(menu);
}

void list_views_open(struct list_view *self)
{
    menu_of(self, &views_menu);
}

static size_t fill_own(struct menu *menu, struct text typed, struct menu_item *items,
                       size_t room)
{
    return menu->about ? fill_saved(menu, typed, items, room, true) : 0;
}

static void choose_removed(struct menu *menu, const struct menu_item *item)
{
    struct list_view *self = (struct list_view *)(uintptr_t)menu->about;
    AUTO_ARENA struct arena *arena = arena_new();
    struct text name = arena_text(arena, ((const struct saved *)item->data)->name);

    view_pop(menu->view.app, NULL);
    if (own_write(self, name, NULL))
        app_say(self->view.app, N_("The view \"%s\" is removed."), arena_string(arena, name));
}

static const struct menu_type remove_menu = {
    .title = L("Remove a view of your own", "刪除自訂檢視"),
    .help = L("Enter removes the chosen view of your own; the records stay as they are.",
              "按Enter刪除所選的自訂檢視；紀錄不受影響。"),
    .fill = fill_own,
    .choose = choose_removed,
    .foot = true
};

static void remove_open(struct list_view *self)
{
    menu_of(self, &remove_menu);
}

/* ---- for the palette ---- */

/* What is read of a list's views needs no more of it than its type. */
size_t saved_views(struct app *app, struct arena *arena, struct saved_view *out, size_t room)
{
    struct list_view *list = memory_new(sizeof *list);
    size_t count = 0;

    list->view.app = app;
    for (const struct record_type *const *type = record_types; *type; type++) {
        struct saved *saved;
        size_t found;

        if ((*type)->family != 0)
            continue;
        list->type = *type;
        found = all_read(list, arena, &saved);
        for (size_t i = 0; i < found && count < room; i++)
            out[count++] = (struct saved_view){ *type, saved[i].name };
    }
    free(list);
    return count;
}

void saved_view_open(struct app *app, const struct saved_view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text name = arena_text(arena, view->name);
    struct list_view *list;
    struct saved *saved;
    size_t count;

    list_open(app, view->type, NULL, NULL);
    list = (struct list_view *)view_top(app);
    count = all_read(list, arena, &saved);
    for (size_t i = 0; i < count; i++)
        if (text_equal(saved[i].name, name)) {
            show(list, &saved[i]);
            return;
        }
}
