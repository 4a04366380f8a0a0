#include "tui/widget/form_parts.h"

#include <assert.h>
#include <stdlib.h>

#include "i18n/text.h"

enum { SOUGHT_MOST = 60 };

/* Opening */

static bool is_record(const struct act *act)
{
    return act->form == ACT_MAKES || act->form == ACT_AMENDS;
}

static int section_of(const struct act *act, size_t place)
{
    int section = 0;

    for (size_t i = 1; is_record(act) && i < act->type->section_count; i++)
        if (act->type->sections[i].first <= place)
            section = (int)i;
    return section;
}

/* What the officer may not read of the record is not typed over either. */
static bool withheld(const struct form *form, const struct field *field)
{
    return form->act->form == ACT_AMENDS &&
           !field_readable(field, ((const struct record *)form->input)->access);
}

/* Fields that cannot be typed are shown where an existing record has them. */
static bool shows(const struct form *form, const struct field *field)
{
    if (is_record(form->act) && field->tag == TAG_APPROXIMATE)
        return false; /* a list of tags says nothing to a person; the sheet says "about" at each value */
    if (act_takes(form->act, field))
        return !withheld(form, field);
    return form->act->form == ACT_AMENDS && field_present(field, form->input);
}

static struct form_line *add_line(struct form *form, const struct field *field,
                                  enum form_part part, int page)
{
    struct form_line *line = form_line_new(form, field, part, form->input);

    line->page = page;
    line->shown_only = !act_takes(form->act, field);
    form_line_add(form, line, form->count);
    return line;
}

static void add_field(struct form *form, const struct field *field, int page)
{
    if (act_takes(form->act, field) && form_is_table(field)) {
        form_table_open(form, field, page);
        return;
    }
    if (field->kind == KIND_BITEXT) {
        add_line(form, field, PART_ZH, page);
        add_line(form, field, PART_EN, page);
        return;
    }
    add_line(form, field, PART_WHOLE, page);
    if (form_has_reason(field)) {
        struct form_line *reason = add_line(form, field, PART_REASON, page);

        reason->hidden = form_line_empty(reason);
    }
}

static void measure_labels(struct form *form)
{
    AUTO_ARENA struct arena *arena = arena_new();

    form->label_columns = 0;
    for (int i = 0; i < form->count; i++) {
        const struct form_line *line = form->lines[i];
        const struct field *field =
            line->table == NO_TABLE ? line->field : form->tables[line->table].field;
        int width = text_width(label_text(arena, &field->label, form->language));

        if (width > form->label_columns)
            form->label_columns = width < FORM_LABEL ? width : FORM_LABEL;
    }
}

/* Rows that were filled beforehand (the exhibit that is handed over) are passed. */
static int first_focus(const struct form *form)
{
    int first = form_editable_from(form, 0, 1);

    for (int i = first; i != NO_LINE; i = form_editable_from(form, i + 1, 1)) {
        const struct form_line *line = form->lines[i];

        if (form->act->form == ACT_AMENDS || line->table == NO_TABLE ||
            form->tables[line->table].rows == 1)
            return i;
    }
    return first;
}

void form_open(struct form *form, const struct act *act, void *input,
               const struct lookup *lookup, enum language language, struct arena *arena)
{
    struct act_fields fields = act_fields(act);

    *form = (struct form){ .act = act,
                           .input = input,
                           .arena = arena,
                           .lookup = lookup,
                           .language = language,
                           .focus = NO_LINE,
                           .pages = 1 };
    if (is_record(act) && act->type->section_count > 1)
        form->pages = (int)act->type->section_count;
    assert(form->pages <= FORM_PAGES);
    form->tables = memory_new((fields.count + 1) * sizeof *form->tables);
    for (size_t i = 0; i < fields.count; i++)
        if (shows(form, &fields.fields[i]))
            add_field(form, &fields.fields[i], section_of(act, i));
    form->focus = first_focus(form);
    form->page = form->focus == NO_LINE ? 0 : form->lines[form->focus]->page;
    form->entered = true;
    editor_init(&form->sought);
    form->sought.limit = SOUGHT_MOST;
    measure_labels(form);
}

void form_close(struct form *form)
{
    for (int i = 0; i < form->count; i++)
        form_line_free(form->lines[i]);
    free(form->lines);
    free(form->tables);
    editor_free(&form->sought);
    buffer_free(&form->removed);
    form->lines = NULL;
    form->tables = NULL;
    form->count = form->room = form->table_count = 0;
    form->focus = NO_LINE;
}

static bool stands_as_written(const struct form *form, const struct form_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();

    return text_equal(editor_text(&line->editor), form_value_typed(form, line, arena));
}

/* A choice is written in the language of the form. */
void form_language(struct form *form, enum language language)
{
    enum language before = form->language;

    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];

        form->language = before;
        if (language != before && line->field->kind == KIND_CHOICE &&
            stands_as_written(form, line)) {
            form->language = language;
            form_line_fill(form, line);
            form_line_from_start(line);
        }
        form->language = language;
        if (line->decoded.len > 0)
            form_line_decode(form, line);
    }
    form->language = language;
    measure_labels(form);
}

struct form_line *form_focused(struct form *form)
{
    return form->focus == NO_LINE ? NULL : form->lines[form->focus];
}

/* Parsing */

/* A wrong digit is kept only with a reason; where the digit is advice, a warning is enough. */
static bool wants_reason(const struct form *form, const struct form_line *line)
{
    return line->warning && line->fault.id && line->field->kind == KIND_NUMBER &&
           form_line_reason(form, line) && !check_advisory(form_line_scheme(form, line));
}

bool form_parse(struct form *form)
{
    struct form_line *first = NULL;

    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];
        bool good;

        if (!form_line_editable(line) || !line->touched || line->part == PART_REASON)
            continue;
        good = form_line_parse(form, line);
        if (good && wants_reason(form, line)) {
            line->warning = false;
            good = false;
        }
        if (!good && !first)
            first = line;
    }
    if (first)
        form_focus(form, first);
    return !first;
}

void form_set(struct form *form, struct form_line *line, struct text t)
{
    editor_replace(&line->editor, t);
    form_line_typed(form, line);
    form_line_parse(form, line);
    form_line_from_start(line);
}

/* A whole field */

void form_take_table(struct form *form, struct form_table *table, const struct list *list)
{
    int place = (int)(table - form->tables), focus = form->focus;
    bool inside = focus >= table->first && focus < table->first + table->rows * table->columns;

    if (inside)
        form->focus = NO_LINE;
    form_table_clear(form, place);
    form_table_fill(form, place, list);
    table->touched = true;
    form->dirty = true;
    form_table_collect(form, place);
    for (int i = 0; i < table->rows * table->columns; i++)
        if (!form_line_empty(form->lines[table->first + i]))
            form->lines[table->first + i]->touched = true;
    if (inside)
        form->focus = table->first;
}

/* The line as it would be typed for the same field of another struct. */
static struct text typed_elsewhere(struct form *form, const struct form_line *line,
                                   void *values, struct arena *arena)
{
    struct form_line other = { .field = line->field, .part = line->part, .values = values };

    return form_value_typed(form, &other, arena);
}

void form_take(struct form *form, const struct field *field, const void *values)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct form_table *table =
        form_is_table(field) ? form_table_of_tag(form, field->tag) : NULL;

    if (table) {
        form_take_table(form, table, field_value(field, values));
        return;
    }
    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];

        if (line->field == field && !line->shown_only && line->table == NO_TABLE)
            form_set(form, line, typed_elsewhere(form, line, (void *)(uintptr_t)values, arena));
    }
}

/* Carrying over */

/* The cell above; in the first row, the first row of `last`. */
static struct text cell_before(struct form *form, const struct form_line *line,
                               const void *last, struct arena *arena)
{
    const struct form_table *table = &form->tables[line->table];
    const struct list *list;
    int above = form_line_place(form, line) - table->columns;

    if (line->row > 0)
        return form_line_trimmed(form->lines[above]);
    if (!last)
        return (struct text){ 0 };
    list = field_value(table->field, last);
    return list->count == 0
               ? (struct text){ 0 }
               : typed_elsewhere(form, line, (void *)(uintptr_t)list->items, arena);
}

bool form_carry(struct form *form, struct form_line *line, const void *last)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text t = { 0 };

    if (!form_line_editable(line))
        return false;
    if (line->table != NO_TABLE)
        t = cell_before(form, line, last, arena);
    else if (last)
        t = typed_elsewhere(form, line, (void *)(uintptr_t)last, arena);
    if (t.len == 0)
        return false;
    form_set(form, line, arena_text(arena, t));
    return true;
}

int form_carry_section(struct form *form, const void *last)
{
    int filled = 0;

    for (int i = 0; last && i < form->count; i++) {
        struct form_line *line = form->lines[i];

        if (line->page == form->page && line->table == NO_TABLE && form_line_editable(line) &&
            form_line_empty(line))
            filled += form_carry(form, line, last);
    }
    for (int i = 0; last && i < form->table_count; i++) {
        struct form_table *table = &form->tables[i];
        const struct list *list = field_value(table->field, last);

        if (table->page != form->page || table->rows > 1 || list->count == 0)
            continue;
        form_take_table(form, table, list);
        filled++;
    }
    return filled;
}
