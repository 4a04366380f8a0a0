/* The pick list of a field: codes, choices and records by code, Chinese or English, what was used last on top. */
#include "tui/view/views.h"

#include <string.h>

#include "core/change/used.h"
#include "core/query/picks.h"
#include "i18n/text.h"
#include "tui/widget/editor.h"

enum { RECORDS_MOST = 200, WIDE = 110, MARK = 2 };

struct picker {
    struct view view;
    const struct field *field;
    struct editor typed;
    struct arena *arena; /* of the picks */
    struct picks picks;
    struct text *used;
    size_t used_count;
    bool paths,
        others; /* some of the picks lie in something; have a name in the other language */
    int selected, scroll;
    struct rect rows; /* where they were drawn last */
};

/* ---- what there is to choose from ---- */

static void fill(struct picker *self)
{
    AUTO_TXN struct txn *txn = NULL;
    struct app *app = self->view.app;
    struct picks_ask ask = { .codes = app->codes,
                             .field = self->field,
                             .typed = editor_text(&self->typed),
                             .used = self->used,
                             .used_count = self->used_count,
                             .language = app_language(app),
                             .limit = RECORDS_MOST };

    arena_reset(self->arena);
    self->picks = (struct picks){ .all = -1 };
    if (store_begin(&txn, app->store) != ERR_OK) {
        app_fail(app);
        return;
    }
    ask.txn = txn;
    if (picks_read(&self->picks, &ask, self->arena) != ERR_OK)
        app_fail(app);
    self->paths = self->others = false;
    for (size_t i = 0; i < self->picks.count; i++) {
        self->paths |= text_present(self->picks.items[i].path);
        self->others |= self->picks.items[i].zh.len > 0 && self->picks.items[i].en.len > 0;
    }
    if (self->selected >= (int)self->picks.count)
        self->selected = self->picks.count > 0 ? (int)self->picks.count - 1 : 0;
}

/* Opened upon a value that stands already: the list is whole, and the value is the chosen row. */
static void select_code(struct picker *self, struct text code)
{
    for (size_t i = 0; i < self->picks.count; i++)
        if (text_equal(self->picks.items[i].code, code))
            self->selected = (int)i;
}

/* ---- drawing ---- */

struct columns {
    int code, name, other, path; /* widths; 0: not shown */
};

static struct columns columns_of(const struct picker *self, int columns)
{
    struct columns widths = { .code = self->field->kind == KIND_REFERENCE ? 18 : 14 };
    int rest = columns - MARK - widths.code;

    if (self->paths && self->others && columns >= WIDE - 8)
        widths.other = rest / 3;
    else if (self->others && !self->paths)
        widths.other = rest * 11 / 20;
    if (self->paths)
        widths.path = widths.other > 0 ? rest / 3 : rest / 2;
    widths.name = rest - widths.other - widths.path;
    return widths;
}

static bool english(const struct picker *self)
{
    return app_language(self->view.app) == LANGUAGE_EN;
}

/* The name in the language of the screen, or the only one there is. */
static struct text name_of(const struct picker *self, const struct pick *pick)
{
    struct text first = english(self) ? pick->en : pick->zh,
                second = english(self) ? pick->zh : pick->en;

    return first.len > 0 ? first : second;
}

static struct text other_of(const struct picker *self, const struct pick *pick)
{
    if (pick->zh.len == 0 || pick->en.len == 0)
        return TEXT("");
    return english(self) ? pick->zh : pick->en;
}

/* One cell and the blank that parts it from the next. */
static int put_cell(struct canvas *canvas, int row, int column, int columns, struct text words,
                    enum role role)
{
    if (columns == 0)
        return column;
    canvas_put_padded(canvas, row, column, columns - 1, words, role);
    canvas_put_padded(canvas, row, column + columns - 1, 1, TEXT(""), role);
    return column + columns;
}

/* Where a path is too long, its last places tell two rows apart. */
static struct text path_end(struct arena *arena, struct text path, int columns)
{
    struct text rest = path;

    if (path.len == 0)
        return path;
    while (text_width(rest) + (rest.len < path.len ? 5 : 0) > columns) {
        const char *next = memmem(rest.data, rest.len, " > ", 3);

        if (!next)
            break;
        rest.len -= (size_t)(next - rest.data) + 3;
        rest.data = next + 3;
    }
    return rest.len < path.len ? arena_printf(arena, ".. > %.*s", (int)rest.len, rest.data)
                               : rest;
}

static void draw_row(const struct picker *self, struct canvas *canvas, int row,
                     const struct pick *pick, bool chosen)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct columns widths = columns_of(self, self->rows.columns);
    enum role role = chosen ? ROLE_SELECTED : ROLE_NORMAL;
    int column = self->rows.column;

    column = put_cell(canvas, row, column, MARK,
                      chosen       ? TEXT(">")
                      : pick->used ? TEXT("*")
                                   : TEXT(" "),
                      role);
    column = put_cell(canvas, row, column, widths.code, pick->code, role);
    column = put_cell(canvas, row, column, widths.name, name_of(self, pick), role);
    column = put_cell(canvas, row, column, widths.other, other_of(self, pick), role);
    put_cell(canvas, row, column, widths.path, path_end(arena, pick->path, widths.path - 1),
             role);
}

static void draw_heads(const struct picker *self, struct canvas *canvas, int row)
{
    static const struct label heads[] = { L("Code", "編碼"),    L("Number", "編號"),
                                          L("Chinese", "中文"), L("English", "英文"),
                                          L("Name", "名稱"),    L("Part of", "從屬") };
    AUTO_ARENA struct arena *arena = arena_new();
    struct app *app = self->view.app;
    struct columns widths = columns_of(self, self->rows.columns);
    const struct label *name = !self->others ? &heads[4] : &heads[english(self) ? 3 : 2];
    int column = self->rows.column;

    column = put_cell(canvas, row, column, MARK, TEXT(""), ROLE_HEADER);
    column = put_cell(canvas, row, column, widths.code,
                      app_label(app, arena, &heads[self->field->kind == KIND_REFERENCE]),
                      ROLE_HEADER);
    column =
        put_cell(canvas, row, column, widths.name, app_label(app, arena, name), ROLE_HEADER);
    column = put_cell(canvas, row, column, widths.other,
                      app_label(app, arena, &heads[english(self) ? 2 : 3]), ROLE_HEADER);
    put_cell(canvas, row, column, widths.path, app_label(app, arena, &heads[5]), ROLE_HEADER);
}

static struct text counted(const struct picker *self, struct arena *arena)
{
    const struct picks *picks = &self->picks;
    struct message message;

    if (picks->more)
        message_set(&message, N_("the first %zu; type more to narrow"), picks->count);
    else if (picks->all >= (int64_t)picks->count)
        message_set(&message, N_("%zu of %lld"), picks->count, (long long)picks->all);
    else
        message_set(&message, N_("%zu found"), picks->count);
    return sentence(arena, &message, app_language(self->view.app));
}

/* What the chosen row says in full: its names and where it lies, which the columns may have cut. */
static void draw_chosen(const struct picker *self, struct canvas *canvas, struct rect place)
{
    AUTO_BUFFER struct buffer words = { 0 };
    const struct pick *pick = &self->picks.items[self->selected];
    struct app *app = self->view.app;
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest, line;

    if (pick->used)
        buffer_text(&words, app_words(app, arena, N_("Used lately: ")));
    buffer_text(&words, name_of(self, pick));
    if (other_of(self, pick).len > 0) {
        buffer_string(&words, " / ");
        buffer_text(&words, other_of(self, pick));
    }
    if (text_present(pick->path)) {
        buffer_string(&words, " / ");
        buffer_text(&words, pick->path);
    }
    rest = text_safe_in(arena, buffer_as_text(&words), TEXT_ONE_LINE);
    for (int i = 0; i < place.rows && text_wrap(&rest, place.columns, &line); i++)
        canvas_put(canvas, place.row + i, place.column, place.columns, line, ROLE_DIM);
}

static void draw_rows(struct picker *self, struct canvas *canvas)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect place = self->rows;

    if (self->selected < self->scroll)
        self->scroll = self->selected;
    if (self->selected >= self->scroll + place.rows)
        self->scroll = self->selected - place.rows + 1;
    for (int i = 0; i < place.rows && self->scroll + i < (int)self->picks.count; i++)
        draw_row(self, canvas, place.row + i, &self->picks.items[self->scroll + i],
                 self->scroll + i == self->selected);
    if (self->picks.count == 0)
        canvas_put_padded(
            canvas, place.row, place.column + MARK, place.columns - MARK,
            app_words(self->view.app, arena,
                      N_("Nothing found. Erase what you typed to see everything.")),
            ROLE_DIM);
}

static struct rect box_of(struct rect body)
{
    int columns = body.columns >= WIDE + 4 ? WIDE : body.columns - 4;

    return (struct rect){ body.row + 1, (body.columns - columns) / 2, body.rows - 2, columns };
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct picker *self = (struct picker *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct rect box = box_of(body);
    struct text count = counted(self, arena);
    int width = text_width(count);

    canvas_fill(canvas, (struct rect){ box.row, 0, box.rows, body.columns },
                ROLE_NORMAL); /* no halves of characters beside it */
    canvas_box(canvas, box, app_label(view->app, arena, &self->field->label), ROLE_BORDER);
    canvas_put(canvas, box.row + 1, box.column + box.columns - 2 - width, width, count,
               ROLE_DIM);
    self->rows = (struct rect){ box.row + 3, box.column + 1, box.rows - 7, box.columns - 2 };
    draw_heads(self, canvas, box.row + 2);
    draw_rows(self, canvas);
    canvas_rule(canvas, box.row + box.rows - 4, box.column + 1, box.columns - 2, TEXT(""),
                ROLE_BORDER);
    if (self->picks.count > 0)
        draw_chosen(self, canvas,
                    (struct rect){ box.row + box.rows - 3, box.column + 2, 2,
                                   box.columns - 4 });
    editor_draw(&self->typed, canvas,
                (struct rect){ box.row + 1, box.column + 2, 1, box.columns - 6 - width },
                ROLE_FIELD_FOCUS, true);
}

/* ---- keys ---- */

static void move(struct picker *self, int by)
{
    int last = (int)self->picks.count - 1;

    self->selected += by;
    if (self->selected > last)
        self->selected = last;
    if (self->selected < 0)
        self->selected = 0;
}

static void choose(struct picker *self)
{
    struct text chosen;

    if (self->picks.count == 0)
        return;
    chosen = self->picks.items[self->selected].code;
    view_pop(self->view.app, &chosen);
}

/* A click chooses a row; a click on the chosen row takes it. */
static void click(struct picker *self, const struct key *key)
{
    int row = key->row - self->rows.row, wanted = self->scroll + row;

    if (key->button == 4 || key->button == 5)
        move(self, key->button == 4 ? -3 : 3);
    else if (key->button == 1 && row >= 0 && row < self->rows.rows &&
             wanted < (int)self->picks.count) {
        if (wanted == self->selected)
            choose(self);
        else
            self->selected = wanted;
    }
}

static bool type_key(struct picker *self, const struct key *key)
{
    switch (editor_key(&self->typed, key)) {
    case EDITOR_IGNORED:
        return false;
    case EDITOR_CHANGED:
    case EDITOR_FULL:
        self->selected = self->scroll = 0;
        fill(self);
        return true;
    default:
        return true;
    }
}

static bool key(struct view *view, const struct key *key)
{
    struct picker *self = (struct picker *)view;

    switch (key->code) {
    case TKEY_ENTER:
        choose(self);
        return true;
    case TKEY_DOWN:
        move(self, 1);
        return true;
    case TKEY_UP:
        move(self, -1);
        return true;
    case TKEY_PAGE_DOWN:
        move(self, self->rows.rows);
        return true;
    case TKEY_PAGE_UP:
        move(self, -self->rows.rows);
        return true;
    case TKEY_MOUSE:
        click(self, key);
        return true;
    default:
        return type_key(self, key);
    }
}

/* What was made is chosen: the list is not needed any more. */
static void made(struct view *below, void *result)
{
    AUTO_BUFFER struct buffer id = { 0 };
    struct text chosen;

    if (!result)
        return;
    key_print(&id, result);
    chosen = buffer_as_text(&id);
    view_pop(below->app, &chosen);
}

static bool can_make(struct view *view)
{
    return new_possible(view->app, ((struct picker *)view)->field);
}

static void run_new(struct view *view)
{
    struct picker *self = (struct picker *)view;

    new_open(view->app, self->field, editor_text(&self->typed), made);
}

static void run_choose(struct view *view)
{
    choose((struct picker *)view);
}

/* The chosen row stays chosen where others came or went above it. */
static void refresh(struct view *view)
{
    struct picker *self = (struct picker *)view;
    AUTO_ARENA struct arena *arena = arena_new();
    struct text chosen = { 0 };

    if (self->picks.count > 0)
        chosen = arena_text(arena, self->picks.items[self->selected].code);
    fill(self);
    if (chosen.len > 0)
        select_code(self, chosen);
}

static void close_view(struct view *view)
{
    struct picker *self = (struct picker *)view;

    editor_free(&self->typed);
    arena_free(self->arena);
}

static const struct command commands[] = {
    { .name = "choose",
      .key = KEY(ENTER),
      .label = L("Choose", "揀選"),
      .flags = COMMAND_BAR,
      .run = run_choose,
      .help = L("Take the chosen row into the field.", "將所選項目填入欄位。") },
    { .name = "new",
      .key = KEY(F7),
      .label = L("New", "新增"),
      .flags = COMMAND_BAR,
      .run = run_new,
      .possible = can_make,
      .help = L("Make the record that is not there yet; it comes into the field.",
                "新增尚未有的紀錄，完成後填入欄位。") },
    { .name = NULL },
};

const struct view_type picker_view = {
    .name = "picker",
    .label = L("Pick list", "揀選清單"),
    .help = L("What a field may hold: type a code, Chinese or English to narrow, arrows to "
              "choose, Enter to take it. What you used last stands first, marked *.",
              "欄位可填的項目：輸入編碼、中文或英文收窄範圍，以方向鍵選取，按 Enter "
              "填入。最近用過的項目排最先，以 * 標示。"),
    .commands = commands,
    .size = sizeof(struct picker),
    .draw = draw,
    .key = key,
    .refresh = refresh,
    .close = close_view,
    .typing = true,
    .overlay = true,
};

void picker_open(struct app *app, const struct field *field, struct text typed,
                 struct text standing, void (*answered)(struct view *below, void *result))
{
    struct picker *self = (struct picker *)view_push(app, &picker_view);
    struct arena *arena = self->view.arena;

    self->view.answered = answered;
    self->field = field;
    self->arena = arena_new();
    editor_init(&self->typed);
    editor_set(&self->typed, typed);
    self->used_count =
        used_read(app->store, app->session.officer, used_of(field, arena), arena, &self->used);
    fill(self);
    select_code(self, standing);
}
