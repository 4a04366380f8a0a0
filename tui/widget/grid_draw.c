#include "tui/widget/grid.h"

#include "i18n/text.h"

enum {
    LEAD = 3, /* columns before the first one: mark, marker, a space */
    GAP = 1,
    BITEXT_LEAST = 20,
};

/* Columns */

static int kind_columns(enum kind_id kind)
{
    switch (kind) {
    case KIND_FLAG:
        return 6;
    case KIND_DATE:
    case KIND_INTEGER:
        return 10;
    case KIND_MOMENT:
    case KIND_QUANTITY:
    case KIND_WEIGHT:
    case KIND_MONEY:
        return 16;
    case KIND_TIME:
        return 24;
    case KIND_BITEXT:
        return 30;
    default:
        return 14;
    }
}

int grid_column_width(const struct field *field)
{
    return field->width > 0 ? field->width : kind_columns(field->kind);
}

static int least_columns(const struct field *field)
{
    int full = grid_column_width(field);

    return field->kind == KIND_BITEXT && full > BITEXT_LEAST ? BITEXT_LEAST : full;
}

static struct grid_column *widest_bitext(struct grid *grid)
{
    struct grid_column *widest = NULL;

    for (int i = 0; i < grid->column_count; i++)
        if (grid->columns[i].field->kind == KIND_BITEXT &&
            (!widest ||
             grid_column_width(grid->columns[i].field) > grid_column_width(widest->field)))
            widest = &grid->columns[i];
    return widest;
}

/* The next column's field and width, the usual or the chosen one; NULL: there is none behind it. */
static const struct field *column_from(const struct grid *grid, size_t *at, int *width)
{
    const struct record_type *type = grid->query.type;

    if (grid->chosen) {
        const struct grid_column *c = &grid->chosen[*at];

        if (*at >= (size_t)grid->chosen_count)
            return NULL;
        ++*at;
        *width = c->width > 0 ? c->width : grid_column_width(c->field);
        return c->field;
    }
    while (*at < type->count) {
        const struct field *field = &type->fields[(*at)++];

        if ((field->flags & LISTED) && !(field->flags & UNLISTED) &&
            field->tag != grid->without) {
            *width = least_columns(field);
            return field;
        }
    }
    return NULL;
}

void grid_layout(struct grid *grid, int columns)
{
    int left = columns - LEAD, width, passed = 0;
    struct grid_column *widest;
    const struct field *field;
    size_t at = 0;

    grid->column_count = 0;
    grid->cut = false;
    while (grid->column_count < GRID_COLUMNS &&
           (field = column_from(grid, &at, &width)) != NULL) {
        int gap = grid->column_count > 0 ? GAP : 0;

        if (grid->column_count == 1 && passed < grid->skipped) {
            passed++;
            continue;
        }
        if (gap + width > left && grid->column_count > 0) {
            grid->cut = true;
            break;
        }
        width = gap + width > left ? left - gap : width;
        grid->columns[grid->column_count++] = (struct grid_column){ field, width };
        left -= gap + width;
    }
    widest = grid->chosen && grid->cut ? NULL : widest_bitext(grid);
    if (widest && left > 0)
        widest->width += left;
}

static bool to_the_right(const struct field *field)
{
    return field->kind == KIND_MONEY || field->kind == KIND_INTEGER ||
           field->kind == KIND_QUANTITY || field->kind == KIND_WEIGHT;
}

static void put_cell(struct canvas *canvas, int row, int column, const struct grid_column *c,
                     struct text t, enum role role)
{
    if (to_the_right(c->field))
        canvas_put_right(canvas, row, column, c->width, t, role);
    else
        canvas_put_padded(canvas, row, column, c->width, t, role);
}

/* Heads */

static const struct label *head_label(const struct field *field)
{
    return field->brief.en && *field->brief.en ? &field->brief : &field->label;
}

/* The column that orders the list says which way, as a mark behind its head that no font draws wide. */
static struct text head_text(const struct grid *grid, const struct grid_column *c,
                             struct arena *arena)
{
    const struct label *label = head_label(c->field);
    bool orders = c->field == grid_order(grid);
    int room = c->width - (orders ? 2 : 0);
    struct text head = label_text(arena, label, grid->language);

    if (grid->language == LANGUAGE_BOTH && text_width(head) > room)
        head = label_text(arena, label, LANGUAGE_ZH);
    if (!orders)
        return head;
    head = text_clip(head, room, NULL);
    return arena_printf(arena, "%.*s %c", (int)head.len, head.data,
                        grid->query.direction == FORWARD ? '^' : 'v');
}

static void draw_heads(struct grid *grid, struct canvas *canvas, struct rect place,
                       bool focused)
{
    AUTO_ARENA struct arena *arena = arena_new();
    int column = place.column + LEAD;

    canvas_fill(canvas, (struct rect){ place.row, place.column, 1, place.columns },
                ROLE_HEADER);
    for (int i = 0; i < grid->column_count; i++) {
        const struct grid_column *c = &grid->columns[i];

        put_cell(canvas, place.row, column, c, head_text(grid, c, arena),
                 i == grid->head ? ROLE_SELECTED : ROLE_HEADER);
        if (i == grid->head && focused)
            canvas_cursor(canvas, place.row, column);
        column += c->width + GAP;
    }
}

/* Rows */

/* A name says more than its code where there is not room for both. */
static struct text without_code(struct text shown, struct text code)
{
    if (text_starts(shown, code) && shown.len > code.len + 1 && shown.data[code.len] == ' ')
        return (struct text){ shown.data + code.len + 1, shown.len - code.len - 1 };
    return shown;
}

static struct text cell_shown(struct grid *grid, const struct field *field,
                              const struct record *record, enum language language,
                              struct arena *arena)
{
    const void *value = field_value(field, record);
    struct text shown;

    if (field->kind == KIND_LIST)
        return value_print(arena, field, value);
    shown = value_show(arena, field, value, grid->lookup, language);
    return field->kind == KIND_CODE ? without_code(shown, *(const struct text *)value) : shown;
}

static struct text cell_text(struct grid *grid, const struct grid_column *c,
                             const struct record *record, struct arena *arena)
{
    struct text shown;

    if (!field_present(c->field, record))
        return (struct text){ 0 };
    shown = cell_shown(grid, c->field, record, grid->language, arena);
    if (grid->language == LANGUAGE_BOTH && text_width(shown) > c->width)
        shown = cell_shown(grid, c->field, record, LANGUAGE_ZH, arena);
    return shown;
}

static void draw_damaged(struct canvas *canvas, struct rect line, const struct query_row *row,
                         struct arena *arena)
{
    static const struct label damaged = L("damaged", "資料損壞");
    AUTO_BUFFER struct buffer text = { 0 };

    buffer_byte(&text, '[');
    key_print(&text, &row->key);
    buffer_byte(&text, ' ');
    buffer_text(&text, label_text(arena, &damaged, LANGUAGE_BOTH));
    buffer_byte(&text, ']');
    canvas_put(canvas, line.row, line.column + LEAD, line.columns - LEAD, buffer_as_text(&text),
               ROLE_DAMAGED);
}

/* The widest column that may not be read says so; -1: none. */
static int refused_column(const struct grid *grid, const struct record *record)
{
    int widest = -1;

    for (int k = 0; record->access == ACCESS_NUMBER && k < grid->column_count; k++)
        if (!field_readable(grid->columns[k].field, record->access) &&
            (widest < 0 || grid->columns[k].width > grid->columns[widest].width))
            widest = k;
    return widest;
}

static void draw_row(struct grid *grid, struct canvas *canvas, struct rect line, int i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct query_row *row = &grid->rows[i];
    bool marked = grid_marked(grid, &row->key);
    enum role role = i == grid->selected ? ROLE_SELECTED : marked ? ROLE_MARKED : ROLE_NORMAL;
    int column = line.column + LEAD;

    canvas_fill(canvas, line, role);
    if (marked)
        canvas_put(canvas, line.row, line.column, 1, TEXT("*"), role);
    if (i == grid->selected)
        canvas_put(canvas, line.row, line.column + 1, 1, TEXT(">"), role);
    if (row->damaged || !row->record) {
        draw_damaged(canvas, line, row, arena);
        return;
    }
    int refused = refused_column(grid, row->record);

    for (int k = 0; k < grid->column_count; k++) {
        struct text cell = cell_text(grid, &grid->columns[k], row->record, arena);

        if (k == refused)
            cell = words(arena, N_("not permitted"), grid->language);
        put_cell(canvas, line.row, column, &grid->columns[k], cell, role);
        column += grid->columns[k].width + GAP;
    }
}

/* Instead of rows: why there are none. */
static void draw_nothing(struct grid *grid, struct canvas *canvas, struct rect body)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const char *id;

    if (grid->failed != ERR_OK)
        id = N_("The list could not be read.");
    else if (grid->state == GRID_REFUSED)
        id = N_("You may not see this list. Ask a supervisor or an administrator.");
    else if (listing_sorting(&grid->listing) && filter_empty(grid->query.filter))
        id = N_("Sorting the list.");
    else if (grid->searching && !filter_empty(grid->query.filter))
        id = N_("Searching: nothing found so far.");
    else if (grid->state == GRID_LOADING)
        id = N_("Reading the list.");
    else if (!filter_empty(grid->query.filter))
        id = N_("Nothing fits the filter.");
    else
        id = N_("There is nothing in this list.");
    canvas_put(canvas, body.row, body.column + LEAD, body.columns - LEAD,
               words(arena, id, grid->language), ROLE_DIM);
}

/* The selected row is on the screen, and the screen is full where there are rows enough. */
static void scroll(struct grid *grid, int rows)
{
    if (grid->top > grid->count - rows)
        grid->top = grid->count - rows;
    if (grid->top > grid->selected)
        grid->top = grid->selected;
    if (grid->top < grid->selected - rows + 1)
        grid->top = grid->selected - rows + 1;
    if (grid->top < 0)
        grid->top = 0;
}

void grid_draw(struct grid *grid, struct canvas *canvas, struct rect place, bool focused)
{
    struct rect line = { place.row + 1, place.column, 1, place.columns };
    int rows = place.rows - 1;

    if (rows < 1 || place.columns <= LEAD)
        return;
    grid_layout(grid, place.columns);
    grid->place = place;
    if (grid->head >= grid->column_count)
        grid->head = grid->column_count - 1;
    draw_heads(grid, canvas, place, focused);
    focused = focused && grid->head < 0;
    if (grid->count == 0 || grid->state == GRID_REFUSED) {
        draw_nothing(grid, canvas, line);
        if (focused)
            canvas_cursor(canvas, line.row, line.column + 1);
        return;
    }
    scroll(grid, rows);
    for (int i = 0; i < rows && grid->top + i < grid->count; i++) {
        draw_row(grid, canvas, line, grid->top + i);
        if (focused && grid->top + i == grid->selected)
            canvas_cursor(canvas, line.row, line.column + 1);
        line.row++;
    }
}
