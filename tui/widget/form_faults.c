/* What is wrong with a form, and what of it is kept for later. */
#include "tui/widget/form_parts.h"

#include <stdlib.h>

#include "core/base/cbor.h"

/* Faults */

static struct form_line *line_of(const struct form *form, uint64_t tag)
{
    struct form_line *first = NULL;

    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];
        uint64_t own =
            line->table == NO_TABLE ? line->field->tag : form->tables[line->table].field->tag;

        if (!form_line_editable(line))
            continue;
        if (own == tag)
            return line;
        if (!first)
            first = line;
    }
    return first;
}

/* Rows that are told of are those that hold something, counted from 1. */
static struct form_line *cell_of(const struct form *form, const struct form_table *table,
                                 size_t row, uint16_t tag)
{
    size_t count = 0;
    int at = 0;

    for (; at < table->rows; at++)
        if (!form_row_empty(form, table, at) && ++count == row)
            break;
    if (at == table->rows)
        return NULL;
    for (int i = 0; i < table->columns; i++) {
        struct form_line *line = form_table_cell(form, table, at, i);

        if (line->field->tag == tag && form_line_editable(line))
            return line;
    }
    return NULL;
}

/* The field that a finding is about; 0 where it is one of another table than the form's. */
static uint16_t tag_here(const struct form *form, const struct finding *finding)
{
    bool record = form->act->form == ACT_MAKES || form->act->form == ACT_AMENDS;

    return !finding->type || (record && finding->type == form->act->type) ? finding->tag : 0;
}

static struct form_line *line_of_finding(const struct form *form, const struct finding *finding)
{
    uint16_t tag = tag_here(form, finding);
    const struct form_table *table =
        tag != 0 && finding->row > 0 ? form_table_of_tag(form, tag) : NULL;
    struct form_line *cell =
        table ? cell_of(form, table, finding->row, finding->row_tag) : NULL;

    return cell ? cell : line_of(form, tag);
}

static void focus_on(struct form *form, int i)
{
    form_body(form, false);
    form->focus = i;
    form->page = form->lines[i]->page;
    form->entered = true;
}

void form_findings(struct form *form, const struct findings *findings)
{
    int first = NO_LINE;

    for (int i = 0; i < form->count; i++)
        form->lines[i]->fault.id = NULL;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = findings->items[i];
        struct form_line *line = line_of_finding(form, finding);
        bool warning = finding->severity == SEVERITY_WARNING;
        int place = line ? form_line_place(form, line) : NO_LINE;

        /* The worst that was found first is the one to read. */
        if (!line || (line->fault.id && (warning || !line->warning)))
            continue;
        message_copy(&line->fault, &finding->message);
        line->warning = warning;
        if (!warning && (first == NO_LINE || place < first))
            first = place;
    }
    if (first != NO_LINE)
        focus_on(form, first);
}

bool form_next_fault(struct form *form)
{
    for (int step = 1; step <= form->count; step++) {
        int i = (form->focus + step) % form->count;

        if (form->lines[i]->fault.id && form_line_editable(form->lines[i])) {
            focus_on(form, i);
            return true;
        }
    }
    return false;
}

int form_faults(const struct form *form)
{
    int count = 0;

    for (int i = 0; i < form->count; i++)
        count += form->lines[i]->fault.id != NULL;
    return count;
}

/* Drafts. A table's rows stand under the tag of its list with the part that no list has. */

enum { PARTS = 4, PART_ROWS = 1 };

/* A line, or a whole table. */
struct saved {
    uint64_t key;
    const struct form_line *line;
    const struct form_table *table;
};

static int saved_order(const void *a, const void *b)
{
    uint64_t x = ((const struct saved *)a)->key, y = ((const struct saved *)b)->key;

    return (x > y) - (x < y);
}

static uint64_t key_of_line(const struct form_line *line)
{
    return PARTS * (uint64_t)line->field->tag + (uint64_t)line->part;
}

static void put_saved(struct buffer *out, const struct form *form, struct saved *saved,
                      size_t count);

static void put_row(struct buffer *out, const struct form *form, const struct form_table *table,
                    int row, struct arena *arena)
{
    struct saved *cells = arena_array(arena, (size_t)table->columns, sizeof *cells);
    size_t count = 0;

    for (int i = 0; i < table->columns; i++) {
        const struct form_line *line = form_table_cell(form, table, row, i);

        if (!form_line_empty(line))
            cells[count++] = (struct saved){ .key = key_of_line(line), .line = line };
    }
    put_saved(out, form, cells, count);
}

void form_row_save(const struct form *form, const struct form_table *table, int row,
                   struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();

    put_row(out, form, table, row, arena);
}

static void put_rows(struct buffer *out, const struct form *form,
                     const struct form_table *table)
{
    AUTO_ARENA struct arena *arena = arena_new();
    size_t count = 0;

    for (int i = 0; i < table->rows; i++)
        count += !form_row_empty(form, table, i);
    cbor_put_array(out, count);
    for (int i = 0; i < table->rows; i++)
        if (!form_row_empty(form, table, i))
            put_row(out, form, table, i, arena);
}

static void put_saved(struct buffer *out, const struct form *form, struct saved *saved,
                      size_t count)
{
    qsort(saved, count, sizeof *saved, saved_order);
    cbor_put_map(out, count);
    for (size_t i = 0; i < count; i++) {
        cbor_put_uint(out, saved[i].key);
        if (saved[i].table)
            put_rows(out, form, saved[i].table);
        else
            cbor_put_text(out, editor_text(&saved[i].line->editor));
    }
}

void form_save(const struct form *form, struct buffer *out)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct saved *saved =
        arena_array(arena, (size_t)(form->count + form->table_count) + 1, sizeof *saved);
    size_t count = 0;

    for (int i = 0; i < form->count; i++)
        if (form->lines[i]->touched && form->lines[i]->table == NO_TABLE)
            saved[count++] =
                (struct saved){ .key = key_of_line(form->lines[i]), .line = form->lines[i] };
    for (int i = 0; i < form->table_count; i++)
        if (form->tables[i].touched)
            saved[count++] =
                (struct saved){ .key = PARTS * (uint64_t)form->tables[i].field->tag + PART_ROWS,
                                .table = &form->tables[i] };
    put_saved(out, form, saved, count);
}

/* ---- and back ---- */

/* Where the texts of a map go. */
struct restoring {
    struct form *form;
    bool take;
    bool in_row;
    struct form_table *table; /* of a row's map that goes somewhere */
    int row;
};

/* A list that was typed in one line, "a | b; c | d"; what cannot be read goes into the first cell. */
static void list_restore(struct form *form, struct form_table *table, struct text t)
{
    struct list list = { 0 };
    struct message why;

    if (field_kind(table->field)
            ->parse(&list, table->field, t, form->lookup, form->arena, &why)) {
        form_take_table(form, table, &list);
        return;
    }
    form_take_table(form, table, &(struct list){ 0 });
    form_set(form, form_table_cell(form, table, 0, 0), t);
}

static void text_restore(const struct restoring *r, uint64_t key, struct text t)
{
    struct form *form = r->form;
    int from = r->table ? r->table->first + r->row * r->table->columns : 0;
    int count = r->table ? r->table->columns : form->count;
    struct form_table *table =
        r->table || key % PARTS != 0 ? NULL : form_table_of_tag(form, key / PARTS);

    if (table)
        list_restore(form, table, t);
    if (table || (r->table && r->row >= r->table->rows))
        return;
    for (int i = 0; i < count; i++) {
        struct form_line *line = form->lines[from + i];

        if (key_of_line(line) != key || line->shown_only ||
            (line->table == NO_TABLE) != (r->table == NULL))
            continue;
        form_set(form, line, t);
        return;
    }
}

static bool map_read(struct cbor_reader *in, const struct restoring *r);

static bool rows_read(struct cbor_reader *in, const struct restoring *r, uint64_t key)
{
    struct form_table *table =
        r->take && key % PARTS == PART_ROWS ? form_table_of_tag(r->form, key / PARTS) : NULL;
    struct restoring inner = { r->form, table != NULL, true, table, 0 };
    size_t count;

    if (!cbor_array(in, &count))
        return false;
    if (table) {
        form_take_table(r->form, table, &(struct list){ 0 });
        table->touched = true;
    }
    for (size_t i = 0; i < count; i++) {
        inner.row = (int)i;
        if (!map_read(in, &inner))
            return false;
    }
    return true;
}

/* Goes through a map; fills the lines only where it shall. */
static bool map_read(struct cbor_reader *in, const struct restoring *r)
{
    uint64_t key = 0, before = 0;
    struct text t;
    size_t count;

    if (!cbor_map(in, &count))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!cbor_uint(in, &key) || (i > 0 && key <= before))
            return false;
        before = key;
        if (!r->in_row && cbor_peek(in) == CBOR_ARRAY) {
            if (!rows_read(in, r, key))
                return false;
            continue;
        }
        if (!cbor_text(in, &t))
            return false;
        if (r->take)
            text_restore(r, key, t);
    }
    return true;
}

void form_row_restore(struct form *form, struct form_table *table, int row, struct bytes raw)
{
    struct restoring r = {
        .form = form, .take = true, .in_row = true, .table = table, .row = row
    };
    struct cbor_reader in = cbor_reader(raw);

    map_read(&in, &r);
}

static bool restore(struct form *form, struct bytes raw, bool take)
{
    struct restoring r = { .form = form, .take = take };
    struct cbor_reader in = cbor_reader(raw);

    return map_read(&in, &r) && cbor_done(&in);
}

bool form_restore(struct form *form, struct bytes raw)
{
    return restore(form, raw, false) && restore(form, raw, true);
}
