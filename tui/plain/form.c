/* A form in lines, as VistA asks: each field with what stands in it after //, Enter keeps it, ^ leaves, ^name jumps. */
#include "tui/widget/form.h"
#include "i18n/text.h"
#include "tui/plain/plain_parts.h"
#include "tui/view/views.h"

enum { CHOICES_TOLD = 40 };

/* A cell of a table is named with its row: "Exhibits 1: Reason". */
static struct text label_of(struct plain *plain, const struct form *form,
                            const struct form_line *line, struct arena *arena)
{
    static const struct label parts[] = {
        [PART_ZH] = L("(Chinese)", "(中文)"),
        [PART_EN] = L("(English)", "(英文)"),
        [PART_REASON] = L("(why it is kept)", "(保留原因)"),
    };
    struct text label = app_label(plain->app, arena, &line->field->label);
    struct text part = TEXT("");

    if (line->table != NO_TABLE) {
        struct text table =
            app_label(plain->app, arena, &form->tables[line->table].field->label);

        label = arena_printf(arena, "%.*s %d: %.*s", (int)table.len, table.data, line->row + 1,
                             (int)label.len, label.data);
    }
    if (line->part != PART_WHOLE)
        part = app_label(plain->app, arena, &parts[line->part]);
    return arena_printf(arena, "%.*s%s%.*s", (int)label.len, label.data,
                        part.len > 0 ? " " : "", (int)part.len, part.data);
}

static void tell_value(struct plain *plain, const struct form *form, int i)
{
    const struct form_line *line = form->lines[i];
    AUTO_ARENA struct arena *arena = arena_new();
    struct text label = label_of(plain, form, line, arena), typed = editor_text(&line->editor);

    if (line->hidden)
        return;
    plain_printf(plain, "%d. %.*s%s: %.*s %.*s", i + 1, (int)label.len, label.data,
                 line->field->flags & REQUIRED ? " *" : "", (int)typed.len, typed.data,
                 (int)line->decoded.len, line->decoded.data ? line->decoded.data : "");
}

static void tell_all(struct plain *plain, const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        tell_value(plain, form, i);
}

static bool tell_fault(struct plain *plain, const struct form_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text words;

    if (!line->fault.id)
        return false;
    words = sentence(arena, &line->fault, app_language(plain->app));
    plain_printf(plain, "! %.*s", (int)words.len, words.data);
    return !line->warning;
}

static void tell_field_help(struct plain *plain, const struct form_line *line, bool choices)
{
    const struct field *field = line->field;
    AUTO_ARENA struct arena *arena = arena_new();
    struct code_entry *entries;
    size_t count = 0;

    if (field->help.en)
        plain_label(plain, &field->help);
    plain_label(plain, &field_kind(field)->how);
    if (!choices)
        return;
    for (const struct choice *choice = field->choices; choice && choice->code; choice++) {
        struct text words = app_label(plain->app, arena, &choice->label);

        plain_printf(plain, "%s  %.*s", choice->code, (int)words.len, words.data);
    }
    if (field->kind == KIND_CODE)
        count = codes_match(plain->app->codes, field->codes, field->entity, TEXT(""),
                            CHOICES_TOLD, arena, &entries);
    for (size_t i = 0; i < count; i++) {
        struct text zh = entries[i].name.zh, en = entries[i].name.en;

        plain_printf(plain, "%.*s  %.*s %.*s", (int)entries[i].code.len, entries[i].code.data,
                     (int)zh.len, zh.data ? zh.data : "", (int)en.len, en.data ? en.data : "");
    }
    if (count == CHOICES_TOLD)
        plain_words(plain, N_("There are more: / and words find the others."));
}

static int next_line(const struct form *form, int from)
{
    while (from < form->count && (form->lines[from]->shown_only || form->lines[from]->hidden))
        from++;
    return from;
}

static int first_fault(const struct form *form)
{
    for (int i = 0; i < form->count; i++)
        if (form->lines[i]->fault.id && !form->lines[i]->warning)
            return i;
    return -1;
}

static void save(struct plain *plain, struct view *view)
{
    struct form *form;
    int fault;

    plain_command(plain, TEXT("save"));
    if (view_top(plain->app) != view)
        return;
    form = form_of(view);
    fault = first_fault(form);
    plain->again = false;
    plain_page(plain)->at = fault >= 0 ? fault : form->count;
    for (int i = 0; i < form->count; i++)
        if (form->lines[i]->fault.id) {
            tell_value(plain, form, i);
            tell_fault(plain, form->lines[i]);
        }
}

/* "^": leave; "^save"; "^name of a field"; "^name of a command". */
static void jump(struct plain *plain, struct view *view, struct text to)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct form *form = form_of(view);

    if (to.len == 0) {
        plain_command(plain, TEXT("^"));
        return;
    }
    if (plain_begins(TEXT("save"), to) || plain_begins(TEXT("儲存"), to)) {
        save(plain, view);
        return;
    }
    for (int i = 0; i < form->count; i++) {
        const struct form_line *line = form->lines[i];

        if (!line->shown_only &&
            (plain_begins(label_text(arena, &line->field->label, LANGUAGE_EN), to) ||
             plain_begins(label_text(arena, &line->field->label, LANGUAGE_ZH), to) ||
             plain_begins(text_of(line->field->name), to))) {
            plain_page(plain)->at = i;
            return;
        }
    }
    if (!plain_command(plain, to))
        plain_words(plain, N_("There is no field or command of that name."));
}

static void set(struct plain *plain, struct view *view, struct text value)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct plain_page *page = plain_page(plain);
    struct form *form = form_of(view);
    struct form_line *line;

    line = form->lines[page->at];
    form_focus(form, line);
    plain_press(plain, TKEY_CTRL('U'));
    if (value.len > 0 && line->field->kind == KIND_FLAG) {
        uint32_t point;
        bool valid;

        text_decode(value.data, value.len, &point, &valid);
        app_key(plain->app, &(struct key){ .code = TKEY_CHARACTER, .point = point });
    } else if (value.len > 0) {
        plain_type(plain, value);
    }
    form_set(form, line, arena_text(arena, editor_text(&line->editor))); /* it is read now */
    if (line->decoded.len > 0)
        plain_printf(plain, "= %.*s", (int)line->decoded.len, line->decoded.data);
    if (!tell_fault(plain, line))
        page->at++;
}

/* Further lines of a text that has several, up to an empty one. */
static void ask_rest(struct plain *plain, struct buffer *value)
{
    AUTO_BUFFER struct buffer line = { 0 };

    plain_words(plain, N_("Further lines; an empty one ends the text."));
    while (plain_ask(plain, TEXT("> "), false, &line) && line.len > 0) {
        buffer_byte(value, '\n');
        buffer_text(value, buffer_as_text(&line));
        buffer_clear(&line);
    }
}

static void pick(struct plain *plain, struct view *view, struct text words)
{
    struct form *form = form_of(view);

    form_focus(form, form->lines[plain_page(plain)->at]);
    plain_command(plain, TEXT("pick"));
    if (view_top(plain->app) != view && words.len > 0)
        plain_type(plain, words);
}

/* Where Enter leads: past a table whose next row stays empty. */
static int after(const struct form *form, int at)
{
    const struct form_line *line = form->lines[at];
    const struct form_table *table;

    if (line->table == NO_TABLE || editor_text(&line->editor).len > 0)
        return at + 1;
    table = &form->tables[line->table];
    if (line->row < table->rows - 1 || at != table->first + line->row * table->columns)
        return at + 1;
    return table->first + table->rows * table->columns;
}

/* A blank: what stood there the last time, as F7 on the screen. */
static void carry(struct plain *plain, struct view *view)
{
    struct plain_page *page = plain_page(plain);
    struct form *form = form_of(view);
    struct form_line *line = form->lines[page->at];

    form_focus(form, line);
    plain_press(plain, TKEY_F7);
    plain->again = false;
    if (view_top(plain->app) == view && editor_text(&line->editor).len > 0)
        plain_printf(plain, "= %.*s", (int)editor_text(&line->editor).len,
                     editor_text(&line->editor).data);
}

static void take_answer(struct plain *plain, struct view *view, struct buffer *answer)
{
    struct plain_page *page = plain_page(plain);
    const struct form_line *line = form_of(view)->lines[page->at];
    struct text said = buffer_as_text(answer);
    struct text rest = said.len > 0 ? (struct text){ said.data + 1, said.len - 1 } : said;

    if (said.len == 0)
        page->at = after(form_of(view), page->at);
    else if (text_is(said, "?") || text_is(said, "??"))
        tell_field_help(plain, line, said.len > 1);
    else if (text_is(said, "="))
        tell_all(plain, form_of(view));
    else if (text_is(said, " "))
        carry(plain, view);
    else if (said.data[0] == '^')
        jump(plain, view, text_trim(rest));
    else if (text_is(said, "@"))
        set(plain, view, TEXT(""));
    else if (said.data[0] == '/')
        pick(plain, view, text_trim(rest));
    else if (line->editor.lines) {
        AUTO_BUFFER struct buffer whole = { 0 };

        buffer_text(&whole, said.data[0] == '\\' ? rest : said);
        ask_rest(plain, &whole);
        set(plain, view, buffer_as_text(&whole));
    } else
        set(plain, view, said.data[0] == '\\' ? rest : said);
}

/* Said once where it begins. */
static void tell_section(struct plain *plain, const struct form *form, int at)
{
    const struct record_type *type = form->act->type;
    struct plain_page *page = plain_page(plain);
    int section = form->lines[at]->page;

    if (form->pages > 1 && section + 1 != page->number &&
        (size_t)section < type->section_count) {
        AUTO_ARENA struct arena *arena = arena_new();
        struct text label = app_label(plain->app, arena, &type->sections[section].label);

        plain_printf(plain, "-- %.*s", (int)label.len, label.data);
    }
    page->number = section + 1;
}

static void ask_field(struct plain *plain, struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer answer = { 0 }, prompt = { 0 };
    const struct form *form = form_of(view);
    const struct form_line *line = form->lines[plain_page(plain)->at];
    struct text typed = editor_text(&line->editor);

    tell_section(plain, form, plain_page(plain)->at);
    buffer_text(&prompt, label_of(plain, form, line, arena));
    if (line->field->flags & REQUIRED)
        buffer_string(&prompt, " *");
    if (typed.len > 0) {
        buffer_string(&prompt, " // ");
        buffer_text(&prompt, typed);
        if (line->decoded.len > 0) {
            buffer_byte(&prompt, ' ');
            buffer_text(&prompt, line->decoded);
        }
    }
    buffer_string(&prompt, ": ");
    if (plain_ask(plain, buffer_as_text(&prompt), false, &answer))
        take_answer(plain, view, &answer);
}

static void ask_end(struct plain *plain, struct view *view)
{
    AUTO_ARENA struct arena *arena = arena_new();
    AUTO_BUFFER struct buffer answer = { 0 };
    struct form *form = form_of(view);
    struct text words =
        app_words(plain->app, arena,
                  N_("save, = to hear all fields, a field's number, ^ to leave"));
    struct text said;
    int number = 0;

    if (!plain_ask(plain, arena_printf(arena, "%.*s: ", (int)words.len, words.data), false,
                   &answer))
        return;
    said = text_trim(buffer_as_text(&answer));
    for (size_t i = 0; i < said.len && number >= 0; i++)
        number = said.data[i] >= '0' && said.data[i] <= '9' && number < 10000
                     ? number * 10 + (said.data[i] - '0')
                     : -1;
    if (number > 0 && number <= form->count && !form->lines[number - 1]->shown_only)
        plain_page(plain)->at = number - 1;
    else if (text_is(said, "=") || text_is(said, "?") || said.len == 0)
        tell_all(plain, form);
    else
        jump(plain, view,
             said.data[0] == '^' ? text_trim((struct text){ said.data + 1, said.len - 1 })
                                 : said);
}

void plain_form(struct plain *plain, struct view *view)
{
    struct form *form = form_of(view);
    struct plain_page *page = plain_page(plain);

    if (plain->again && page->at == 0) {
        plain_label(plain, &form->act->help);
        plain_words(plain,
                    N_("Enter keeps what stands after //. ? explains the field, ?? also "
                       "lists what may stand in it, / and words choose, @ empties it, "
                       "a blank takes what was said last, "
                       "^name goes to a field, ^save saves, ^ leaves and keeps a draft."));
    }
    plain->again = false;
    page->at = next_line(form, page->at);
    if (page->at < form->count)
        ask_field(plain, view);
    else
        ask_end(plain, view);
}
