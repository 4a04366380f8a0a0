#include "tui/widget/form.h"

#include "i18n/text.h"

enum {
    INDENT = 1,
    AFTER_LABEL = 4, /* a space, the required mark, two spaces */
    PART_MARK = 3,   /* 中, a space */
    FAULT_ROWS = 3,  /* of the focused line; one of the others */
    FLAG_COLUMNS = 3,
};

/* Where the parts of a line stand in a place. */
struct layout {
    int label;         /* column of the label */
    int mark;          /* of the required mark */
    int field;         /* of the field, or of the mark of its language */
    int field_columns; /* to the edge */
};

static struct layout layout_of(const struct form *form, struct rect place)
{
    struct layout layout = { .label = place.column + INDENT };

    layout.mark = layout.label + form->label_columns + 1;
    layout.field = layout.label + form->label_columns + AFTER_LABEL;
    layout.field_columns = place.column + place.columns - layout.field;
    return layout;
}

/* Heights */

static int text_rows(const struct form_line *line)
{
    return line->editor.lines ? FORM_TEXT_ROWS : 1;
}

static int fault_rows(const struct form *form, const struct form_line *line, int columns)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text rest, row;
    int rows = 0;

    if (!line->fault.id)
        return 0;
    if (line != &form->lines[form->focus < 0 ? 0 : form->focus])
        return 1;
    rest = text_safe_in(arena, sentence(arena, &line->fault, form->language), TEXT_ONE_LINE);
    while (rows < FAULT_ROWS && text_wrap(&rest, columns - 2, &row))
        rows++;
    return rows;
}

static bool begins_section(const struct form *form, int i)
{
    return form->pages > 1 && (i == 0 || form->lines[i].page != form->lines[i - 1].page);
}

static int height(const struct form *form, int i, int columns)
{
    const struct form_line *line = &form->lines[i];

    return (begins_section(form, i) ? 1 : 0) + text_rows(line) +
           fault_rows(form, line, columns);
}

/* The focus is seen whole, with what stands before it where there is room, and no room is left empty at the end. */
static void scroll(struct form *form, int rows, int columns)
{
    int used = 0, top = form->focus;

    while (top > 0 && form->lines[top - 1].shown_only) /* nothing else would bring them back */
        top--;
    if (top >= 0 && form->top > top)
        form->top = top;
    for (top = form->focus; top >= form->top; top--) {
        used += height(form, top, columns);
        if (used > rows) {
            form->top = top < form->focus ? top + 1 : top;
            break;
        }
    }
    used = 0;
    for (top = form->count - 1; top >= 0; top--) {
        used += height(form, top, columns);
        if (used > rows)
            break;
    }
    if (form->top > top + 1 && top + 1 <= form->focus)
        form->top = top + 1;
}

/* Lines */

/* What a field needs at most; what is decoded stands behind it. */
static int field_columns(const struct form_line *line, int room)
{
    int columns = room;

    switch (line->field->kind) {
    case KIND_FLAG:
        columns = FLAG_COLUMNS;
        break;
    case KIND_DATE:
    case KIND_INTEGER:
        columns = 12;
        break;
    case KIND_CODE:
    case KIND_CHOICE:
    case KIND_REFERENCE:
    case KIND_MONEY:
    case KIND_WEIGHT:
    case KIND_MOMENT:
        columns = 18;
        break;
    case KIND_QUANTITY:
        columns = 24;
        break;
    case KIND_TEXT:
        if (field_max(line->field) < 40)
            columns = (int)field_max(line->field) + 1;
        break;
    default:
        break;
    }
    return columns < room ? columns : room;
}

static void draw_flag(struct canvas *canvas, const struct form_line *line, struct rect box,
                      bool focused)
{
    bool yes = text_is(editor_text(&line->editor), "yes");

    canvas_put(canvas, box.row, box.column, box.columns, yes ? TEXT("[x]") : TEXT("[ ]"),
               focused ? ROLE_FIELD_FOCUS : ROLE_FIELD);
    if (focused)
        canvas_cursor(canvas, box.row, box.column + 1);
}

static void draw_shown(struct form *form, struct canvas *canvas, const struct form_line *line,
                       struct rect box, struct arena *arena)
{
    const void *value = field_value(line->field, form->input);
    const struct bitext *both = value;
    struct text t;

    if (line->part == PART_WHOLE)
        t = value_show(arena, line->field, value, form->lookup, form->language);
    else
        t = line->part == PART_ZH ? both->zh : both->en;
    t = text_safe_in(arena, t, TEXT_KEEP_LINES);
    for (int row = 0; row < box.rows; row++) {
        struct text shown;

        if (!text_wrap(&t, box.columns, &shown))
            break;
        canvas_put(canvas, box.row + row, box.column, box.columns, shown, ROLE_DIM);
    }
}

static void draw_field(struct form *form, struct canvas *canvas, struct form_line *line,
                       struct rect box, struct arena *arena)
{
    bool focused = line == form_focused(form);
    int room = box.columns;

    if (line->part != PART_WHOLE) {
        canvas_put(canvas, box.row, box.column, PART_MARK,
                   line->part == PART_ZH ? TEXT("中") : TEXT("英"),
                   line->shown_only ? ROLE_DIM : ROLE_LABEL);
        box.column += PART_MARK;
        box.columns -= PART_MARK;
        room = box.columns;
    }
    if (line->shown_only) {
        draw_shown(form, canvas, line, box, arena);
        return;
    }
    box.columns = field_columns(line, room);
    if (line->field->kind == KIND_FLAG)
        draw_flag(canvas, line, box, focused);
    else
        editor_draw(&line->editor, canvas, box, focused ? ROLE_FIELD_FOCUS : ROLE_FIELD,
                    focused);
    if (line->decoded.len > 0 && room > box.columns + 2)
        canvas_put_padded(canvas, box.row, box.column + box.columns + 2, room - box.columns - 2,
                          line->decoded, ROLE_DIM);
}

static void draw_label(struct form *form, struct canvas *canvas, const struct form_line *line,
                       const struct layout *layout, int row, struct arena *arena)
{
    struct text label = label_text(arena, &line->field->label, form->language);

    if (text_width(label) > form->label_columns && form->language == LANGUAGE_BOTH)
        label = label_text(arena, &line->field->label, LANGUAGE_ZH);
    canvas_put_right(canvas, row, layout->label, form->label_columns, label,
                     line->shown_only ? ROLE_DIM : ROLE_LABEL);
    if (line->field->flags & REQUIRED && !line->shown_only)
        canvas_put(canvas, row, layout->mark, 1, TEXT("*"), ROLE_REQUIRED);
}

static void draw_fault(struct form *form, struct canvas *canvas, const struct form_line *line,
                       struct rect box, struct arena *arena)
{
    enum role role = line->warning ? ROLE_WARNING : ROLE_ERROR;
    struct text rest =
        text_safe_in(arena, sentence(arena, &line->fault, form->language), TEXT_ONE_LINE);
    struct text shown;

    canvas_put(canvas, box.row, box.column, box.columns, TEXT("! "), role);
    for (int row = 0; row < box.rows; row++) {
        bool last = row == box.rows - 1; /* all that is left, cut where it is too long */

        if (last)
            shown = rest;
        else if (!text_wrap(&rest, box.columns - 2, &shown))
            break;
        canvas_put_padded(canvas, box.row + row, box.column + 2, box.columns - 2, shown, role);
    }
}

static void draw_section(struct form *form, struct canvas *canvas, struct rect place, int row,
                         const struct form_line *line, struct arena *arena)
{
    const struct section *section = &form->act->type->sections[line->page];

    canvas_rule(canvas, row, place.column, place.columns,
                label_text(arena, &section->label, form->language), ROLE_BORDER);
}

/* One line of the form from `row` on; returns the rows it took. */
static int draw_line(struct form *form, struct canvas *canvas, struct rect place, int row,
                     int i)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct layout layout = layout_of(form, place);
    struct form_line *line = &form->lines[i];
    int start = row, end = place.row + place.rows, rows = text_rows(line);
    int faults = fault_rows(form, line, layout.field_columns);

    if (begins_section(form, i))
        draw_section(form, canvas, place, row++, line, arena);
    if (row >= end)
        return row - start;
    if (line->part != PART_EN || i == form->top)
        draw_label(form, canvas, line, &layout, row, arena);
    rows = rows < end - row ? rows : end - row;
    draw_field(form, canvas, line,
               (struct rect){ row, layout.field, rows, layout.field_columns }, arena);
    row += rows;
    faults = faults < end - row ? faults : end - row;
    if (faults > 0)
        draw_fault(form, canvas, line,
                   (struct rect){ row, layout.field, faults, layout.field_columns }, arena);
    return row + faults - start;
}

void form_draw(struct form *form, struct canvas *canvas, struct rect place)
{
    int row = place.row, end = place.row + place.rows;

    if (place.rows < 1 || layout_of(form, place).field_columns <= PART_MARK)
        return;
    scroll(form, place.rows, layout_of(form, place).field_columns);
    for (int i = form->top; i < form->count && row < end; i++)
        row += draw_line(form, canvas, place, row, i);
}
