#include "tui/widget/form_parts.h"

#include <string.h>

#include "i18n/text.h"

enum {
    INDENT = 1,
    AFTER_LABEL = 4, /* a space, the required mark, two spaces */
    FAULT_ROWS = 3,  /* of the focused line; one of the others */
    DECODED_ROWS = 2,
    FLAG_COLUMNS = 3,
    LEAST_COLUMNS = 4,
    FOOT_FROM = 10, /* rows of a place that has a foot */
};

/* Marks and words of a line */

static bool is_focused(const struct drawing *d, const struct form_line *line)
{
    return line == form_focused(d->form);
}

/* The columns of a part's mark and the space behind it. */
static int mark_columns(const struct form *form, const struct form_line *line)
{
    int width = text_width(form_part_mark(form, line));

    return width > 0 ? width + 1 : 0;
}

/* "! 錯誤：" or "? 警告：": not by colour alone. */
static struct text fault_text(struct drawing *d, const struct form_line *line,
                              enum language spoken)
{
    static const struct label error = L("Error: ", "錯誤：");
    static const struct label warning = L("Warning: ", "警告：");
    enum language language = spoken == LANGUAGE_EN ? LANGUAGE_EN : LANGUAGE_ZH;
    struct text word = label_text(d->arena, line->warning ? &warning : &error, language);
    struct text said = sentence(d->arena, &line->fault, spoken);

    said = arena_printf(d->arena, "%s %.*s%.*s", line->warning ? "?" : "!", (int)word.len,
                        word.data, (int)said.len, said.data);
    return text_safe_in(d->arena, said, TEXT_ONE_LINE);
}

/* Rows of wrapped text from here on; the last one holds all that is left, cut where it is too long. */
static void draw_wrapped(struct drawing *d, struct text rest, int column, int columns, int most,
                         enum role role)
{
    struct text whole = rest, shown;
    int hang = 0;

    for (int i = 0; i < most; i++) {
        bool last = i == most - 1;

        whole = rest;
        if (!text_wrap(&rest, columns - hang, &shown))
            return;
        if (d->canvas)
            canvas_put_padded(d->canvas, d->row, column + hang, columns - hang,
                              last ? whole : shown, role);
        d->row++;
        hang = 2;
    }
}

void form_draw_fault(struct drawing *d, const struct form_line *line, int column, int columns,
                     int rows)
{
    struct text said = fault_text(d, line, d->form->language);

    /* Rather whole in one language than half in two; words at the ends of rows cost some room. */
    if (d->form->language == LANGUAGE_BOTH && text_width(said) > rows * (columns - 6))
        said = fault_text(d, line, LANGUAGE_ZH);
    draw_wrapped(d, said, column, columns, rows, line->warning ? ROLE_WARNING : ROLE_ERROR);
}

/* Of the focus, of its row, or of the number whose reason it is. */
static bool is_read(const struct drawing *d, const struct form_line *line)
{
    const struct form_line *focused = form_focused(d->form);

    if (!focused)
        return false;
    if (focused->table != NO_TABLE && focused->table == line->table)
        return focused->row == line->row;
    return line == focused ||
           (focused->part == PART_REASON && form_line_reason(d->form, line) == focused);
}

/* The fault of a line. */
void form_draw_below(struct drawing *d, struct form_line *line, int column, int columns)
{
    if (line->fault.id)
        form_draw_fault(d, line, column, columns, is_read(d, line) ? FAULT_ROWS : 1);
}

/* Fields */

/* What a field needs at most; what is decoded stands behind it. */
static int field_columns(const struct form *form, const struct form_line *line, int room)
{
    int columns = room, wide = 0;

    switch (line->part == PART_REASON ? KIND_BITEXT : line->field->kind) {
    case KIND_FLAG:
        columns = FLAG_COLUMNS;
        break;
    case KIND_DATE:
    case KIND_INTEGER:
        columns = 12;
        break;
    case KIND_CHOICE:
        wide = form_choice_columns(line->field, form->language) + 1;
        columns = wide > 18 ? wide : 18;
        break;
    case KIND_CODE:
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
    case KIND_NUMBER:
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

/* What nobody can type here. */
static void draw_shown(struct drawing *d, const struct form_line *line, int column, int columns)
{
    const void *value = field_value(line->field, line->values);
    const struct bitext *both = value;
    struct text t, shown;

    if (line->part == PART_WHOLE)
        t = value_show(d->arena, line->field, value, d->form->lookup, d->form->language);
    else
        t = line->part == PART_ZH ? both->zh : both->en;
    t = text_safe_in(d->arena, t, TEXT_KEEP_LINES);
    for (int i = 0; i == 0 || i < FORM_TEXT_ROWS; i++) {
        if (!text_wrap(&t, columns, &shown)) {
            d->row += i == 0;
            return;
        }
        if (d->canvas)
            canvas_put(d->canvas, d->row, column, columns, shown, ROLE_DIM);
        d->row++;
    }
}

/* Beside the field where there is room for all of it, else below. */
static void draw_decoded(struct drawing *d, const struct form_line *line, struct rect box,
                         int room)
{
    struct text t = text_safe_in(d->arena, line->decoded, TEXT_ONE_LINE);
    int beside = room - box.columns - 2;

    if (t.len == 0)
        return;
    if (text_width(t) > beside)
        draw_wrapped(d, t, box.column, room, DECODED_ROWS, ROLE_DIM);
    else if (d->canvas)
        canvas_put(d->canvas, box.row, box.column + box.columns + 2, beside, t, ROLE_DIM);
}

static void draw_field(struct drawing *d, struct form_line *line)
{
    bool focused = is_focused(d, line);
    int mark = mark_columns(d->form, line), room = d->field_columns - mark;
    struct rect box = { d->row, d->field + mark, 1, room };

    if (d->canvas && mark > 0)
        canvas_put(d->canvas, d->row, d->field, mark, form_part_mark(d->form, line),
                   line->shown_only ? ROLE_DIM : ROLE_LABEL);
    if (line->shown_only) {
        draw_shown(d, line, box.column, room);
        return;
    }
    box.rows = line->editor.lines ? FORM_TEXT_ROWS : 1;
    box.columns = field_columns(d->form, line, room);
    line->box = box;
    d->row += box.rows;
    if (d->canvas && line->field->kind == KIND_FLAG)
        draw_flag(d->canvas, line, box, focused);
    else if (d->canvas)
        editor_draw(&line->editor, d->canvas, box, focused ? ROLE_FIELD_FOCUS : ROLE_FIELD,
                    focused);
    draw_decoded(d, line, box, room);
}

/* In both languages the Chinese stands alone where there is no room for the English. */
void form_draw_label(struct drawing *d, const struct form_line *line, struct text label,
                     bool required)
{
    bool dim = line && line->shown_only;

    if (!d->canvas)
        return;
    canvas_put_right(d->canvas, d->row, INDENT, d->form->label_columns, label,
                     dim ? ROLE_DIM : ROLE_LABEL);
    if (required && !dim)
        canvas_put(d->canvas, d->row, INDENT + d->form->label_columns + 1, 1, TEXT("*"),
                   ROLE_REQUIRED);
}

static struct text fitting_label(const struct drawing *d, const struct form_line *line)
{
    struct text label = form_line_label(d->form, line, false, d->form->language, d->arena);

    if (text_width(label) > d->form->label_columns && d->form->language == LANGUAGE_BOTH)
        label = form_line_label(d->form, line, false, LANGUAGE_ZH, d->arena);
    return label;
}

void form_draw_line(struct drawing *d, struct form_line *line, bool labelled)
{
    line->top = d->row;
    if (labelled)
        form_draw_label(d, line, fitting_label(d, line),
                        line->field->flags & REQUIRED && line->part != PART_REASON);
    draw_field(d, line);
    form_draw_below(d, line, d->field, d->field_columns);
}

/* All lines of the page; returns its rows. */
static int draw_page(struct form *form, struct canvas *canvas, int columns)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct drawing d = { .form = form,
                         .canvas = canvas,
                         .arena = arena,
                         .columns = columns,
                         .field = INDENT + form->label_columns + AFTER_LABEL };

    d.field_columns = columns - d.field;
    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];

        line->box.rows = 0;
        if (line->page != form->page || line->hidden)
            continue;
        if (line->table != NO_TABLE) {
            form_draw_table(&d, line->table);
            i = form->tables[line->table].first +
                form->tables[line->table].rows * form->tables[line->table].columns - 1;
            continue;
        }
        form_draw_line(&d, line, line->part != PART_EN);
    }
    return d.row;
}

/* What is seen of the page */

/* The focus is seen whole, with what is only shown before the first line, and no room is left empty at the end. */
static void scroll(struct form *form, int rows, int all)
{
    const struct form_line *line = form_focused(form);
    int from = line ? line->top : 0, to = from + 1;
    bool first = true, behind = false;

    if (line && line->box.rows > 0)
        to = line->box.row + line->box.rows;
    for (int i = 0; line && i < form->count; i++) {
        const struct form_line *other = form->lines[i];

        if (other->page != form->page || other->hidden)
            continue;
        if (behind && other->top > line->top) { /* what stands below it belongs to it */
            to = other->top > to && other->top <= to + FAULT_ROWS ? other->top : to;
            break;
        }
        behind = behind || other == line;
        first = first && (behind || !form_line_editable(other));
    }
    if (!behind || to > all)
        to = to > all ? all : to;
    if (form->top + rows < to)
        form->top = to - rows;
    if (form->top > from)
        form->top = from;
    if (form->top > all - rows)
        form->top = all - rows;
    if (form->top < 0 || (first && to <= rows))
        form->top = 0;
}

/* Copies what is seen and brings the boxes to where they are on the screen. */
static void show(struct form *form, struct canvas *canvas, const struct canvas *page,
                 struct rect place)
{
    canvas_fill(canvas, place, ROLE_NORMAL);
    for (int i = 0; i < place.rows && form->top + i < page->rows; i++)
        memcpy(&canvas->cells[(place.row + i) * canvas->columns + place.column],
               canvas_cell(page, form->top + i, 0),
               (size_t)place.columns * sizeof *canvas->cells);
    if (page->cursor_row >= form->top && page->cursor_row < form->top + place.rows)
        canvas_cursor(canvas, place.row + page->cursor_row - form->top,
                      place.column + page->cursor_column);
    for (int i = 0; i < form->count; i++) {
        struct rect *box = &form->lines[i]->box;

        if (box->rows == 0)
            continue;
        if (box->row < form->top || box->row >= form->top + place.rows)
            box->rows = 0;
        box->row += place.row - form->top;
        box->column += place.column;
    }
}

static void draw_lines(struct form *form, struct canvas *canvas, struct rect place)
{
    int all = draw_page(form, NULL, place.columns);
    struct canvas *page;

    if (all < 1)
        return;
    page = canvas_new(all, place.columns);
    page->ascii = canvas->ascii;
    page->cursor_row = -1;
    form->shown_rows = place.rows;
    draw_page(form, page, place.columns);
    scroll(form, place.rows, all);
    show(form, canvas, page, place);
    canvas_free(page);
}

/* Tabs */

static bool page_has_lines(const struct form *form, int page)
{
    for (int i = 0; i < form->count; i++)
        if (form->lines[i]->page == page)
            return true;
    return false;
}

/* "!" where an error stands in the section, "?" where a warning does. */
static const char *page_mark(const struct form *form, int page)
{
    const char *mark = "";

    for (int i = 0; i < form->count; i++) {
        const struct form_line *line = form->lines[i];

        if (line->page != page || !line->fault.id)
            continue;
        if (!line->warning)
            return " !";
        mark = " ?";
    }
    return mark;
}

/* From long to short: labels as they are, in Chinese alone, of the section that is shown alone. */
enum tab_form { TAB_WHOLE, TAB_CHINESE, TAB_NUMBER, TAB_FORMS };

static struct text tab_text(const struct form *form, int page, enum tab_form how,
                            struct arena *arena)
{
    const struct label *label = &form->act->type->sections[page].label;
    bool shown = page == form->page;
    struct text words =
        label_text(arena, label,
                   how == TAB_WHOLE || form->language == LANGUAGE_EN ? form->language
                                                                     : LANGUAGE_ZH);

    if (how == TAB_NUMBER && !shown)
        words = (struct text){ "", 0 };
    return arena_printf(arena, "%s%d%s%.*s%s%s", shown ? "[" : " ", page + 1,
                        words.len > 0 ? " " : "", (int)words.len, words.data,
                        page_mark(form, page), shown ? "]" : " ");
}

static int tabs_width(const struct form *form, enum tab_form how, struct arena *arena)
{
    int width = 2;

    for (int page = 0; page < form->pages; page++)
        if (page_has_lines(form, page))
            width += text_width(tab_text(form, page, how, arena)) + 1;
    return width;
}

static void draw_tabs(struct form *form, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    enum tab_form how = TAB_WHOLE;
    int column = place.column + 2;

    while (how < TAB_NUMBER && tabs_width(form, how, arena) > place.columns)
        how++;
    canvas_rule(canvas, place.row, place.column, place.columns, (struct text){ 0 },
                ROLE_BORDER);
    for (int page = 0; page < form->pages; page++) {
        struct text t = tab_text(form, page, how, arena);
        int room = place.column + place.columns - column;
        int width = text_width(t);

        form->tabs[page].rows = 0;
        if (!page_has_lines(form, page) || width > room)
            continue;
        canvas_put(canvas, place.row, column, width, t,
                   page == form->page ? ROLE_SELECTED : ROLE_HEADER);
        form->tabs[page] = (struct rect){ place.row, column, 1, width };
        column += width + 1;
    }
}

/* The foot */

static void draw_foot(const struct form *form, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text t = words(arena, N_("Fields marked * are required."), form->language);
    bool required = false;

    for (int i = 0; i < form->count; i++)
        required |= form->lines[i]->field->flags & REQUIRED && !form->lines[i]->shown_only;
    t = arena_printf(arena, "%.*s%s%.*s", required ? (int)t.len : 0, t.data,
                     required && form->note.len > 0 && form->language == LANGUAGE_EN ? " " : "",
                     (int)form->note.len, form->note.len > 0 ? form->note.data : "");
    canvas_put_padded(canvas, place.row, place.column + INDENT, place.columns - 2 * INDENT, t,
                      ROLE_DIM);
}

void form_draw(struct form *form, struct canvas *canvas, struct rect place)
{
    bool foot = place.rows >= FOOT_FROM;

    if (form->body) {
        form_draw_body(form, canvas, place);
        return;
    }
    if (form->pages > 1 && place.rows > 1) {
        draw_tabs(form, canvas, place);
        place.row++;
        place.rows--;
    }
    place.rows -= foot;
    if (place.rows < 1 ||
        place.columns - INDENT - form->label_columns - AFTER_LABEL < LEAST_COLUMNS)
        return;
    draw_lines(form, canvas, place);
    place.row += place.rows;
    if (foot)
        draw_foot(form, canvas, place);
}
