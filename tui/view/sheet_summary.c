/* The summary: every field that says something, by sections, short ones in two columns where there is room. */
#include "tui/view/sheet.h"

#include "i18n/text.h"

enum { GAP = 2 };

/* How a page is divided: labels to the right of `labels` columns; `half`: where the second column begins (0: there is
 * one). */
struct division {
    int columns, labels, half;
};

struct item {
    const struct field *field;
    struct text label, value;
    bool brief; /* fits into one column of two */
    bool placed;
};

struct summary {
    struct sheet *self;
    struct canvas *canvas;
    struct rect place;
    struct arena *arena;
    struct division division;
    struct item items[FIELDS_SHOWN];
    int count;
    int row; /* of the text, from 0 */
};

/* Two languages side by side need a column of their own until there is more room. */
static struct division divide(const struct sheet *self, int columns)
{
    enum language language = app_language(self->view.app);

    if (columns >= 100)
        return (struct division){ columns, language == LANGUAGE_ZH ? 16 : 27, columns / 2 };
    if (language == LANGUAGE_BOTH)
        return (struct division){ columns, 24, 0 };
    return (struct division){ columns, language == LANGUAGE_EN ? 20 : 14, columns / 2 };
}

static bool is_brief(const struct division *d, const struct item *item)
{
    if (d->half == 0 || text_width(item->label) > d->labels)
        return false;
    for (size_t i = 0; i < item->value.len; i++)
        if (item->value.data[i] == '\n')
            return false;
    return text_width(item->value) <= d->half - d->labels - GAP - 1;
}

static void take_items(struct summary *page, size_t from, size_t to)
{
    const struct record *record = page->self->record;

    page->count = 0;
    for (size_t i = from; i < to && page->count < FIELDS_SHOWN; i++) {
        const struct field *field = &record->type->fields[i];
        struct item *item = &page->items[page->count];

        if (!field_present(field, record) || field->tag == TAG_APPROXIMATE)
            continue;
        *item = (struct item){ .field = field,
                               .label = sheet_label(page->self->view.app, page->arena, field,
                                                    page->division.labels),
                               .value = sheet_value(page->self->view.app, page->arena, record,
                                                    field) };
        item->brief = is_brief(&page->division, item);
        page->count++;
    }
}

static bool visible(const struct summary *page, int row)
{
    return row >= page->self->scroll && row < page->self->scroll + page->place.rows;
}

static int screen_row(const struct summary *page, int row)
{
    return page->place.row + row - page->self->scroll;
}

/* A label too long for its column pushes the value on, so that it is never cut. */
static void put_label(struct summary *page, int column, const struct item *item)
{
    int width = text_width(item->label), labels = page->division.labels;

    if (!visible(page, page->row))
        return;
    canvas_put(page->canvas, screen_row(page, page->row),
               width <= labels ? column + labels - width : column + 1,
               page->place.columns - column - 1, item->label, ROLE_LABEL);
}

/* Draws the value from `column` on; returns its rows. */
static int put_value(struct summary *page, int column, int columns, const struct item *item)
{
    struct sheet *self = page->self;
    bool focused = self->focus == item->field->tag;
    struct text rest = item->value, line;
    int rows = 0;

    while (text_wrap(&rest, columns, &line)) {
        int row = page->row + rows++;

        if (!visible(page, row))
            continue;
        canvas_put(page->canvas, screen_row(page, row), column, columns, line,
                   focused ? ROLE_SELECTED : ROLE_VALUE);
        if (focused && (rows == 1 || row == self->scroll))
            canvas_cursor(page->canvas, screen_row(page, row), column);
    }
    return rows > 0 ? rows : 1;
}

static int put_item(struct summary *page, int column, int columns, struct item *item)
{
    struct sheet *self = page->self;
    int width = text_width(item->label), labels = page->division.labels;
    int start = (width <= labels ? labels : width + 1) + GAP, rows;

    put_label(page, column, item);
    rows = put_value(page, column + start, columns - start - 1, item);
    item->placed = true;
    if (self->place_count < FIELDS_SHOWN)
        self->places[self->place_count++] =
            (struct place_of_field){ item->field, page->row, rows };
    return rows;
}

static struct item *next_brief(struct summary *page, int after)
{
    for (int i = after + 1; i < page->count; i++)
        if (page->items[i].brief && !page->items[i].placed)
            return &page->items[i];
    return NULL;
}

/* Short fields stand two in a row: the next short one of the section comes up beside. */
static void put_items(struct summary *page)
{
    for (int i = 0; i < page->count; i++) {
        struct item *item = &page->items[i], *beside;
        int half = page->division.half;

        if (item->placed)
            continue;
        if (!item->brief) {
            page->row += put_item(page, 0, page->place.columns, item);
            continue;
        }
        put_item(page, 0, half, item);
        beside = next_brief(page, i);
        if (beside)
            put_item(page, half, page->place.columns - half, beside);
        page->row++;
    }
}

/* A caption with a short line: a whole one costs as many bytes as five fields. */
static void put_caption(struct summary *page, const struct section *section)
{
    struct text words = app_label(page->self->view.app, page->arena, &section->label);
    int columns = text_width(words) + 6;

    if (visible(page, page->row))
        canvas_rule(page->canvas, screen_row(page, page->row), 0,
                    columns < page->place.columns ? columns : page->place.columns, words,
                    ROLE_BORDER);
    page->row++;
}

static void put_section(struct summary *page, size_t i)
{
    const struct record_type *type = page->self->record->type;
    size_t to = i + 1 < type->section_count ? type->sections[i + 1].first : type->count;

    take_items(page, type->sections[i].first, to);
    if (page->count == 0)
        return;
    put_caption(page, &type->sections[i]);
    put_items(page);
}

static struct place_of_field *focused_place(struct sheet *self)
{
    for (int i = 0; i < self->place_count; i++)
        if (self->places[i].field->tag == self->focus)
            return &self->places[i];
    return NULL;
}

/* The first field that leads somewhere, so that the keys say so; else the first. */
static uint16_t first_focus(const struct record *record)
{
    uint16_t first = 0;

    for (size_t i = 0; i < record->type->count; i++) {
        const struct field *field = &record->type->fields[i];

        if (!field_present(field, record))
            continue;
        if (field_names(field, field_value(field, record)))
            return field->tag;
        first = first != 0 ? first : field->tag;
    }
    return first;
}

static void summary_draw(struct sheet *self, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct summary *page = arena_alloc(arena, sizeof *page);
    const struct record_type *type = self->record->type;

    *page = (struct summary){ .self = self,
                              .canvas = canvas,
                              .place = place,
                              .arena = arena,
                              .division = divide(self, place.columns) };
    if (!focused_place(self))
        self->focus = 0;
    if (self->focus == 0)
        self->focus = first_focus(self->record);
    self->place_count = 0;
    for (size_t i = 0; i < type->section_count; i++)
        put_section(page, i);
    self->rows = place.rows;
    self->text_rows = page->row;
}

const struct field *summary_field(const struct sheet *self)
{
    return field_find(self->record->type, self->focus);
}

/* ---- moving ---- */

static void scroll_to(struct sheet *self, int row)
{
    int last = self->text_rows - self->rows;

    self->scroll = row > last ? last : row;
    self->scroll = self->scroll < 0 ? 0 : self->scroll;
}

static void show_place(struct sheet *self, const struct place_of_field *place)
{
    if (place->row + place->rows > self->scroll + self->rows)
        scroll_to(self, place->row + (place->rows > self->rows ? self->rows : place->rows) -
                            self->rows);
    if (place->row < self->scroll) /* with its section's caption */
        scroll_to(self, place->row - 1);
    self->focus = place->field->tag;
}

/* A value longer than the screen is read line by line before the next field comes. */
static void step(struct sheet *self, int by)
{
    struct place_of_field *place = focused_place(self);
    int i = place ? (int)(place - self->places) : 0;

    if (place && by > 0 && place->row + place->rows > self->scroll + self->rows) {
        scroll_to(self, self->scroll + 1);
        return;
    }
    if (place && by < 0 && place->row < self->scroll) {
        scroll_to(self, self->scroll - 1);
        return;
    }
    if (i + by >= 0 && i + by < self->place_count)
        show_place(self, &self->places[i + by]);
    else
        scroll_to(self, by < 0 ? 0 : self->text_rows);
}

static void page_by(struct sheet *self, int rows)
{
    struct place_of_field *place = focused_place(self);
    int row = (place ? place->row : 0) + rows, i = rows > 0 ? self->place_count - 1 : 0;

    if (self->place_count == 0)
        return;
    scroll_to(self, self->scroll + rows);
    for (int k = 0; k < self->place_count; k++)
        if (self->places[k].row <= row && self->places[k].row + self->places[k].rows > row)
            i = k;
    self->focus = self->places[i].field->tag;
    if (self->places[i].row >= self->scroll + self->rows || self->places[i].row < self->scroll)
        show_place(self, &self->places[i]);
}

static bool summary_key(struct sheet *self, const struct key *key)
{
    switch (key->code) {
    case TKEY_DOWN:
        step(self, 1);
        return true;
    case TKEY_UP:
        step(self, -1);
        return true;
    case TKEY_PAGE_DOWN:
        page_by(self, self->rows - 1);
        return true;
    case TKEY_PAGE_UP:
        page_by(self, 1 - self->rows);
        return true;
    case TKEY_HOME:
        page_by(self, -self->text_rows);
        return true;
    case TKEY_END:
        page_by(self, self->text_rows);
        return true;
    default:
        return false;
    }
}

static bool summary_can_open(struct sheet *self)
{
    const struct field *field = summary_field(self);

    return field && field_names(field, field_value(field, self->record));
}

static bool summary_open(struct sheet *self)
{
    return sheet_follow(self, summary_field(self), self->record);
}

const struct tab_type summary_tab = {
    .label = L("Summary", "摘要"),
    .draw = summary_draw,
    .key = summary_key,
    .can_open = summary_can_open,
    .open = summary_open,
};
