/* A list of records of any type: order, filter as you type, detail beside it where there is room. */
#include "tui/view/views.h"

#include <string.h>

#include "core/query/query.h"
#include "i18n/text.h"
#include "tui/view/sheet_parts.h"
#include "tui/view/withheld.h"
#include "tui/widget/editor.h"
#include "tui/widget/grid.h"

enum { DETAIL_FROM = 100, DETAIL_COLUMNS = 44 };

struct list_view {
    struct view view;
    const struct record_type *type;
    struct grid grid;
    struct editor filter;
    bool filtering;
    struct arena *filter_arena;
    struct buffer prefix;
    struct buffer of; /* what the list is narrowed to, in words */
    size_t order;     /* which of the type's indexes */
    bool fixed;       /* narrowed: the order is its index's */
    int rows;         /* visible ones at the last drawing */
};

static void load(struct list_view *self, bool keep)
{
    if (grid_load(&self->grid, keep) != ERR_OK)
        app_fail(self->view.app);
}

/* The filter is read anew at each key; what is not yet understood is said and filters nothing. */
static void filter_apply(struct list_view *self)
{
    struct filter *filter = NULL;
    struct message why;

    arena_reset(self->filter_arena);
    self->grid.query.filter = NULL;
    if (self->filter.text.len > 0 &&
        filter_parse(&filter, self->filter_arena, self->type, editor_text(&self->filter),
                     app_lookup(self->view.app), &why) != ERR_OK)
        app_fail(self->view.app);
    self->grid.query.filter = filter;
    load(self, false);
}

static void draw_head(struct list_view *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    static const struct label filter = L("Filter", "篩選");
    struct text label = app_label(app, arena, &filter);
    int column = 1;

    if (self->filtering || self->filter.text.len > 0) {
        column += canvas_put(canvas, body.row, column, 20, label, ROLE_LABEL) + 1;
        editor_draw(&self->filter, canvas, (struct rect){ body.row, column, 1, 40 },
                    self->filtering ? ROLE_FIELD_FOCUS : ROLE_FIELD, self->filtering);
    } else {
        const struct index_row *index = self->grid.query.index;

        if (index)
            canvas_put(canvas, body.row, column, 40, app_label(app, arena, &index->label),
                       ROLE_DIM);
    }
    if (self->grid.total >= 0 && self->filter.text.len == 0)
        canvas_put_right(canvas, body.row, body.columns - 16, 15,
                         arena_printf(arena, "%lld", (long long)self->grid.total), ROLE_DIM);
}

/* The fields of the selected record, beside the list. */
static void draw_detail(struct list_view *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_TXN struct txn *txn = NULL;
    const struct record_key *key = grid_key_of(&self->grid);
    struct record *record;
    int row = place.row;

    if (!key || store_begin(&txn, self->view.app->store) != ERR_OK ||
        record_get(txn, key, 0, arena, &record) != ERR_OK)
        return;
    row = withheld_draw(self->view.app, canvas, place, record).row;
    for (size_t i = 0; i < record->type->count && row < place.row + place.rows; i++) {
        const struct field *field = &record->type->fields[i];
        struct text rest, line;

        if (!field_present(field, record) || (field->flags & PRIVATE) ||
            field->tag == TAG_APPROXIMATE)
            continue;
        canvas_put(canvas, row++, place.column, place.columns,
                   app_label(self->view.app, arena, &field->label), ROLE_LABEL);
        rest = sheet_value(self->view.app, arena, record, field);
        for (int n = 0; n < 6 && row < place.row + place.rows &&
                        text_wrap(&rest, place.columns - 2, &line);
             n++)
            canvas_put(canvas, row++, place.column + 2, place.columns - 2, line, ROLE_VALUE);
    }
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct list_view *self = (struct list_view *)view;
    struct rect place = { body.row + 1, 0, body.rows - 1, body.columns };

    if (body.columns >= DETAIL_FROM) {
        place.columns = body.columns - DETAIL_COLUMNS - 1;
        draw_detail(self, canvas,
                    (struct rect){ body.row + 1, place.columns + 1, body.rows - 1,
                                   DETAIL_COLUMNS });
    }
    self->rows = place.rows - 1;
    grid_layout(&self->grid, place.columns);
    grid_draw(&self->grid, canvas, place, !self->filtering);
    draw_head(self, canvas, body);
}

static bool filter_key(struct list_view *self, const struct key *key)
{
    switch (key->code) {
    case TKEY_ENTER:
    case TKEY_DOWN:
        self->filtering = false;
        return true;
    case TKEY_ESCAPE:
        self->filtering = false;
        editor_set(&self->filter, TEXT(""));
        filter_apply(self);
        return true;
    default:
        break;
    }
    switch (editor_key(&self->filter, key)) {
    case EDITOR_CHANGED:
        filter_apply(self);
        return true;
    case EDITOR_IGNORED:
        return key->code == TKEY_CHARACTER || key->code == TKEY_PASTE;
    default:
        return true;
    }
}

static bool list_key(struct view *view, const struct key *key)
{
    struct list_view *self = (struct list_view *)view;

    if (self->filtering)
        return filter_key(self, key);
    if (key->code == TKEY_ESCAPE && self->filter.text.len > 0)
        return filter_key(self, key);
    return grid_key(&self->grid, key, self->rows);
}

static bool row_chosen(struct view *view)
{
    return !((struct list_view *)view)->filtering &&
           grid_record(&((struct list_view *)view)->grid) != NULL;
}

static void run_open(struct view *view)
{
    struct list_view *self = (struct list_view *)view;
    const struct record_key *key;

    if (self->filtering) {
        self->filtering = false;
        return;
    }
    key = grid_key_of(&self->grid);
    if (key)
        sheet_open(view->app, key);
}

static void run_filter(struct view *view)
{
    ((struct list_view *)view)->filtering = true;
}

/* The next order; each way from the newest or greatest first, then from the other end. */
static void run_sort(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    if (self->grid.query.direction == BACKWARD) {
        self->grid.query.direction = FORWARD;
    } else {
        self->order = (self->order + 1) % self->type->index_count;
        self->grid.query.index = &self->type->indexes[self->order];
        self->grid.query.direction = BACKWARD;
    }
    load(self, false);
}

static bool may_sort(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    return !self->fixed && self->type->index_count > 0;
}

static const struct act *making_act(const struct list_view *self)
{
    for (const struct act *const *act = acts; *act; act++)
        if ((*act)->form == ACT_MAKES && (*act)->type == self->type && !(*act)->hidden &&
            act_allowed(&self->view.app->session, *act))
            return *act;
    return NULL;
}

static void run_new(struct view *view)
{
    form_open_act(view->app, making_act((struct list_view *)view), NULL, NULL);
}

static bool may_make(struct view *view)
{
    return making_act((struct list_view *)view) != NULL;
}

static void run_refresh(struct view *view)
{
    load((struct list_view *)view, true);
}

static void run_history(struct view *view)
{
    history_open(view->app, grid_key_of(&((struct list_view *)view)->grid));
}

static void refresh(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    self->grid.language = app_language(view->app);
    codes_refresh(view->app->codes);
    load(self, true);
}

static bool idle(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    if (!self->grid.searching)
        return false;
    if (grid_more(&self->grid) != ERR_OK)
        app_fail(view->app);
    return self->grid.searching;
}

static void title(struct view *view, struct buffer *out)
{
    struct list_view *self = (struct list_view *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &self->type->plural));
    if (self->of.len > 0) {
        buffer_string(out, ": ");
        buffer_text(out, buffer_as_text(&self->of));
    }
}

static const struct label *about(struct view *view)
{
    return &((struct list_view *)view)->type->help;
}

static size_t records(struct view *view, struct record_key *out, size_t room)
{
    struct grid *grid = &((struct list_view *)view)->grid;
    const struct record_key *key = grid_key_of(grid);
    size_t count = 0;

    while (count < room && count < (size_t)grid->mark_count) {
        out[count] = grid->marks[count];
        count++;
    }
    if (count == 0 && key && room > 0)
        out[count++] = *key;
    return count;
}

static void close_view(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    grid_free(&self->grid);
    editor_free(&self->filter);
    arena_free(self->filter_arena);
    buffer_free(&self->prefix);
    buffer_free(&self->of);
}

static const struct command commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = run_open,
      .help = L("Open the chosen record.", "開啟所選紀錄。") },
    { .name = "filter",
      .key = KEY(F3),
      .other = KEY_OF('/'),
      .label = L("Filter", "篩選"),
      .flags = COMMAND_BAR,
      .run = run_filter,
      .help = L(
          "Type words, or field:value such as ordinance:586 value:>1000000 "
          "opened:2023-06..2023-09.",
          "輸入字詞，或「欄位:值」，例如 條例:586 估值:>1000000 開案日期:2023-06..2023-09。") },
    { .name = "sort",
      .key = KEY(F6),
      .other = KEY_OF('s'),
      .label = L("Sort", "排序"),
      .flags = COMMAND_BAR,
      .run = run_sort,
      .possible = may_sort,
      .help = L("The next order; again turns it round.", "下一種排序；再按一次則倒轉。") },
    { .name = "new",
      .key = KEY(F7),
      .other = KEY_OF('n'),
      .label = L("New", "新增"),
      .flags = COMMAND_BAR,
      .run = run_new,
      .possible = may_make,
      .help = L("An empty form for a new record.", "開啟空白表格，新增紀錄。") },
    { .name = "refresh",
      .key = KEY(F5),
      .label = L("Refresh", "更新"),
      .flags = 0,
      .run = run_refresh,
      .help = L("Read the list again.", "重新讀取清單。") },
    { .name = "history",
      .key = KEY_OF('h'),
      .label = L("History", "修訂紀錄"),
      .flags = 0,
      .run = run_history,
      .possible = row_chosen,
      .help = L("Every revision of the chosen record.", "所選紀錄的歷次修訂。") },
    { .name = NULL },
};

const struct view_type list_view = {
    .name = "list",
    .label = L("List", "清單"),
    .help = L("Records of one type. Narrow them while typing, sort them, open one.",
              "同一類紀錄的清單。可邊輸入邊篩選、排序，並開啟紀錄。"),
    .commands = commands,
    .size = sizeof(struct list_view),
    .draw = draw,
    .key = list_key,
    .title = title,
    .refresh = refresh,
    .idle = idle,
    .about = about,
    .records = records,
    .close = close_view,
};

/* Cases and the like by date, newest first; tables by code. */
static void first_order(struct list_view *self)
{
    static const char *const newest[] = { "by_opened", "by_date", "by_time" };

    for (size_t k = 0; k < sizeof newest / sizeof *newest; k++) {
        for (size_t i = 0; i < self->type->index_count; i++) {
            if (strcmp(self->type->indexes[i].name, newest[k]) == 0) {
                self->order = i;
                self->grid.query.index = &self->type->indexes[i];
                self->grid.query.direction = BACKWARD;
                return;
            }
        }
    }
    self->grid.query.index = self->type->index_count > 0 ? &self->type->indexes[0] : NULL;
}

static struct list_view *list_new(struct app *app, const struct record_type *records)
{
    struct list_view *self = (struct list_view *)view_push(app, &list_view);

    self->type = records;
    self->filter_arena = arena_new();
    editor_init(&self->filter);
    grid_init(&self->grid, app->store, app_lookup(app), records, app_language(app));
    first_order(self);
    return self;
}

void list_open_filtered(struct app *app, const struct record_type *records, struct text filter,
                        const char *order, bool backward)
{
    struct list_view *self = list_new(app, records);

    for (size_t i = 0; order && i < records->index_count; i++) {
        if (strcmp(records->indexes[i].name, order) != 0)
            continue;
        self->order = i;
        self->grid.query.index = &records->indexes[i];
        self->grid.query.direction = backward ? BACKWARD : FORWARD;
    }
    editor_set(&self->filter, filter);
    filter_apply(self);
}

void list_open(struct app *app, const struct record_type *records,
               const struct index_row *index, const struct record *of)
{
    struct list_view *self = list_new(app, records);

    if (index && of) {
        struct reference reference = reference_of(of);
        const void *values[] = { &reference };

        index_prefix(&self->prefix, records, index, values, 1);
        self->grid.query.index = index;
        self->grid.query.prefix = buffer_bytes(&self->prefix);
        self->grid.query.direction = BACKWARD;
        self->fixed = true;
        app_lookup(app)->reference(app_lookup(app)->context, reference, app_language(app),
                                   &self->of);
    }
    load(self, false);
}
