#include "tui/widget/form.h"

#include <stdlib.h>

#include "i18n/text.h"

enum {
    TYPED_MOST = 120, /* characters of what is no text: a code, a name, a date */
    LIST_MOST = 4000,
    NO_LINE = -1,
};

static bool editable(const struct form_line *line)
{
    return !line->shown_only;
}

/* What a line stands for in the input */

static struct text *bitext_part(const struct form *form, const struct form_line *line)
{
    struct bitext *both = field_place(line->field, form->input);

    return line->part == PART_ZH ? &both->zh : &both->en;
}

static struct text value_typed(const struct form *form, const struct form_line *line,
                               struct arena *arena)
{
    if (line->part != PART_WHOLE)
        return *bitext_part(form, line);
    if (!field_present(line->field, form->input))
        return (struct text){ 0 };
    return value_print(arena, line->field, field_value(line->field, form->input));
}

static struct text trimmed_lines(struct text t)
{
    t = text_trim(t);
    while (t.len > 0 && t.data[t.len - 1] == '\n')
        t.len--;
    return t;
}

/* The words of a code, a choice or a reference, without the code that is typed beside them. */
static void decode(struct form *form, struct form_line *line)
{
    const struct field *field = line->field;
    const void *value = field_value(field, form->input);
    struct text code = { 0 };

    line->decoded = (struct text){ 0 };
    if ((field->kind != KIND_CODE && field->kind != KIND_CHOICE &&
         field->kind != KIND_REFERENCE && field->kind != KIND_FLAG) ||
        !field_present(field, form->input))
        return;
    line->decoded = value_show(form->arena, field, value, form->lookup, form->language);
    if (field->kind == KIND_CODE)
        code = *(const struct text *)value;
    if (code.len > 0 && text_starts(line->decoded, code)) {
        line->decoded.data += code.len;
        line->decoded.len -= code.len;
        line->decoded = text_trim(line->decoded);
    }
}

/* Opening */

static bool is_record(const struct act *act)
{
    return act->form == ACT_MAKES || act->form == ACT_AMENDS;
}

static size_t section_of(const struct act *act, size_t place)
{
    size_t section = 0;

    for (size_t i = 1; is_record(act) && i < act->type->section_count; i++)
        if (act->type->sections[i].first <= place)
            section = i;
    return section;
}

/* Fields that cannot be typed are shown where an existing record has them. */
static bool shows(const struct form *form, const struct field *field)
{
    if (is_record(form->act) && field->tag == TAG_APPROXIMATE)
        return false; /* a list of tags says nothing to a person; the sheet says "about" at each value */
    if (act_takes(form->act, field))
        return true;
    return form->act->form == ACT_AMENDS && field_present(field, form->input);
}

static void editor_of_field(struct editor *editor, const struct field *field)
{
    bool text = field->kind == KIND_TEXT || field->kind == KIND_BITEXT;

    editor_init(editor);
    editor->limit = text ? field_max(field) : field->kind == KIND_LIST ? LIST_MOST : TYPED_MOST;
    editor->lines = text && field->flags & MULTILINE;
    editor->upper = field->flags & UPPERCASE && (text || field->kind == KIND_CODE);
    editor->half_width = editor->upper || (!text && field->kind != KIND_LIST);
}

static void add_line(struct form *form, const struct field *field, enum form_part part,
                     size_t place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct form_line *line = &form->lines[form->count++];

    line->field = field;
    line->part = part;
    line->page = (int)section_of(form->act, place);
    line->shown_only = !act_takes(form->act, field);
    editor_of_field(&line->editor, field);
    editor_set(&line->editor, value_typed(form, line, arena));
    decode(form, line);
}

static void measure_labels(struct form *form)
{
    AUTO_ARENA struct arena *arena = arena_new();

    form->label_columns = 0;
    for (int i = 0; i < form->count; i++) {
        int width = text_width(label_text(arena, &form->lines[i].field->label, form->language));

        if (width > form->label_columns)
            form->label_columns = width < FORM_LABEL ? width : FORM_LABEL;
    }
}

static int editable_from(const struct form *form, int from, int step)
{
    for (int i = from; i >= 0 && i < form->count; i += step)
        if (editable(&form->lines[i]))
            return i;
    return NO_LINE;
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
                           .pages = 1 };
    if (is_record(act) && act->type->section_count > 1)
        form->pages = (int)act->type->section_count;
    form->lines = memory_new((2 * fields.count + 1) * sizeof *form->lines);
    for (size_t i = 0; i < fields.count; i++) {
        const struct field *field = &fields.fields[i];

        if (!shows(form, field))
            continue;
        if (field->kind != KIND_BITEXT) {
            add_line(form, field, PART_WHOLE, i);
            continue;
        }
        add_line(form, field, PART_ZH, i);
        add_line(form, field, PART_EN, i);
    }
    form->focus = editable_from(form, 0, 1);
    form->entered = true;
    measure_labels(form);
}

void form_close(struct form *form)
{
    for (int i = 0; i < form->count; i++)
        editor_free(&form->lines[i].editor);
    free(form->lines);
    form->lines = NULL;
    form->count = 0;
    form->focus = NO_LINE;
}

void form_language(struct form *form, enum language language)
{
    form->language = language;
    for (int i = 0; i < form->count; i++)
        if (form->lines[i].decoded.len > 0)
            decode(form, &form->lines[i]);
    measure_labels(form);
}

/* Parsing */

/* What was understood stands in the line as it is written everywhere; names of people and texts stay
 * as they were typed. */
static void rewrite(struct form *form, struct form_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text written;

    if (line->part != PART_WHOLE || line->field->kind == KIND_TEXT ||
        line->field->kind == KIND_REFERENCE)
        return;
    written = value_typed(form, line, arena);
    if (!text_equal(written, editor_text(&line->editor)))
        editor_set(&line->editor, written);
}

static void part_parse(struct form *form, struct form_line *line)
{
    struct text typed = editor_text(&line->editor), trimmed = trimmed_lines(typed);

    *bitext_part(form, line) =
        trimmed.len > 0 ? arena_text(form->arena, trimmed) : (struct text){ 0 };
}

/* From what was typed into the input. False: the line has a fault, and the input is as it was. */
static bool line_parse(struct form *form, struct form_line *line)
{
    const struct field *field = line->field;
    const struct kind *kind = field_kind(field);
    void *value = field_place(field, form->input);

    line->fault.id = NULL;
    line->warning = false;
    if (line->part != PART_WHOLE)
        part_parse(form, line);
    else if (!kind->parse(value, field, trimmed_lines(editor_text(&line->editor)), form->lookup,
                          form->arena, &line->fault))
        return false;
    else
        line->fault.id = NULL;
    rewrite(form, line);
    decode(form, line);
    if (kind->present(value) && kind->check && line->part != PART_EN &&
        !kind->check(field, value, form->lookup, &line->fault, &line->warning))
        return line->warning;
    line->fault.id = NULL;
    return true;
}

static void leave(struct form *form)
{
    struct form_line *line = form_focused(form);

    if (line && line->touched)
        line_parse(form, line);
}

static bool go_to(struct form *form, int i)
{
    if (i == NO_LINE || i == form->focus)
        return false;
    leave(form);
    form->focus = i;
    form->entered = true;
    return true;
}

bool form_parse(struct form *form)
{
    int first = NO_LINE;

    for (int i = 0; i < form->count; i++) {
        struct form_line *line = &form->lines[i];

        if (editable(line) && line->touched && !line_parse(form, line) && first == NO_LINE)
            first = i;
    }
    if (first != NO_LINE)
        form->focus = first;
    return first == NO_LINE;
}

/* Keys */

struct form_line *form_focused(struct form *form)
{
    return form->focus == NO_LINE ? NULL : &form->lines[form->focus];
}

static void typed(struct form *form, struct form_line *line)
{
    line->touched = true;
    line->fault.id = NULL;
    line->decoded = (struct text){ 0 };
    form->dirty = true;
}

void form_set(struct form *form, struct form_line *line, struct text t)
{
    editor_set(&line->editor, t);
    typed(form, line);
    line_parse(form, line);
}

static enum form_result flag_key(struct form *form, struct form_line *line,
                                 const struct key *key)
{
    uint32_t point = key->code == TKEY_CHARACTER ? key->point : 0;
    bool yes = text_is(editor_text(&line->editor), "yes");

    if (point == ' ')
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

/* A code, a date or a name of a record is typed anew over what stood there; arrows first keep it. */
static bool typed_anew(const struct field *field)
{
    switch (field->kind) {
    case KIND_CODE:
    case KIND_CHOICE:
    case KIND_REFERENCE:
    case KIND_DATE:
    case KIND_MOMENT:
        return true;
    default:
        return false;
    }
}

static enum form_result line_key(struct form *form, struct form_line *line,
                                 const struct key *key)
{
    size_t before = editor_text(&line->editor).len;
    enum editor_result result;

    if (line->field->kind == KIND_FLAG)
        return flag_key(form, line, key);
    if (form->entered && key->code == TKEY_CHARACTER && typed_anew(line->field))
        editor_key(&line->editor, &(struct key){ .code = TKEY_CTRL_U });
    result = editor_key(&line->editor, key);
    form->entered = form->entered && result == EDITOR_IGNORED;
    if (result == EDITOR_CHANGED ||
        (result == EDITOR_FULL && editor_text(&line->editor).len != before))
        typed(form, line);
    if (result == EDITOR_FULL) {
        message_set(&line->fault,
                    N_("%p takes at most %zu characters; the rest was not taken."),
                    label_argument(&line->field->label), line->editor.limit);
        line->warning = true;
    }
    return result == EDITOR_IGNORED ? FORM_IGNORED : FORM_USED;
}

/* Of a field of several lines: whether the cursor is at its end, in a line without text. */
static bool in_empty_end(const struct editor *editor)
{
    struct text t = editor_text(editor);

    return editor->cursor == t.len && (t.len == 0 || t.data[t.len - 1] == '\n');
}

static enum form_result enter(struct form *form, struct form_line *line, const struct key *key)
{
    int next = editable_from(form, form->focus + 1, 1);

    if (line->editor.lines && !in_empty_end(&line->editor))
        return line_key(form, line, key);
    if (line->editor.lines && editor_text(&line->editor).len > 0)
        editor_key(&line->editor, &(struct key){ .code = TKEY_BACKSPACE }); /* the empty line */
    if (go_to(form, next))
        return FORM_USED;
    leave(form);
    return FORM_LAST;
}

static enum form_result move(struct form *form, int step, bool around)
{
    int to = editable_from(form, form->focus + step, step);

    if (to == NO_LINE && around)
        to = editable_from(form, step > 0 ? 0 : form->count - 1, step);
    return go_to(form, to) ? FORM_USED : FORM_IGNORED;
}

/* To the first line of the next section that has one, or of this one and then the one before. */
static enum form_result move_page(struct form *form, int step)
{
    int page = form->lines[form->focus].page, to = form->focus;

    do
        to = editable_from(form, to + step, step);
    while (to != NO_LINE && step > 0 && form->lines[to].page == page);
    if (to == NO_LINE)
        to = editable_from(form, step > 0 ? form->count - 1 : 0, -step);
    while (step < 0) {
        int before = editable_from(form, to - 1, -1);

        if (before == NO_LINE || form->lines[before].page != form->lines[to].page)
            break;
        to = before;
    }
    return go_to(form, to) ? FORM_USED : FORM_IGNORED;
}

enum form_result form_key(struct form *form, const struct key *key)
{
    struct form_line *line = form_focused(form);
    enum form_result result;

    if (!line)
        return key->code == TKEY_ENTER ? FORM_LAST : FORM_IGNORED;
    if (key->code == TKEY_ENTER)
        return enter(form, line, key);
    result = line_key(form, line, key);
    if (result != FORM_IGNORED)
        return result;
    switch (key->code) {
    case TKEY_TAB:
        return move(form, 1, true);
    case TKEY_BACKTAB:
        return move(form, -1, true);
    case TKEY_DOWN:
        return move(form, 1, false);
    case TKEY_UP:
        return move(form, -1, false);
    case TKEY_PAGE_DOWN:
        return move_page(form, 1);
    case TKEY_PAGE_UP:
        return move_page(form, -1);
    default:
        return FORM_IGNORED;
    }
}
