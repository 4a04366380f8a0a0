/* What a stocktake came to: results by class, each exhibit one Enter away, and the acts that correct the record, done upon the
 * marked rows or all of a class. */
#include "tui/view/stocktake_parts.h"

#include <stdint.h>
#include <stdlib.h>

#include "i18n/text.h"

enum {
    TAB_DIFFERS = CLASSES,
    TABS,
    HEAD_ROWS = 5,
    MARK_COLUMN = 0,
    NUMBER_COLUMN = 2,
    EXPECTED_COLUMN = 16,
    FOUND_COLUMN = 30,
    SEEN_COLUMN = 44,
    GOODS_COLUMN = 56,
};

/* ---- reading ---- */

static bool in_tab(const struct stocktake_item *item, int tab)
{
    return tab == TAB_DIFFERS ? item->differs : (int)item->class == tab;
}

static void choose_rows(struct results *self)
{
    const struct stocktake_count *count = self->count;

    self->row_count = 0;
    self->rows = memory_grow(self->rows, (count->count + 1) * sizeof *self->rows);
    for (size_t i = 0; i < count->count; i++)
        if (in_tab(&count->items[i], self->tab))
            self->rows[self->row_count++] = i;
    if (self->selected >= self->row_count)
        self->selected = self->row_count > 0 ? self->row_count - 1 : 0;
}

static void keep_marks(struct results *self)
{
    size_t before = self->mark_room;

    if (self->count->count <= before)
        return;
    self->mark_room = self->count->count;
    self->marks = memory_grow(self->marks, self->mark_room);
    for (size_t i = before; i < self->mark_room; i++)
        self->marks[i] = false;
}

/* Who counts sees the own pass alone until the count is over. */
static unsigned passes_for(const struct results *self)
{
    int pass = stocktake_pass_of(self->stocktake, self->view.app->session.officer);

    return text_is(self->stocktake->state, "open") && pass >= 0 ? 1u << pass : PASS_BOTH;
}

static enum err read(struct results *self)
{
    AUTO_TXN struct txn *txn = NULL;
    struct record *record;

    arena_reset(self->arena);
    TRY(store_begin(&txn, self->view.app->store));
    TRY(record_get(txn, &self->key, 0, self->arena, &record));
    self->stocktake = (const struct stocktake_record *)record;
    if (!self->count)
        TRY(stocktake_count_open(&self->count, txn, &self->key));
    else
        TRY(stocktake_count_follow(self->count, txn));
    self->passes = passes_for(self);
    TRY(stocktake_count_conclude(self->count, txn, self->passes));
    keep_marks(self);
    choose_rows(self);
    return ERR_OK;
}

static void refresh(struct view *view)
{
    if (read((struct results *)view) != ERR_OK)
        app_fail(view->app);
}

/* ---- drawing ---- */

static const struct label *tab_label(int tab)
{
    static const struct label differs = L("Counts differ", "兩次不同");

    return tab == TAB_DIFFERS ? &differs : &stocktake_classes[tab];
}

static size_t tab_count(const struct results *self, int tab)
{
    return tab == TAB_DIFFERS ? self->count->differing : self->count->totals[tab];
}

static enum language one_language(const struct results *self)
{
    return app_language(self->view.app) == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
}

/* Two rows of tabs: nothing that went wrong is hidden behind an edge. */
static void draw_tabs(struct results *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int row = body.row + 2, column = 1;

    for (int tab = 0; tab < TABS; tab++) {
        struct text label = label_text(arena, tab_label(tab), one_language(self));
        struct text words = arena_printf(arena, tab == self->tab ? "[%.*s %zu]" : " %.*s %zu ",
                                         (int)label.len, label.data, tab_count(self, tab));

        if (column + text_width(words) > body.columns - 1) {
            row++;
            column = 1;
        }
        column += canvas_put(canvas, row, column, body.columns - column, words,
                             tab == self->tab            ? ROLE_SELECTED
                             : tab_count(self, tab) == 0 ? ROLE_DIM
                                                         : ROLE_BAR);
    }
}

static struct text value_of(struct results *self, struct arena *arena, uint16_t tag)
{
    const struct field *field = field_find(&stocktake_type, tag);

    return value_show(arena, field, field_value(field, self->stocktake),
                      app_lookup(self->view.app), one_language(self));
}

static void draw_head(struct results *self, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer line = { 0 };
    const struct stocktake_count *count = self->count;
    size_t counted = count->listed - count->totals[CLASS_LEFT] - count->totals[CLASS_UNCOUNTED];
    size_t rate = counted > 0 ? count->errors * 1000 / counted : 0;
    bool high = !count->open && rate > STOCKTAKE_ERRORS_MOST;
    struct message message;

    buffer_text(&line, self->stocktake->number);
    buffer_string(&line, "  ");
    buffer_text(&line, value_of(self, arena, tag_stocktake_state));
    buffer_string(&line, "  ");
    buffer_text(&line, value_of(self, arena, tag_stocktake_method));
    buffer_string(&line, "  ");
    buffer_text(&line, value_of(self, arena, tag_stocktake_location));
    canvas_put(canvas, body.row, 1, body.columns - 2, buffer_as_text(&line), ROLE_HEADER);
    if (high)
        message_set(
            &message,
            N_("%zu expected, %zu errors: %zu.%zu%%, which is above 4%%. Count all high "
               "risks (F7)."),
            count->listed, count->errors, rate / 10, rate % 10);
    else
        message_set(&message, N_("%zu expected, %zu errors: %zu.%zu%%."), count->listed,
                    count->errors, rate / 10, rate % 10);
    canvas_put(canvas, body.row + 1, 1, body.columns - 2,
               sentence(arena, &message, one_language(self)), high ? ROLE_WARNING : ROLE_LABEL);
}

static struct text place_name(struct results *self, struct arena *arena, uint64_t place)
{
    AUTO_BUFFER struct buffer out = { 0 };
    const struct lookup *lookup = app_lookup(self->view.app);

    if (place == 0 || !lookup->number(lookup->context, (struct reference){ .id = place }, &out))
        return TEXT("-");
    return arena_text(arena, buffer_as_text(&out));
}

const struct stocktake_seen *results_seen(const struct results *self,
                                          const struct stocktake_item *item)
{
    for (int pass = 0; pass < PASSES; pass++)
        if (self->passes & 1u << pass && item->seen[pass].line != 0)
            return &item->seen[pass];
    return NULL;
}

/* "1 -": the first counter saw it, the second did not. */
static struct text seen_words(const struct results *self, struct arena *arena,
                              const struct stocktake_item *item)
{
    static const struct label corrected = L("corrected", "已更正");
    struct text words = label_text(arena, &corrected, one_language(self));
    const char *first = item->seen[0].line != 0 ? "1" : "-",
               *second = item->seen[1].line != 0 ? "2" : "-";

    if (item->corrected)
        return words;
    if (self->passes == PASS_FIRST)
        return text_of(first);
    return self->passes == PASS_SECOND ? text_of(second)
                                       : arena_printf(arena, "%s %s", first, second);
}

/* The number stands in a column of its own. */
static struct text without_number(struct text name, struct text number)
{
    if (!text_starts(name, number) || name.len == number.len)
        return name;
    return text_trim((struct text){ name.data + number.len, name.len - number.len });
}

static void draw_row(struct results *self, struct canvas *canvas, int row, int i, int columns)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer goods = { 0 };
    const struct stocktake_item *item = &self->count->items[self->rows[i]];
    const struct stocktake_seen *seen = results_seen(self, item);
    const struct lookup *lookup = app_lookup(self->view.app);
    enum role role = i == self->selected ? ROLE_SELECTED : ROLE_NORMAL;
    uint64_t recorded = item->expected != 0 ? item->expected : seen ? seen->recorded : 0;
    struct text number =
        item->exhibit != 0 ? place_name(self, arena, item->exhibit) : item->code;

    canvas_fill(canvas, (struct rect){ row, 0, 1, columns }, role);
    canvas_put(canvas, row, MARK_COLUMN, 1,
               self->marks[self->rows[i]] ? TEXT("*")
               : i == self->selected      ? TEXT(">")
                                          : TEXT(" "),
               role);
    if (item->exhibit != 0)
        lookup->reference(lookup->context, (struct reference){ .id = item->exhibit },
                          one_language(self), &goods);
    canvas_put_padded(canvas, row, NUMBER_COLUMN, EXPECTED_COLUMN - NUMBER_COLUMN - 1, number,
                      role);
    canvas_put_padded(canvas, row, EXPECTED_COLUMN, FOUND_COLUMN - EXPECTED_COLUMN - 1,
                      place_name(self, arena, recorded), role);
    canvas_put_padded(canvas, row, FOUND_COLUMN, SEEN_COLUMN - FOUND_COLUMN - 1,
                      place_name(self, arena, seen ? seen->found : 0), role);
    canvas_put_padded(canvas, row, SEEN_COLUMN, GOODS_COLUMN - SEEN_COLUMN - 1,
                      seen_words(self, arena, item), role);
    canvas_put_padded(canvas, row, GOODS_COLUMN, columns - GOODS_COLUMN - 1,
                      without_number(buffer_as_text(&goods), number), role);
}

static void draw_heads(struct results *self, struct canvas *canvas, int row, int columns)
{
    static const struct {
        int column, to;
        struct label label;
    } heads[] = {
        { NUMBER_COLUMN, EXPECTED_COLUMN, L("Exhibit", "證物") },
        { EXPECTED_COLUMN, FOUND_COLUMN, L("By the record", "紀錄位置") },
        { FOUND_COLUMN, SEEN_COLUMN, L("Found at", "所見位置") },
        { SEEN_COLUMN, GOODS_COLUMN, L("Seen by", "何次所見") },
        { GOODS_COLUMN, 0, L("Goods", "物品") },
    };
    AUTO_ARENA struct arena *arena = arena_new();

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        canvas_put(canvas, row, heads[i].column,
                   (heads[i].to > 0 ? heads[i].to : columns) - heads[i].column - 1,
                   label_text(arena, &heads[i].label, one_language(self)), ROLE_HEADER);
}

static void draw(struct view *view, struct canvas *canvas, struct rect body)
{
    struct results *self = (struct results *)view;
    AUTO_ARENA struct arena *arena = arena_new();

    if (!self->stocktake || !self->count)
        return;
    draw_head(self, canvas, body);
    draw_tabs(self, canvas, body);
    draw_heads(self, canvas, body.row + HEAD_ROWS - 1, body.columns);
    self->shown = body.rows - HEAD_ROWS;
    if (self->selected < self->top)
        self->top = self->selected;
    if (self->selected >= self->top + self->shown)
        self->top = self->selected - self->shown + 1;
    for (int i = self->top; i < self->row_count && i < self->top + self->shown; i++)
        draw_row(self, canvas, body.row + HEAD_ROWS + i - self->top, i, body.columns);
    if (self->row_count == 0)
        canvas_put(canvas, body.row + HEAD_ROWS, NUMBER_COLUMN, body.columns - 4,
                   app_words(view->app, arena, N_("None.")), ROLE_DIM);
    canvas_cursor(canvas, body.row + HEAD_ROWS + self->selected - self->top, 0);
}

/* ---- keys ---- */

static void show_tab(struct results *self, int tab)
{
    self->tab = (tab + TABS) % TABS;
    self->selected = self->top = 0;
    choose_rows(self);
}

static bool key(struct view *view, const struct key *key)
{
    struct results *self = (struct results *)view;

    if (!self->count)
        return false;
    switch (key->code) {
    case TKEY_LEFT:
    case TKEY_BACKTAB:
        show_tab(self, self->tab - 1);
        return true;
    case TKEY_RIGHT:
    case TKEY_TAB:
        show_tab(self, self->tab + 1);
        return true;
    default:
        return key_moves(key, self->row_count, self->shown, &self->selected);
    }
}

const struct stocktake_item *results_selected(const struct results *self)
{
    return self->count && self->selected < self->row_count
               ? &self->count->items[self->rows[self->selected]]
               : NULL;
}

void results_run_open(struct view *view)
{
    const struct stocktake_item *item = results_selected((struct results *)view);

    sheet_open(view->app, &(struct record_key){ .id = item->exhibit });
}

bool results_on_exhibit(struct view *view)
{
    const struct stocktake_item *item = results_selected((struct results *)view);

    return item && item->exhibit != 0;
}

void results_run_mark(struct view *view)
{
    struct results *self = (struct results *)view;

    self->marks[self->rows[self->selected]] ^= 1;
    self->selected += self->selected + 1 < self->row_count;
}

static void title(struct view *view, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    buffer_text(out, app_label(view->app, arena, &results_view.label));
}

static void close_view(struct view *view)
{
    struct results *self = (struct results *)view;

    stocktake_count_free(self->count);
    arena_free(self->arena);
    free(self->rows);
    free(self->marks);
}

static size_t records(struct view *view, struct record_key *out, size_t room)
{
    if (room == 0)
        return 0;
    *out = ((struct results *)view)->key;
    return 1;
}

const struct view_type results_view = {
    .name = "stocktake-results",
    .label = L("Stocktake results", "盤點結果"),
    .help = L("What lies elsewhere, is missing, unknown, found again, left since, or was not "
              "counted, by class; Left and Right go from one to the next. While the count goes "
              "on, each counter sees the own count alone.",
              "按類列出位置不符、欠缺、不明、尋回、其後移離及未盤點者；以左、右鍵切換。"
              "盤點期間，各盤點人員只看到自己一次的結果。"),
    .commands = results_commands,
    .size = sizeof(struct results),
    .draw = draw,
    .key = key,
    .title = title,
    .refresh = refresh,
    .records = records,
    .close = close_view,
};

void results_open(struct app *app, const struct record_key *key)
{
    struct results *self = (struct results *)view_push(app, &results_view);

    self->key = *key;
    self->arena = arena_new();
    if (read(self) != ERR_OK) {
        app_fail(app);
        view_pop(app, NULL);
        return;
    }
    while (self->tab < TAB_DIFFERS && tab_count(self, self->tab) == 0)
        self->tab++;
    if (tab_count(self, self->tab) == 0)
        self->tab = CLASS_FOUND;
    choose_rows(self);
}
