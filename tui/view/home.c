/* Home by role: what waits, what is late, what one is responsible for, and every list; numbers that lead to their lists. */
#include "tui/view/home.h"

#include "i18n/text.h"
#include "tui/view/recent.h"

enum {
    WIDE_FROM = 100,
    COUNTED_AT_ONCE_MS = 20,
    COUNTED_IDLE_MS = 10,
    DRAFTS_SHOWN = 4,
    LONGEST_COLUMNS = 14
};

/* ---- where everything stands ---- */

/* The items of a block: from, to. */
static int block_items(const struct home *self, enum block block, int *first)
{
    int count = 0;

    for (int i = 0; i < self->count; i++)
        if (self->items[i].block == block) {
            if (count++ == 0)
                *first = i;
        }
    return count;
}

static int rows_wanted(const struct home *self, const enum block *blocks)
{
    int rows = 0, first;

    for (; *blocks != BLOCK_COUNT; blocks++) {
        int count = block_items(self, *blocks, &first);

        rows += count > 0 ? count + 2 : 0;
    }
    return rows - 1;
}

static struct text heading(struct app *app, struct arena *arena, enum block block)
{
    static const struct label labels[BLOCK_COUNT] = {
        [BLOCK_WAITS] = L("Waiting for me", "待我處理"),
        [BLOCK_HAS] = L("Mine", "由我負責"),
        [BLOCK_LISTS] = L("All records", "全部紀錄"),
        [BLOCK_DRAFTS] = L("Drafts: Enter goes on with one", "草稿：按Enter續寫"),
        [BLOCK_LOAD] = L("Load: open cases", "人員工作量：未結案件"),
        [BLOCK_AGE] = L("Age of open cases", "未結案件案齡"),
        [BLOCK_RECENT] = L("Opened last", "最近開啟"),
    };

    return app_label(app, arena, &labels[block]);
}

/* ---- drawing ---- */

struct line {
    struct home *self;
    struct canvas *canvas;
    struct arena *arena;
    int row, column, columns;
    enum role role;
};

static struct text number_text(struct line *line, size_t queue)
{
    const struct query_number *number = &line->self->numbers[queue];

    if (!line->self->known[queue])
        return TEXT("");
    if (number->count == 0 && !number->whole)
        return TEXT("?"); /* none so far, and not everything was looked at */
    return arena_printf(line->arena, "%zu%s", number->count, number->whole ? "" : "+");
}

/* Whole in one language rather than cut in two. */
static struct text fitting(struct line *line, const struct label *label, int columns)
{
    struct text words = app_label(line->self->view.app, line->arena, label);

    return text_width(words) > columns
               ? label_text(line->arena, label,
                            app_language(line->self->view.app) == LANGUAGE_EN ? LANGUAGE_EN
                                                                              : LANGUAGE_ZH)
               : words;
}

/* In one language: there is no room for both. */
static struct text longest_words(struct line *line, size_t queue)
{
    struct message message;

    message_set(&message, N_("longest %lld d"), (long long)line->self->longest[queue]);
    return sentence(line->arena, &message,
                    app_language(line->self->view.app) == LANGUAGE_EN ? LANGUAGE_EN
                                                                      : LANGUAGE_ZH);
}

/* What is late stands out, and its words say so as well. */
static void draw_queue(struct line *line, const struct home_item *item)
{
    const struct queue *queue = &queues[item->queue];
    bool late = queue->part == QUEUE_LATE && line->self->numbers[item->queue].count > 0;
    int room = late ? LONGEST_COLUMNS : 0, used;

    canvas_put_right(line->canvas, line->row, line->column + 1, 7,
                     number_text(line, item->queue),
                     late && line->role == ROLE_NORMAL ? ROLE_REQUIRED : line->role);
    used = 10 + canvas_put(line->canvas, line->row, line->column + 10, line->columns - 10,
                           fitting(line, &queue->label, line->columns - 10 - room), line->role);
    if (late && line->self->longest[item->queue] > 0)
        canvas_put_right(line->canvas, line->row, line->column + used, line->columns - used,
                         longest_words(line, item->queue), line->role);
}

static struct text called(struct line *line, uint64_t id, bool narrow)
{
    struct app *app = line->self->view.app;
    AUTO_BUFFER struct buffer out = { 0 };

    app_lookup(app)->reference(app_lookup(app)->context, (struct reference){ .id = id },
                               app_language(app), &out);
    if (narrow)
        return arena_text(line->arena,
                          text_split(buffer_as_text(&out), ' ', &(struct text){ 0 }));
    return arena_text(line->arena, buffer_as_text(&out));
}

static void draw_bar(struct line *line, struct text name, int64_t value, int64_t full)
{
    int names = line->columns >= 60 ? 30 : 12, bar = line->columns - names - 12;

    canvas_put_padded(line->canvas, line->row, line->column + 2, names - 1, name, line->role);
    canvas_bar(line->canvas, line->row, line->column + 2 + names, bar, value, full,
               line->role == ROLE_NORMAL ? ROLE_BAR : line->role);
    canvas_put_right(line->canvas, line->row, line->column + 2 + names + bar, 8,
                     arena_printf(line->arena, "%lld", (long long)value), line->role);
}

static int64_t greatest(const struct home *self, enum block block)
{
    int64_t most = 1;

    for (int i = 0; i < self->count; i++) {
        int64_t value =
            block == BLOCK_LOAD ? self->items[i].load.open : self->items[i].age.open;

        if (self->items[i].block == block && value > most)
            most = value;
    }
    return most;
}

static void draw_draft(struct line *line, const struct draft *draft)
{
    struct app *app = line->self->view.app;
    const struct act *act = act_named(draft->act);
    struct text label = act ? app_label(app, line->arena, &act->label) : draft->act;
    struct text of = draft->key.id != 0 ? called(line, draft->key.id, line->columns < 60)
                                        : draft_words(draft, line->arena);
    char time[40];

    moment_print(time, moment_of_ms(draft->saved_ms, OFFSET_HONG_KONG));
    canvas_put_padded(line->canvas, line->row, line->column + 2, line->columns - 2,
                      arena_printf(line->arena, "%s %.*s %.*s", time + 5, (int)label.len,
                                   label.data, (int)of.len, of.data),
                      line->role);
}

static void draw_item(struct line *line, struct home_item *item)
{
    item->row = line->row;
    item->column = line->column;
    if (line->role == ROLE_SELECTED) {
        canvas_fill(line->canvas, (struct rect){ line->row, line->column, 1, line->columns },
                    ROLE_SELECTED);
        canvas_put(line->canvas, line->row, line->column, 1, TEXT(">"), ROLE_SELECTED);
        canvas_cursor(line->canvas, line->row, line->column);
    }
    switch (item->block) {
    case BLOCK_DRAFTS:
        draw_draft(line, item->draft);
        break;
    case BLOCK_LOAD:
        draw_bar(line, called(line, item->load.officer, line->columns < 60), item->load.open,
                 greatest(line->self, BLOCK_LOAD));
        break;
    case BLOCK_AGE:
        draw_bar(line, fitting(line, &item->age.label, line->columns >= 60 ? 29 : 11),
                 item->age.open, greatest(line->self, BLOCK_AGE));
        break;
    case BLOCK_RECENT:
        canvas_put_padded(line->canvas, line->row, line->column + 2, line->columns - 2,
                          called(line, item->key.id, false), line->role);
        break;
    default:
        draw_queue(line, item);
        break;
    }
}

/* Blocks below one another; the last ones give way where there is no room. Rows above `from` are passed over. */
static void draw_column(struct home *self, struct canvas *canvas, struct rect place,
                        const enum block *blocks, int from)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int gap = rows_wanted(self, blocks) <= place.rows ? 1 : 0, row = place.row - from;
    int end = place.row + place.rows;

    for (; *blocks != BLOCK_COUNT; blocks++) {
        int first = 0, count = block_items(self, *blocks, &first);

        if (count == 0 || row + 1 >= end)
            continue;
        if (row >= place.row)
            canvas_put(canvas, row, place.column, place.columns,
                       heading(self->view.app, arena, *blocks), ROLE_PLACE);
        row++;
        for (int i = first; i < first + count && row < end; i++, row++) {
            struct line line = { self,
                                 canvas,
                                 arena,
                                 row,
                                 place.column,
                                 place.columns,
                                 i == self->selected ? ROLE_SELECTED : ROLE_NORMAL };

            if (row >= place.row)
                draw_item(&line, &self->items[i]);
        }
        row += gap;
    }
}

/* The row of the selected item where all blocks stand below one another. */
static int row_of_selected(const struct home *self, const enum block *blocks)
{
    int row = 0;

    for (; *blocks != BLOCK_COUNT; blocks++) {
        int first = 0, count = block_items(self, *blocks, &first);

        if (count == 0)
            continue;
        if (self->selected >= first && self->selected < first + count)
            return row + 1 + self->selected - first;
        row += count + 1;
    }
    return 0;
}

static void select_shown(struct home *self)
{
    if (self->selected < self->count && self->items[self->selected].row >= 0)
        return;
    for (int i = self->count - 1; i >= 0; i--)
        if (self->items[i].row >= 0)
            self->selected = i;
}

/* In lines, for a screen reader, one thing stands below the other. */
static void draw_lines(struct home *self, struct canvas *canvas, struct rect body)
{
    static const enum block all[] = { BLOCK_DRAFTS, BLOCK_WAITS, BLOCK_HAS,    BLOCK_LISTS,
                                      BLOCK_LOAD,   BLOCK_AGE,   BLOCK_RECENT, BLOCK_COUNT };
    int row;

    if (!self->began && self->count > 0)
        self->selected = 0; /* what was opened before it was known that lines are wanted */
    self->began = true;
    row = row_of_selected(self, all);

    draw_column(self, canvas, (struct rect){ body.row, 1, body.rows, body.columns - 2 }, all,
                row < body.rows ? 0 : row - body.rows + 1);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    static const enum block one[] = { BLOCK_WAITS, BLOCK_HAS, BLOCK_LISTS, BLOCK_COUNT };
    static const enum block two[] = { BLOCK_DRAFTS, BLOCK_LOAD, BLOCK_AGE, BLOCK_RECENT,
                                      BLOCK_COUNT };
    struct home *self = (struct home *)view;
    int left = body.columns >= WIDE_FROM ? 56 : 38;

    for (int i = 0; i < self->count; i++)
        self->items[i].row = -1;
    if (view->app->lines) {
        draw_lines(self, canvas, body);
    } else {
        draw_column(self, canvas, (struct rect){ body.row, 1, body.rows, left }, one, 0);
        draw_column(self, canvas,
                    (struct rect){ body.row, left + 2, body.rows, body.columns - left - 3 },
                    two, 0);
    }
    select_shown(self);
}

/* ---- keys ---- */

static bool same_item(const struct home_item *a, const struct home_item *b)
{
    return a->block == b->block && a->queue == b->queue && a->key.id == b->key.id &&
           a->load.officer == b->load.officer && a->age.filter == b->age.filter &&
           a->block != BLOCK_DRAFTS;
}

/* The cursor stays on its item; at first, and where that is gone, it stands on what waits. */
static void select_again(struct home *self, const struct home_item *was)
{
    self->selected = 0;
    for (int i = self->count - 1; i >= 0 && !self->view.app->lines; i--)
        if (self->items[i].block == BLOCK_WAITS || self->items[i].block == BLOCK_HAS)
            self->selected = i;
    for (int i = 0; i < self->count; i++)
        if (same_item(&self->items[i], was))
            self->selected = i;
}

static void refresh(struct view *view)
{
    struct home *self = (struct home *)view;
    struct home_item was = { .block = BLOCK_COUNT };

    if (self->selected < self->count)
        was = self->items[self->selected];
    recent_save(view->app);
    if (home_read(self) != ERR_OK)
        app_fail(view->app);
    select_again(self, &was);
    home_count(self, COUNTED_AT_ONCE_MS);
}

static bool idle(struct view *view)
{
    return home_count((struct home *)view, COUNTED_IDLE_MS);
}

static void close_view(struct view *view)
{
    arena_free(((struct home *)view)->arena);
}

static bool can_open(struct view *view)
{
    struct home *self = (struct home *)view;

    return self->selected < self->count;
}

static void run_open(struct view *view)
{
    struct home *self = (struct home *)view;

    home_open_item(self, &self->items[self->selected]);
}

/* The next one above or below in the same column; drawn order is the order of the items. */
static void step(struct home *self, int by)
{
    const struct home_item *from = &self->items[self->selected];
    bool lines = self->view.app->lines; /* what is not seen yet comes as one goes */

    for (int i = self->selected + by; i >= 0 && i < self->count; i += by)
        if (lines || (self->items[i].row >= 0 && self->items[i].column == from->column)) {
            self->selected = i;
            return;
        }
}

static int distance(const struct home_item *a, const struct home_item *b)
{
    return a->row > b->row ? a->row - b->row : b->row - a->row;
}

/* The nearest one of the other column. */
static void cross(struct home *self, int by)
{
    const struct home_item *from = &self->items[self->selected];
    int best = self->selected;

    for (int i = 0; i < self->count; i++) {
        const struct home_item *item = &self->items[i];

        if (item->row < 0 || (by > 0) != (item->column > from->column) ||
            item->column == from->column)
            continue;
        if (best == self->selected || distance(item, from) < distance(&self->items[best], from))
            best = i;
    }
    self->selected = best;
}

static bool key(struct view *view, const struct key *key)
{
    struct home *self = (struct home *)view;

    if (self->selected >= self->count)
        return false;
    switch (key->code) {
    case TKEY_DOWN:
        step(self, 1);
        return true;
    case TKEY_UP:
        step(self, -1);
        return true;
    case TKEY_RIGHT:
        cross(self, 1);
        return true;
    case TKEY_LEFT:
        cross(self, -1);
        return true;
    case TKEY_TAB:
    case TKEY_BACKTAB:
        cross(self, self->items[self->selected].column > 1 ? -1 : 1);
        return true;
    case TKEY_HOME:
        for (int i = 0; i < self->count; i++)
            step(self, -1);
        return true;
    case TKEY_END:
        for (int i = 0; i < self->count; i++)
            step(self, 1);
        return true;
    default:
        return false;
    }
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_words(view->app, arena, N_("Home")));
}

static void keep(struct view *view)
{
    recent_save(view->app);
}

static void sign_out(struct view *view)
{
    struct app *app = view->app;
    enum language language = app_language(app);

    recent_save(app);
    account_sign_out(&app->session);
    app->session.language = language;
    view_pop(app, NULL);
}

/* One Esc too many, on the way back from a list, shall not end the session. */
static bool leave(struct view *view)
{
    app_say(view->app, N_("This is home. F12 signs out."));
    return false;
}

static void run_search(struct view *view)
{
    search_open(view->app);
}

static void run_cases(struct view *view)
{
    list_open(view->app, &case_type, NULL, NULL);
}

static void run_exhibits(struct view *view)
{
    list_open(view->app, &exhibit_type, NULL, NULL);
}

static void run_new_case(struct view *view)
{
    form_open_act(view->app, act_named(TEXT("case-open")), NULL, NULL);
}

static bool may_open(struct view *view)
{
    return act_allowed(&view->app->session, act_named(TEXT("case-open")));
}

static const struct command commands[] = {
    { .name = "open",
      .key = KEY(ENTER),
      .label = L("Open", "開啟"),
      .flags = COMMAND_BAR,
      .run = run_open,
      .possible = can_open,
      .help = L("Open the chosen list, record or draft. What a number counts is what its list "
                "shows; \"500+\" is at least so many.",
                "開啟所選清單、紀錄或草稿。數字即該清單的項數；「500+」指不少於此數。") },
    { .name = "search",
      .key = KEY(F3),
      .other = KEY_OF('/'),
      .label = L("Find", "搜尋"),
      .flags = COMMAND_BAR,
      .run = run_search,
      .help = L("A number, a name, or words of a title or description.",
                "編號、姓名，或標題及描述內的字詞。") },
    { .name = "new-case",
      .key = KEY(F7),
      .other = KEY_OF('n'),
      .label = L("New case", "新案件"),
      .flags = COMMAND_BAR,
      .run = run_new_case,
      .possible = may_open,
      .help = L("Open a file for a new case.", "開立新案件檔案。") },
    { .name = "refresh",
      .key = KEY(F5),
      .label = L("Refresh", "更新"),
      .flags = 0,
      .run = refresh,
      .help = L("Count everything again.", "重新點算各項數目。") },
    { .name = "cases",
      .key = KEY_OF('c'),
      .label = L("All cases", "全部案件"),
      .flags = 0,
      .run = run_cases,
      .help = L("The list of all cases, from wherever the cursor stands.",
                "不論游標在何處，直接開啟全部案件清單。") },
    { .name = "exhibits",
      .key = KEY_OF('e'),
      .label = L("All exhibits", "全部證物"),
      .flags = 0,
      .run = run_exhibits,
      .help = L("The list of all exhibits.", "全部證物清單。") },
    { .name = "sign-out",
      .key = KEY(F12),
      .label = L("Sign out", "登出"),
      .flags = COMMAND_BAR,
      .run = sign_out,
      .help = L("Leave this account.", "離開此帳戶。") },
    { .name = NULL },
};

const struct view_type home_view = {
    .name = "home",
    .label = L("Home", "主頁"),
    .help = L("Where the day begins: what waits for you, the lists, and the drafts that you "
              "have not saved.",
              "一天工作由此開始：待辦事項、各類清單，以及尚未儲存的草稿。"),
    .commands = commands,
    .size = sizeof(struct home),
    .draw = draw,
    .key = key,
    .title = title,
    .leave = leave,
    .refresh = refresh,
    .idle = idle,
    .keep = keep,
    .close = close_view,
};

void home_open(struct app *app)
{
    struct home *self = (struct home *)view_push(app, &home_view);

    app->said_count = 0; /* what was said to the officer before is nobody else's business */
    app->message_shown = false;
    self->arena = arena_new();
    recent_load(app);
    refresh(&self->view);
    drafts_say(app);
}
