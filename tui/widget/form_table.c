/* Lists of several values a row: their cells are lines of the form, and one empty row always stands at the end. */
#include "tui/widget/form_parts.h"

#include <string.h>

#include "core/schema/record.h"

bool form_is_table(const struct field *field)
{
    return field->kind == KIND_LIST && field->element->count > 1;
}

struct form_line *form_table_cell(const struct form *form, const struct form_table *table,
                                  int row, int column)
{
    return form->lines[table->first + row * table->columns + column];
}

struct form_table *form_table_of_tag(const struct form *form, uint64_t tag)
{
    for (int i = 0; i < form->table_count; i++)
        if (form->tables[i].field->tag == tag)
            return &form->tables[i];
    return NULL;
}

bool form_row_empty(const struct form *form, const struct form_table *table, int row)
{
    for (int i = 0; i < table->columns; i++)
        if (!form_line_empty(form_table_cell(form, table, row, i)))
            return false;
    return true;
}

/* ---- rows ---- */

static void add_cell(struct form *form, int table, int row, const struct field *field,
                     enum form_part part, void *values, int *at)
{
    struct form_line *line = form_line_new(form, field, part, values);

    line->table = table;
    line->row = row;
    line->page = form->tables[table].page;
    line->shown_only = (field->flags & BY_ACT) != 0;
    line->editor.lines = false; /* but in the whole of the form's place */
    line->hidden = part == PART_REASON && form_line_empty(line);
    form_line_add(form, line, (*at)++);
}

/* Before the row that stands at `row`. `values`: of the new one; they are the form's to write in. */
static void add_row(struct form *form, int table, int row, void *values)
{
    struct form_table *t = &form->tables[table];
    const struct element_type *element = t->field->element;
    int start = t->first + row * t->columns, at = start;

    for (size_t i = 0; i < element->count; i++) {
        const struct field *field = &element->fields[i];

        if (field->kind == KIND_BITEXT) {
            add_cell(form, table, row, field, PART_ZH, values, &at);
            add_cell(form, table, row, field, PART_EN, values, &at);
            continue;
        }
        add_cell(form, table, row, field, PART_WHOLE, values, &at);
        if (form_has_reason(field))
            add_cell(form, table, row, field, PART_REASON, values, &at);
    }
    t->columns = at - start;
    t->rows++;
    for (int i = at; i < t->first + t->rows * t->columns; i++)
        form->lines[i]->row++;
}

static void *new_values(struct form *form, int table)
{
    return arena_alloc(form->arena, form->tables[table].field->element->size);
}

void form_table_room(struct form *form, int table)
{
    struct form_table *t = &form->tables[table];

    if (t->rows == 0 || (t->rows < FORM_ROWS_MOST && !form_row_empty(form, t, t->rows - 1)))
        add_row(form, table, t->rows, new_values(form, table));
}

static void remove_row(struct form *form, int table, int row)
{
    struct form_table *t = &form->tables[table];
    int at = t->first + row * t->columns;

    for (int i = 0; i < t->columns; i++)
        form_line_free(form->lines[at + i]);
    memmove(form->lines + at, form->lines + at + t->columns,
            (size_t)(form->count - at - t->columns) * sizeof *form->lines);
    form->count -= t->columns;
    t->rows--;
    for (int i = at; i < t->first + t->rows * t->columns; i++)
        form->lines[i]->row--;
    for (int i = 0; i < form->table_count; i++)
        if (i != table && form->tables[i].first > t->first)
            form->tables[i].first -= t->columns;
    if (form->focus >= at + t->columns)
        form->focus -= t->columns;
    else if (form->focus >= at)
        form->focus = at;
}

/* Leaves no row at all; a row is added before the form is used again. */
void form_table_clear(struct form *form, int table)
{
    while (form->tables[table].rows > 0)
        remove_row(form, table, form->tables[table].rows - 1);
}

void form_table_fill(struct form *form, int table, const struct list *list)
{
    size_t size = form->tables[table].field->element->size;

    for (size_t i = 0; i < list->count; i++)
        add_row(form, table, form->tables[table].rows,
                arena_copy(form->arena, (const char *)list->items + i * size, size));
    form_table_room(form, table);
}

void form_table_open(struct form *form, const struct field *field, int page)
{
    int table = form->table_count++;

    form->tables[table] =
        (struct form_table){ .field = field, .page = page, .first = form->count };
    form_table_fill(form, table, field_value(field, form->input));
}

/* Empty rows are none. The rows' place in the arena is used again while it is large enough. */
void form_table_collect(struct form *form, int table)
{
    struct form_table *t = &form->tables[table];
    size_t size = t->field->element->size;
    struct list list = { 0 };

    if (t->rows > t->room) {
        t->room = 2 * t->rows;
        t->items = arena_array(form->arena, (size_t)t->room, size);
    }
    for (int i = 0; i < t->rows; i++)
        if (!form_row_empty(form, t, i))
            memcpy(t->items + list.count++ * size, form_table_cell(form, t, i, 0)->values,
                   size);
    list.items = list.count > 0 ? t->items : NULL;
    *(struct list *)field_place(t->field, form->input) = list;
}

/* ---- removing ---- */

bool form_in_row(const struct form *form)
{
    const struct form_line *line = form->focus == NO_LINE ? NULL : form->lines[form->focus];

    return line && line->table != NO_TABLE && line->row < form->tables[line->table].rows - 1;
}

void form_remove_row(struct form *form)
{
    const struct form_line *line;
    int table, row, column;

    if (!form_in_row(form))
        return;
    form_body(form, false);
    line = form->lines[form->focus];
    table = line->table;
    row = line->row;
    column = form->focus - form->tables[table].first - row * form->tables[table].columns;
    form->removed_table = table;
    form->removed_row = row;
    buffer_clear(&form->removed);
    form_row_save(form, &form->tables[table], row, &form->removed);
    remove_row(form, table, row);
    form->focus += column; /* the same column of the row that came up */
    form->tables[table].touched = true;
    form->dirty = true;
    form->entered = true;
    form_table_collect(form, table);
}

/* The row that was removed last comes back to where it stood. */
bool form_unremove(struct form *form)
{
    int table = form->removed_table, row = form->removed_row;
    struct form_table *t = &form->tables[table];

    if (form->removed.len == 0 || t->rows >= FORM_ROWS_MOST)
        return false;
    row = row < t->rows ? row : t->rows - 1;
    add_row(form, table, row, new_values(form, table));
    form_row_restore(form, t, row, buffer_bytes(&form->removed));
    buffer_clear(&form->removed);
    form_focus(form, form_table_cell(form, t, row, 0));
    return true;
}

/* ---- pasting ---- */

/* The next cell of the row that can be typed in, from `column` on; NULL: there is none. */
static struct form_line *cell_from(const struct form *form, const struct form_table *table,
                                   int row, int *column)
{
    for (; *column < table->columns; (*column)++) {
        struct form_line *line = form_table_cell(form, table, row, *column);

        if (form_line_editable(line) && line->part != PART_REASON)
            return line;
    }
    return NULL;
}

/* One row of a spreadsheet into one row of the table. False: it has more values than there are cells. */
static bool paste_row(struct form *form, const struct form_table *table, int row, int column,
                      struct text values)
{
    while (text_present(values)) {
        struct text one = text_trim(text_split(values, '\t', &values));
        struct form_line *line = cell_from(form, table, row, &column);

        if (!line)
            return one.len == 0;
        if (one.len > 0)
            form_set(form, line, one);
        column++;
    }
    return true;
}

bool form_paste_rows(struct form *form, struct form_line *line, struct text paste)
{
    const struct form_table *table;
    int row = line->row, column;
    bool whole = true;

    while (paste.len > 0 && paste.data[paste.len - 1] == '\n')
        paste.len--;
    if (line->table == NO_TABLE || paste.len == 0 ||
        (!memchr(paste.data, '\n', paste.len) && !memchr(paste.data, '\t', paste.len)))
        return false;
    table = &form->tables[line->table];
    column = form_line_place(form, line) - table->first - row * table->columns;
    for (; text_present(paste) && row < table->rows; row++)
        whole &= paste_row(form, table, row, column, text_split(paste, '\n', &paste));
    if (!whole || text_present(paste)) {
        message_set(&line->fault, N_("The table has no room for all that was pasted; the rest "
                                     "was not taken."));
        line->warning = true;
    }
    return true;
}
