/* A long text in the whole of the form's place: counted, and sought in. */
#include "tui/widget/form_parts.h"

#include "i18n/text.h"

bool form_body_possible(const struct form *form)
{
    const struct form_line *line = form->focus == NO_LINE ? NULL : form->lines[form->focus];

    return line && line->part != PART_REASON && line->field->flags & MULTILINE &&
           (line->field->kind == KIND_TEXT || line->field->kind == KIND_BITEXT);
}

void form_body(struct form *form, bool open)
{
    struct form_line *line = form_focused(form);

    if (open == form->body || (open && !form_body_possible(form)))
        return;
    form->body = open;
    form->seeking = false;
    form->entered = false;
    line->editor.first = 0;
    line->editor.lines = open || line->table == NO_TABLE; /* a cell has one line */
}

bool form_back(struct form *form)
{
    if (form->seeking) {
        form->seeking = false;
        return true;
    }
    if (!form->body)
        return false;
    form_body(form, false);
    return true;
}

/* ---- seeking ---- */

static void seek(struct form *form, bool here)
{
    struct form_line *line = form_focused(form);
    struct text words = editor_text(&form->sought);

    form->not_found = words.len > 0 && !editor_find(&line->editor, words, here);
}

static enum form_result seek_key(struct form *form, const struct key *key)
{
    enum editor_result result;

    if (key->code == TKEY_ENTER || key->code == TKEY_F3 || key->code == TKEY_DOWN) {
        seek(form, false);
        return FORM_USED;
    }
    if (key->code == TKEY_TAB) {
        form->seeking = false;
        return FORM_USED;
    }
    result = editor_key(&form->sought, key);
    if (result == EDITOR_CHANGED)
        seek(form, true);
    return result == EDITOR_IGNORED ? FORM_IGNORED : FORM_USED;
}

enum form_result form_body_key(struct form *form, const struct key *key)
{
    struct form_line *line = form_focused(form);

    if (key->code == TKEY_F6) {
        form_body(form, false);
        return FORM_USED;
    }
    if (form->seeking)
        return seek_key(form, key);
    if (key->code == TKEY_F3) {
        form->seeking = true;
        form->not_found = false;
        return FORM_USED;
    }
    if (key->code == TKEY_MOUSE && key->button == 1) {
        editor_point(&line->editor, key->row - line->box.row, key->column - line->box.column);
        return FORM_USED;
    }
    if (key->code == TKEY_MOUSE)
        return form_line_key(form, line,
                             &(struct key){ .code = key->button == 4 ? TKEY_UP : TKEY_DOWN });
    if (key->code == TKEY_TAB || key->code == TKEY_BACKTAB) {
        form_body(form, false);
        return FORM_IGNORED;
    }
    if (form_line_key(form, line, key) == FORM_IGNORED && key->code != TKEY_CTRL_Z &&
        key->code != TKEY_CTRL_Y)
        return FORM_IGNORED;
    return FORM_USED;
}

/* ---- drawing ---- */

struct counts {
    size_t characters, words;
};

static bool is_han(uint32_t point)
{
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x3FFFF);
}

/* A Chinese character is a word; so is a run of other letters and digits. */
static struct counts count(struct text t)
{
    struct counts counts = { 0 };
    bool in_word = false;

    for (size_t at = 0; at < t.len;) {
        uint32_t point;
        bool valid, letter;

        at += text_decode(t.data + at, t.len - at, &point, &valid);
        letter = (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z') ||
                 (point >= '0' && point <= '9') || (point >= 0xC0 && point < 0x2000);
        counts.characters++;
        counts.words += is_han(point) || (letter && !in_word);
        in_word = letter;
    }
    return counts;
}

static void draw_caption(struct form *form, struct canvas *canvas, struct rect place,
                         const struct form_line *line, struct arena *arena)
{
    struct counts counts = count(editor_text(&line->editor));
    struct text label = form_line_label(form, line, true, form->language, arena);
    struct message message;
    struct text said;
    int width;

    message_set(&message, N_("%zu of %zu characters, %zu words"), counts.characters,
                line->editor.limit, counts.words);
    said = sentence(arena, &message, form->language);
    width = text_width(said);
    canvas_rule(canvas, place.row, place.column, place.columns, label, ROLE_BORDER);
    if (width + 6 < place.columns - text_width(label))
        canvas_put(canvas, place.row, place.column + place.columns - width - 4, width + 2,
                   arena_printf(arena, " %.*s ", (int)said.len, said.data), ROLE_BORDER);
}

static void draw_sought(struct form *form, struct canvas *canvas, struct rect place,
                        struct arena *arena)
{
    struct text label = words(arena, N_("Find:"), form->language);
    int width = text_width(label) + 1;
    struct rect box = { place.row, place.column + 1 + width, 1, 30 };
    int after = box.column + box.columns + 2;

    canvas_put(canvas, place.row, place.column + 1, width, label, ROLE_LABEL);
    editor_draw(&form->sought, canvas, box, ROLE_FIELD_FOCUS, true);
    canvas_put_padded(canvas, place.row, after, place.column + place.columns - after - 1,
                      form->not_found
                          ? words(arena, N_("It does not stand in this text."), form->language)
                          : words(arena, N_("Enter goes to the next place."), form->language),
                      form->not_found ? ROLE_WARNING : ROLE_DIM);
}

void form_draw_body(struct form *form, struct canvas *canvas, struct rect place)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct form_line *line = form_focused(form);
    struct rect foot = { place.row + place.rows - 1, place.column, 1, place.columns };
    struct drawing d = { .form = form, .canvas = canvas, .arena = arena, .row = foot.row };

    canvas_fill(canvas, place, ROLE_NORMAL);
    if (place.rows < 3)
        return;
    for (int i = 0; i < form->count; i++)
        form->lines[i]->box.rows = 0;
    for (int i = 0; i < form->pages; i++)
        form->tabs[i].rows = 0;
    draw_caption(form, canvas, place, line, arena);
    line->box =
        (struct rect){ place.row + 1, place.column + 1, place.rows - 2, place.columns - 2 };
    editor_draw(&line->editor, canvas, line->box, ROLE_FIELD_FOCUS, true);
    if (form->seeking)
        draw_sought(form, canvas, foot, arena);
    else if (line->fault.id)
        form_draw_fault(&d, line, foot.column + 1, foot.columns - 2, 1);
    else
        canvas_put_padded(canvas, foot.row, foot.column + 1, foot.columns - 2,
                          words(arena,
                                N_("F6 or Esc goes back to the form; F3 finds; Ctrl+Z "
                                   "undoes."),
                                form->language),
                          ROLE_DIM);
}
