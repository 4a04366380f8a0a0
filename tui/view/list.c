/* A list of records of any type: order, filter as you type, detail beside it where there is room. */
#include "tui/view/list_parts.h"

#include <string.h>

#include "i18n/text.h"
#include "tui/view/act_way.h"
#include "tui/view/sheet_parts.h"

void list_load(struct list_view *self, bool keep)
{
    if (grid_load(&self->grid, keep) != ERR_OK)
        app_fail(self->view.app);
    self->detail_due = true;
}

/* ---- drawing ---- */

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct list_view *self = (struct list_view *)view;
    struct rect place = { body.row + 1, 0, body.rows - 1, body.columns };
    bool wide = body.columns >= DETAIL_FROM;

    self->detail_due |= wide && !self->wide;
    self->wide = wide;
    if (wide) {
        place.columns = body.columns - DETAIL_COLUMNS - 1;
        list_detail_draw(self, canvas,
                         (struct rect){ body.row + 1, place.columns + 1, body.rows - 1,
                                        DETAIL_COLUMNS });
    }
    self->rows = place.rows - 1;
    grid_draw(&self->grid, canvas, place, !self->view.typing);
    list_completions_draw(self, canvas, body);
    list_head_draw(self, canvas, body);
}

static int rest_ms(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    return self->wide && self->detail_due ? REST_MS : -1;
}

static void rest(struct view *view)
{
    list_detail_read((struct list_view *)view);
}

/* ---- sorting ---- */

static void sort_by(struct list_view *self, const struct field *field)
{
    if (grid_sort(&self->grid, field) != ERR_OK)
        app_fail(self->view.app);
}

static void head_enter(struct list_view *self)
{
    const struct field *order = grid_order(&self->grid);

    self->grid.head = 0;
    for (int i = 0; i < self->grid.column_count; i++)
        if (self->grid.columns[i].field == order)
            self->grid.head = i;
    app_say(self->view.app,
            N_("Left and Right to a column, Enter sorts, Enter again turns it round."));
}

/* Beyond the last column that has room, the others come in. */
static void head_move(struct list_view *self, int by)
{
    struct grid *grid = &self->grid;
    int wanted = grid->head + by;

    if (wanted >= grid->column_count || (wanted == 0 && grid->skipped > 0))
        grid_key(grid, &(struct key){ .code = by > 0 ? TKEY_RIGHT : TKEY_LEFT }, self->rows);
    if (wanted >= 0 && wanted < grid->column_count)
        grid->head = wanted;
}

/* In the row of heads. What is no key of it leaves it. */
static bool head_key(struct list_view *self, const struct key *key)
{
    switch (key->code) {
    case TKEY_LEFT:
        head_move(self, -1);
        return true;
    case TKEY_RIGHT:
        head_move(self, 1);
        return true;
    case TKEY_ESCAPE:
    case TKEY_DOWN:
        self->grid.head = -1;
        return true;
    default:
        self->grid.head = -1;
        return false;
    }
}

static void run_sort(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    if (self->grid.head >= 0)
        self->grid.head = -1;
    else
        head_enter(self);
}

static bool may_sort(struct view *view)
{
    return !view->typing;
}

/* ---- keys ---- */

static void open_row(struct list_view *self)
{
    const struct record_key *key = grid_key_of(&self->grid);

    if (key)
        sheet_open(self->view.app, key);
}

static bool mouse(struct list_view *self, const struct key *key)
{
    int column;

    switch (grid_click(&self->grid, key, &column)) {
    case GRID_CLICK_HEAD:
        sort_by(self, self->grid.columns[column].field);
        return true;
    case GRID_CLICK_AGAIN:
        open_row(self);
        return true;
    case GRID_CLICK_ROW:
        return true;
    case GRID_CLICK_NOWHERE:
        break;
    }
    return grid_key(&self->grid, key, self->rows);
}

static bool is_mark(const struct key *key)
{
    return key->code == TKEY_INSERT || (key->code == TKEY_CHARACTER && key->point == ' ');
}

static bool list_key(struct view *view, const struct key *key)
{
    struct list_view *self = (struct list_view *)view;

    self->detail_due = true;
    if (self->digit) {
        self->digit = false;
        if (key->code == TKEY_CHARACTER && key->point >= '1' && key->point <= '9') {
            list_view_numbered(self, (int)(key->point - '0'));
            return true;
        }
    }
    if (key->code == TKEY_MOUSE)
        return mouse(self, key);
    if (self->view.typing)
        return list_filter_key(self, key);
    if (self->grid.head >= 0 && head_key(self, key))
        return true;
    if (key->code == TKEY_ESCAPE && self->filter.text.len > 0) {
        list_filter_set(self, TEXT(""));
        return true;
    }
    if (grid_key(&self->grid, key, self->rows)) {
        if (self->grid.failed != ERR_OK)
            app_fail(view->app); /* a list that breaks off is not its end */
        return true;
    }
    if (is_mark(key) && self->grid.mark_count == GRID_MARKS)
        app_warn(
            view->app,
            N_("%d are marked, which is the most at a time. Do these, then mark the next."),
            self->grid.mark_count);
    return false;
}

/* ---- commands ---- */

static bool row_chosen(struct view *view)
{
    return !view->typing && grid_record(&((struct list_view *)view)->grid) != NULL;
}

static void run_open(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    if (self->view.typing)
        list_filter_key(self, &(struct key){ .code = TKEY_ENTER });
    else if (self->grid.head >= 0)
        sort_by(self, self->grid.columns[self->grid.head].field);
    else
        open_row(self);
}

static void run_filter(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    self->grid.head = -1;
    self->view.typing = true;
}

static bool is_filtering(struct view *view)
{
    return view->typing;
}

static void run_views(struct view *view)
{
    list_views_open((struct list_view *)view);
}

static void run_numbered(struct view *view)
{
    ((struct list_view *)view)->digit = true;
    app_say(view->app, N_("Now the number of a saved view, 1 to 9. F4 lists them."));
}

static void run_acts(struct view *view)
{
    list_acts_open((struct list_view *)view);
}

static bool has_acts(struct view *view)
{
    const struct list_view *self = (const struct list_view *)view;

    return !view->typing && (self->grid.mark_count > 0 || row_chosen(view));
}

static void run_mark_all(struct view *view)
{
    list_mark_all((struct list_view *)view);
}

static void run_unmark(struct view *view)
{
    list_unmark((struct list_view *)view);
}

static bool has_marks(struct view *view)
{
    return ((struct list_view *)view)->grid.mark_count > 0;
}

static void run_columns(struct view *view)
{
    list_columns_choose((struct list_view *)view);
}

static void run_complete(struct view *view)
{
    struct list_view *self = (struct list_view *)view;

    list_filter_key(self, &(struct key){ .code = TKEY_TAB });
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

static const struct act *amending_act(struct view *view)
{
    return act_of_form(&view->app->session, ((struct list_view *)view)->type, ACT_AMENDS);
}

static void run_edit(struct view *view)
{
    act_start(view->app, amending_act(view), grid_key_of(&((struct list_view *)view)->grid));
}

static bool may_edit(struct view *view)
{
    return row_chosen(view) && amending_act(view) != NULL;
}

static void run_refresh(struct view *view)
{
    list_load((struct list_view *)view, true);
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
    if (grid_refresh(&self->grid) != ERR_OK)
        app_fail(view->app);
    list_detail_read(self);
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
    const struct buffer *more = self->of.len > 0 ? &self->of : &self->name;

    buffer_text(out, app_label(view->app, arena, &self->type->plural));
    if (more->len > 0) {
        buffer_string(out, ": ");
        buffer_text(out, buffer_as_text(more));
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
    arena_free(self->complete_arena);
    arena_free(self->detail_arena);
    buffer_free(&self->prefix);
    buffer_free(&self->of);
    buffer_free(&self->name);
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
      .help =
          L("Type words, or field:value such as ordinance:586 value:>1000000 "
            "opened:2023-06..2023-09; -state:C09 is not, \"dried fins\" together.",
            "輸入字詞，或「欄位:值」，例如 條例:586 估值:>1000000 開案日期:2023-06..2023-09；"
            "-狀態:C09 為不包括，\"dried fins\" 為相連字詞。") },
    { .name = "complete",
      .key = KEY(TAB),
      .label = L("Complete", "補全"),
      .flags = COMMAND_BAR,
      .run = run_complete,
      .possible = is_filtering,
      .help = L("While filtering: the fields, or what the field may hold. officer:. is yours, "
                "bring_up:* filled in, state:C02,C03 either.",
                "篩選時列出欄位，或該欄位可用的值。案件主管:. 為自己，再呈日期:* 為已填，"
                "狀態:C02,C03 為任何一項。") },
    { .name = "views",
      .key = KEY(F4),
      .other = KEY_OF('v'),
      .label = L("Views", "檢視"),
      .flags = COMMAND_BAR,
      .run = run_views,
      .possible = may_sort,
      .help = L("Saved views of this list, its columns, and saving what is shown.",
                "此清單的已存檢視、欄位，以及儲存現時所示。") },
    { .name = "view-numbered",
      .key = KEY_OF('\''),
      .label = L("View by number", "按編號選檢視"),
      .run = run_numbered,
      .help = L("Then a digit: the saved view of that number.",
                "其後輸入數字，開啟該編號的檢視。") },
    { .name = "columns",
      .key = KEY_OF('c'),
      .label = L("Columns", "欄目"),
      .run = run_columns,
      .help = L("Which fields are shown, how wide and in which order.",
                "選擇顯示的欄位、欄寬及先後次序。") },
    { .name = "sort",
      .key = KEY(F6),
      .other = KEY_OF('s'),
      .label = L("Sort", "排序"),
      .flags = COMMAND_BAR,
      .run = run_sort,
      .possible = may_sort,
      .help = L(
          "To the heads of the columns: Left and Right to one, Enter sorts by it, Enter again "
          "turns it round.",
          "移至欄名：以左右鍵選欄，按Enter排序，再按則倒轉。") },
    { .name = "new",
      .key = KEY(F7),
      .other = KEY_OF('n'),
      .label = L("New", "新增"),
      .flags = COMMAND_BAR,
      .run = run_new,
      .possible = may_make,
      .help = L("An empty form for a new record.", "開啟空白表格，新增紀錄。") },
    { .name = "edit",
      .key = KEY(F2),
      .other = KEY_OF('e'),
      .label = L("Amend", "修改"),
      .run = run_edit,
      .possible = may_edit,
      .help = L("The form of the chosen record.", "開啟所選紀錄的表格。") },
    { .name = "acts",
      .key = KEY(F8),
      .label = L("Acts", "可執行事項"),
      .flags = COMMAND_BAR,
      .run = run_acts,
      .possible = has_acts,
      .help =
          L("What can be done with the marked records, all at once, or with the chosen one.",
            "對所有已揀選的紀錄一併執行的事項；沒有揀選時為所選一項。") },
    { .name = "mark-all",
      .key = KEY_OF('*'),
      .label = L("Mark all", "全部揀選"),
      .run = run_mark_all,
      .help = L("Marks every row of the list, at most 500; Space marks one.",
                "揀選清單所有項目，最多500項；空格鍵揀選一項。") },
    { .name = "unmark",
      .key = KEY_OF('-'),
      .label = L("Unmark", "取消揀選"),
      .run = run_unmark,
      .possible = has_marks,
      .help = L("Takes all marks away.", "取消所有揀選。") },
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
    .rest_ms = rest_ms,
    .rest = rest,
    .about = about,
    .records = records,
    .upon_marked = list_act_upon_marked,
    .close = close_view,
};

/* Cases and the like by date, newest first; tables by code. */
static void first_order(struct list_view *self)
{
    static const char *const newest[] = { "by_opened", "by_date", "by_time" };

    for (size_t k = 0; k < sizeof newest / sizeof *newest; k++) {
        for (size_t i = 0; i < self->type->index_count; i++) {
            if (strcmp(self->type->indexes[i].name, newest[k]) == 0) {
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
    self->wide = true; /* until it is drawn */
    self->filter_arena = arena_new();
    self->complete_arena = arena_new();
    self->detail_arena = arena_new();
    editor_init(&self->filter);
    grid_init(&self->grid, app->store, app_lookup(app), records, app_language(app));
    first_order(self);
    list_columns_read(self);
    return self;
}

void list_open_filtered(struct app *app, const struct record_type *records, struct text filter,
                        const char *order, bool backward)
{
    struct list_view *self = list_new(app, records);

    for (size_t i = 0; order && i < records->index_count; i++) {
        if (strcmp(records->indexes[i].name, order) != 0)
            continue;
        self->grid.query.index = &records->indexes[i];
        self->grid.query.direction = backward ? BACKWARD : FORWARD;
    }
    list_filter_set(self, filter);
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
        app_lookup(app)->reference(app_lookup(app)->context, reference, app_language(app),
                                   &self->of);
    }
    list_load(self, false);
}
