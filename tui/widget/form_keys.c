/* Keys of a form: typing, moving from line to line, from cell to cell and from section to section. */
#include "tui/widget/form_parts.h"

int form_editable_from(const struct form *form, int from, int step)
{
    for (int i = from; i >= 0 && i < form->count; i += step)
        if (form_line_editable(form->lines[i]))
            return i;
    return NO_LINE;
}

/* ---- going ---- */

static void leave(struct form *form)
{
    struct form_line *line = form_focused(form);

    if (line && line->touched)
        form_line_parse(form, line);
}

/* The lines that are left may open others (a reason) or fill a row: the place is sought again. */
static bool go_to(struct form *form, const struct form_line *line)
{
    if (!line || line == form_focused(form))
        return false;
    form_body(form, false);
    leave(form);
    form->focus = form_line_place(form, line);
    form->page = line->page;
    form->entered = true;
    form_line_from_start(form_focused(form));
    return true;
}

void form_focus(struct form *form, const struct form_line *line)
{
    go_to(form, line);
}

static struct form_line *line_at(const struct form *form, int i)
{
    return i == NO_LINE ? NULL : form->lines[i];
}

/* One on. Leaving may show the reason that stands behind a number. */
static bool go_on(struct form *form, int step)
{
    int from = form->focus, to;

    leave(form);
    to = form_editable_from(form, from + step, step);
    return go_to(form, line_at(form, to));
}

static bool go_around(struct form *form, int step)
{
    return go_on(form, step) ||
           go_to(form,
                 line_at(form, form_editable_from(form, step > 0 ? 0 : form->count - 1, step)));
}

/* ---- tables ---- */

static const struct form_table *table_here(const struct form *form)
{
    const struct form_line *line = form->lines[form->focus];

    return line->table == NO_TABLE ? NULL : &form->tables[line->table];
}

/* Out of the table, before or behind it. */
static bool go_out(struct form *form, const struct form_table *table, int step)
{
    int from = step > 0 ? table->first + table->rows * table->columns : table->first - 1;

    return go_to(form, line_at(form, form_editable_from(form, from, step)));
}

/* A table that is entered from below is entered at its last row's first cell. */
static bool go_up_into(struct form *form)
{
    int to = form_editable_from(form, form->focus - 1, -1);
    const struct form_line *line = line_at(form, to);
    const struct form_table *table;

    if (!line || line->table == NO_TABLE)
        return go_to(form, line);
    table = &form->tables[line->table];
    return go_to(form, line_at(form, form_editable_from(
                                         form, table->first + line->row * table->columns, 1)));
}

static bool go_vertical(struct form *form, int step)
{
    const struct form_table *table = table_here(form);
    const struct form_line *line = form->lines[form->focus];
    int row, to;

    if (!table)
        return step < 0 ? go_up_into(form) : go_on(form, step);
    row = line->row + step;
    if (row < 0 || row >= table->rows)
        return go_out(form, table, step);
    to = form->focus + step * table->columns;
    if (!form_line_editable(form->lines[to]))
        to = form_editable_from(form, to, -1);
    return go_to(form, line_at(form, to));
}

/* From the end of a cell into the one beside it. */
static bool go_sideways(struct form *form, int step)
{
    const struct form_line *line = form->lines[form->focus];
    const struct form_line *to =
        line_at(form, form_editable_from(form, form->focus + step, step));

    return line->table != NO_TABLE && to && to->table == line->table && to->row == line->row &&
           go_to(form, to);
}

/* ---- pages ---- */

static int first_of_page(const struct form *form, int page)
{
    for (int i = 0; i < form->count; i++)
        if (form->lines[i]->page == page && form_line_editable(form->lines[i]))
            return i;
    return NO_LINE;
}

static bool go_section(struct form *form, int step)
{
    for (int page = form->page + step; page >= 0 && page < form->pages; page += step)
        if (first_of_page(form, page) != NO_LINE)
            return go_to(form, line_at(form, first_of_page(form, page)));
    return false;
}

/* To the line that stands a screenful further in a long section. */
static int line_further(const struct form *form, int step)
{
    const struct form_line *now = form->lines[form->focus];
    int best = NO_LINE, distance = form->shown_rows > 2 ? form->shown_rows - 1 : 1;

    for (int i = form->focus + step; i >= 0 && i < form->count; i += step) {
        const struct form_line *line = form->lines[i];
        int away = (line->top - now->top) * step;

        if (line->page != now->page || away > distance)
            break;
        if (form_line_editable(line) && (line->table == NO_TABLE || away > 0))
            best = i;
    }
    return best;
}

static int last_of_page(const struct form *form, int page)
{
    for (int i = form->count - 1; i >= 0; i--)
        if (form->lines[i]->page == page && form_line_editable(form->lines[i]))
            return i;
    return NO_LINE;
}

/* A screenful on, as long as there is something of the section to be seen; then the next section. */
static bool page_down(struct form *form)
{
    int last = last_of_page(form, form->page), to = line_further(form, 1);

    if (form->shown_rows > 0 && form->lines[last]->top >= form->top + form->shown_rows)
        return go_to(form, line_at(form, to == NO_LINE ? last : to));
    return go_section(form, 1) || go_to(form, line_at(form, last));
}

static bool page_up(struct form *form)
{
    int first = first_of_page(form, form->page), to = line_further(form, -1);

    if (form->focus == first)
        return go_section(form, -1);
    if (form->shown_rows == 0 || form->lines[first]->top >= form->top || to == NO_LINE)
        to = first;
    return go_to(form, line_at(form, to));
}

/* ---- typing ---- */

static enum form_result flag_key(struct form *form, struct form_line *line,
                                 const struct key *key)
{
    uint32_t point = key->code == TKEY_CHARACTER ? key->point : 0;
    bool yes = text_is(editor_text(&line->editor), "yes");

    if (point == ' ' || point == 0x3000)
        form_set(form, line, yes ? TEXT("no") : TEXT("yes"));
    else if (point == 'y' || point == 'Y' || point == 0xFF59 || point == 0x662F) /* ｙ 是 */
        form_set(form, line, TEXT("yes"));
    else if (point == 'n' || point == 'N' || point == 0xFF4E || point == 0x5426) /* ｎ 否 */
        form_set(form, line, TEXT("no"));
    else if (key->code == TKEY_BACKSPACE || key->code == TKEY_DELETE ||
             key->code == TKEY_CTRL_U || key->code == TKEY_CTRL_K)
        form_set(form, line, (struct text){ 0 });
    else
        return FORM_IGNORED;
    return FORM_USED;
}

static void say_full(struct form_line *line)
{
    message_set(&line->fault, N_("%p takes at most %zu characters; the rest was not taken."),
                label_argument(&line->field->label), line->editor.limit);
    line->warning = true;
}

enum form_result form_line_key(struct form *form, struct form_line *line, const struct key *key)
{
    size_t before = editor_text(&line->editor).len;
    enum editor_result result;

    if (key->code == TKEY_PASTE && !form->body && form_paste_rows(form, line, key->paste))
        return FORM_USED;
    if (line->field->kind == KIND_FLAG)
        return flag_key(form, line, key);
    if (form->entered && form_line_anew(line) &&
        (key->code == TKEY_CHARACTER || key->code == TKEY_PASTE))
        editor_key(&line->editor, &(struct key){ .code = TKEY_CTRL_U });
    result = editor_key(&line->editor, key);
    form->entered = form->entered && result == EDITOR_IGNORED;
    if (result == EDITOR_CHANGED ||
        (result == EDITOR_FULL && editor_text(&line->editor).len != before))
        form_line_typed(form, line);
    if (result == EDITOR_FULL)
        say_full(line);
    return result == EDITOR_IGNORED ? FORM_IGNORED : FORM_USED;
}

/* The cursor comes into a field behind its text, where there is no rest: then the whole of it is meant. A long text goes only
 * from where the cursor was put. */
static bool is_erased_whole(const struct form *form, const struct form_line *line)
{
    return line->field->kind == KIND_FLAG || (form->entered && !line->editor.lines);
}

bool form_erase(struct form *form)
{
    struct form_line *line = form_focused(form);

    if (!line)
        return false;
    if (form_line_empty(line) && form_in_row(form) &&
        form_row_empty(form, &form->tables[line->table], line->row)) {
        form_remove_row(form);
        return true;
    }
    if (editor_erase_rest(&line->editor) == EDITOR_IGNORED) {
        if (form_line_empty(line) || !is_erased_whole(form, line))
            return false;
        editor_replace(&line->editor, (struct text){ 0 });
    }
    form_line_typed(form, line);
    form_line_parse(form, line);
    return true;
}

/* Of a field of several lines: whether the cursor is at its end, in a line without text. */
static bool in_empty_end(const struct editor *editor)
{
    struct text t = editor_text(editor);

    return editor->cursor == t.len && (t.len == 0 || t.data[t.len - 1] == '\n');
}

static enum form_result enter(struct form *form, struct form_line *line, const struct key *key)
{
    const struct form_table *table = table_here(form);

    if (line->editor.lines && table == NULL && !in_empty_end(&line->editor))
        return form_line_key(form, line, key);
    if (line->editor.lines && table == NULL && editor_text(&line->editor).len > 0)
        editor_key(&line->editor, &(struct key){ .code = TKEY_BACKSPACE }); /* the empty line */
    if (table && line->row == table->rows - 1 && form_row_empty(form, table, line->row)) {
        if (go_out(form, table, 1))
            return FORM_USED;
    } else if (go_on(form, 1)) {
        return FORM_USED;
    }
    leave(form);
    return FORM_LAST;
}

/* ---- the mouse ---- */

static bool inside(const struct rect *box, const struct key *key)
{
    return key->row >= box->row && key->row < box->row + box->rows &&
           key->column >= box->column && key->column < box->column + box->columns;
}

static enum form_result click(struct form *form, const struct key *key)
{
    for (int page = 0; page < form->pages; page++)
        if (inside(&form->tabs[page], key) && first_of_page(form, page) != NO_LINE) {
            go_to(form, line_at(form, first_of_page(form, page)));
            return FORM_USED;
        }
    for (int i = 0; i < form->count; i++) {
        struct form_line *line = form->lines[i];

        if (!inside(&line->box, key) || line->page != form->page || !form_line_editable(line))
            continue;
        go_to(form, line);
        form->entered = false;
        editor_point(&line->editor, key->row - line->box.row, key->column - line->box.column);
        return FORM_USED;
    }
    return FORM_IGNORED;
}

static enum form_result mouse(struct form *form, const struct key *key)
{
    if (key->button == 1)
        return click(form, key);
    if (key->button == 4 || key->button == 5)
        return go_vertical(form, key->button == 4 ? -1 : 1) ? FORM_USED : FORM_IGNORED;
    return FORM_IGNORED;
}

/* ---- all keys ---- */

static bool moved(struct form *form, enum key_code code)
{
    switch (code) {
    case TKEY_TAB:
        return go_around(form, 1);
    case TKEY_BACKTAB:
        return go_around(form, -1);
    case TKEY_DOWN:
        return go_vertical(form, 1);
    case TKEY_UP:
        return go_vertical(form, -1);
    case TKEY_RIGHT:
        return go_sideways(form, 1);
    case TKEY_LEFT:
        return go_sideways(form, -1);
    case TKEY_PAGE_DOWN:
        return page_down(form);
    case TKEY_PAGE_UP:
        return page_up(form);
    default:
        return false;
    }
}

enum form_result form_key(struct form *form, const struct key *key)
{
    struct form_line *line = form_focused(form);
    enum form_result result;

    if (!line)
        return key->code == TKEY_ENTER ? FORM_LAST : FORM_IGNORED;
    if (form->body) {
        result = form_body_key(form, key);
        if (form->body || result != FORM_IGNORED)
            return result;
    }
    if (key->code == TKEY_F6 && form_body_possible(form)) {
        form_body(form, true);
        return FORM_USED;
    }
    if (key->code == TKEY_ENTER)
        return enter(form, line, key);
    if (key->code == TKEY_MOUSE)
        return mouse(form, key);
    /* Before anything is typed again, the row that was removed is the last change. */
    if (key->code == TKEY_CTRL_Z && form->entered && form_unremove(form))
        return FORM_USED;
    result = form_line_key(form, line, key);
    if (result != FORM_IGNORED)
        return result;
    if (key->code == TKEY_CTRL_Z)
        form_unremove(form);
    if (key->code == TKEY_CTRL_Z || key->code == TKEY_CTRL_Y)
        return FORM_USED; /* never the undoing of an act that was saved before */
    return moved(form, key->code) ? FORM_USED : FORM_IGNORED;
}
