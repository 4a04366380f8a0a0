/* The small tables of a form: heads, a row for each element, and below a row what is to be said about it. */
#include "tui/widget/form_parts.h"

#include "i18n/text.h"

enum {
    GAP = 2,
    LEAST = 6, /* columns of a cell */
    MOST = 40,
    CELLS = 24,
    START = 3, /* column of a table that takes the whole width */
};

/* Where the cells of a row stand; those of reasons have no column. */
struct cells {
    int count;
    int column[CELLS];
    int columns[CELLS];
};

static int wanted(const struct field *field, enum language language)
{
    int widest;
    size_t most;

    switch (field->kind) {
    case KIND_FLAG:
        return 6;
    case KIND_INTEGER:
        return 8;
    case KIND_DATE:
        return 10;
    case KIND_CHOICE:
        widest = form_choice_columns(field, language) + 1;
        return widest < LEAST ? LEAST : widest < 20 ? widest : 20;
    case KIND_MONEY:
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        return 14;
    case KIND_REFERENCE:
        return 20;
    case KIND_CODE:
    case KIND_MOMENT:
    case KIND_NUMBER:
        return 16;
    case KIND_BITEXT:
        return language == LANGUAGE_EN ? 20 : 16;
    default:
        most = field_max(field);
        return most < LEAST ? LEAST : most < 20 ? (int)most : 20;
    }
}

static struct text head_of(const struct form *form, const struct form_line *line, int columns,
                           struct arena *arena)
{
    struct text label = form_line_label(form, line, true, form->language, arena);

    if (form->language == LANGUAGE_BOTH && text_width(label) > columns)
        label = form_line_label(form, line, true, LANGUAGE_ZH, arena);
    return label;
}

static bool has_column(const struct form_line *line)
{
    return line->part != PART_REASON;
}

/* Every cell the least first; then each what it wants, then what is left to those that hold text. */
static int share(struct cells *cells, const int *want, int from, int room)
{
    bool given = true;

    while (given && room > 0) {
        given = false;
        for (int i = 0; i < cells->count && room > 0; i++) {
            if (cells->columns[i] == 0 || cells->columns[i] >= want[i])
                continue;
            cells->columns[i]++;
            room--;
            given = true;
        }
    }
    for (int i = 0; i < cells->count; i++) {
        cells->column[i] = from;
        from += cells->columns[i] > 0 ? cells->columns[i] + GAP : 0;
    }
    return room;
}

/* What a cell wants, with its head. */
static int wanted_with_head(const struct drawing *d, const struct form_line *line)
{
    enum language language = d->form->language == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
    int head = text_width(form_line_label(d->form, line, true, language, d->arena));
    int cell = wanted(line->field, d->form->language);

    return cell > head ? cell : head;
}

static void measure(const struct drawing *d, const struct form_table *table, int from, int room,
                    struct cells *cells)
{
    int want[CELLS] = { 0 }, left = room;

    cells->count = table->columns < CELLS ? table->columns : CELLS;
    for (int i = 0; i < cells->count; i++) {
        const struct form_line *line = form_table_cell(d->form, table, 0, i);

        cells->columns[i] = 0;
        if (!has_column(line))
            continue;
        want[i] = wanted_with_head(d, line);
        cells->columns[i] = LEAST;
        left -= LEAST + GAP;
    }
    left = share(cells, want, from, left + GAP);
    for (int i = 0; i < cells->count; i++) {
        const struct field *field = form_table_cell(d->form, table, 0, i)->field;
        int widest = form_choice_columns(field, d->form->language) + 1;

        if (field->kind == KIND_TEXT || field->kind == KIND_BITEXT ||
            field->kind == KIND_CODE || field->kind == KIND_REFERENCE)
            want[i] = MOST;
        else if (field->kind == KIND_CHOICE && widest > want[i])
            want[i] = widest;
    }
    share(cells, want, from, left);
}

/* The least that the cells want side by side. */
static int least(const struct drawing *d, const struct form_table *table)
{
    int sum = -GAP;

    for (int i = 0; i < table->columns; i++) {
        const struct form_line *line = form_table_cell(d->form, table, 0, i);

        if (has_column(line))
            sum += wanted_with_head(d, line) + GAP;
    }
    return sum;
}

/* In two rows where one of them is too long for its column. */
static void draw_heads(struct drawing *d, const struct form_table *table,
                       const struct cells *cells)
{
    int rows = 1;

    for (int i = 0; i < cells->count; i++) {
        const struct form_line *line = form_table_cell(d->form, table, 0, i);
        struct text rest, first = { 0 };

        if (cells->columns[i] == 0)
            continue;
        rest = head_of(d->form, line, cells->columns[i], d->arena);
        if (text_width(rest) > cells->columns[i]) {
            rows = 2;
            text_wrap(&rest, cells->columns[i], &first);
        }
        if (!d->canvas)
            continue;
        canvas_put_padded(d->canvas, d->row, cells->column[i], cells->columns[i],
                          text_present(first) ? first : rest, ROLE_HEADER);
        if (text_present(first))
            canvas_put_padded(d->canvas, d->row + 1, cells->column[i], cells->columns[i], rest,
                              ROLE_HEADER);
    }
    d->row += rows;
}

/* What a cell shows when nobody types in it: what it means, or what was typed where that is not understood. The Chinese alone
 * where both languages do not fit. */
static struct text cell_text(const struct drawing *d, const struct form_line *line, int columns)
{
    const struct field *field = line->field;
    bool worded = field->kind == KIND_CODE || field->kind == KIND_CHOICE ||
                  field->kind == KIND_REFERENCE || field->kind == KIND_FLAG;
    struct text shown;

    if (line->fault.id || !worded || form_line_empty(line) ||
        !field_present(field, line->values))
        return editor_text(&line->editor);
    shown = value_show(d->arena, field, field_value(field, line->values), d->form->lookup,
                       d->form->language);
    if (d->form->language != LANGUAGE_BOTH || text_width(shown) <= columns)
        return shown;
    return value_show(d->arena, field, field_value(field, line->values), d->form->lookup,
                      LANGUAGE_ZH);
}

static void draw_cell(struct drawing *d, struct form_line *line, int column, int columns)
{
    line->top = d->row;
    line->box = (struct rect){ d->row, column, 1, columns };
    if (!d->canvas)
        return;
    if (line == form_focused(d->form))
        editor_draw(&line->editor, d->canvas, line->box, ROLE_FIELD_FOCUS, true);
    else
        canvas_put_padded(d->canvas, d->row, column, columns, cell_text(d, line, columns),
                          line->shown_only  ? ROLE_DIM
                          : !line->fault.id ? ROLE_FIELD
                          : line->warning   ? ROLE_WARNING
                                            : ROLE_ERROR);
}

/* The reason that keeps a number, under its row. */
static void draw_reason(struct drawing *d, struct form_line *line, int column, int columns)
{
    struct text label = form_line_label(d->form, line, false, d->form->language, d->arena);
    int width = text_width(label) + GAP;

    if (d->canvas)
        canvas_put(d->canvas, d->row, column, columns, label, ROLE_LABEL);
    draw_cell(d, line, column + width, columns - width);
    d->row++;
}

/* The focused cell's words and fault; else the first fault of the row. */
static void draw_remarks(struct drawing *d, const struct form_table *table, int row, int from,
                         int columns)
{
    struct form_line *focused = form_focused(d->form), *fault = NULL;
    bool here = focused && focused->table != NO_TABLE &&
                &d->form->tables[focused->table] == table && focused->row == row;

    for (int i = 0; i < table->columns; i++) {
        struct form_line *line = form_table_cell(d->form, table, row, i);

        if (line->fault.id && (!fault || line == focused))
            fault = line;
    }
    if (fault)
        form_draw_below(d, fault, from, columns);
    for (int i = 0; i < table->columns; i++) {
        struct form_line *line = form_table_cell(d->form, table, row, i);

        if (line->part == PART_REASON && !line->hidden)
            draw_reason(d, line, from, columns);
    }
    if (!here || fault == focused || focused->decoded.len == 0)
        return;
    if (d->canvas)
        canvas_put_padded(d->canvas, d->row, from, columns, focused->decoded, ROLE_DIM);
    d->row++;
}

void form_draw_table(struct drawing *d, int number)
{
    const struct form_table *table = &d->form->tables[number];
    bool beside = least(d, table) <= d->field_columns;
    int from = beside ? d->field : START;
    int room = (beside ? d->field + d->field_columns : d->columns) - from - 1;
    struct cells cells = { 0 };
    struct text label = label_text(d->arena, &table->field->label, d->form->language);

    if (text_width(label) > d->form->label_columns && d->form->language == LANGUAGE_BOTH)
        label = label_text(d->arena, &table->field->label, LANGUAGE_ZH);
    measure(d, table, from, room, &cells);
    form_draw_label(d, NULL, label, table->field->flags & REQUIRED);
    d->row += !beside;
    draw_heads(d, table, &cells);
    for (int row = 0; row < table->rows; row++) {
        for (int i = 0; i < cells.count; i++)
            if (cells.columns[i] > 0)
                draw_cell(d, form_table_cell(d->form, table, row, i), cells.column[i],
                          cells.columns[i]);
        d->row++;
        draw_remarks(d, table, row, from, room);
    }
}
