/* One line of a form: the value it stands for, as it is typed and as it is told beside the field. */
#include "tui/widget/form_parts.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/seams.h"
#include "core/schema/record.h"
#include "i18n/text.h"

enum {
    TYPED_MOST = 120, /* characters of what is no text: a code, a name, a date */
    LIST_MOST = 4000,
    CASES_FROM = 2000, /* the first year that stands for itself where a time may be meant */
};

static void editor_of_field(struct editor *editor, const struct field *field,
                            enum form_part part)
{
    bool text = field->kind == KIND_TEXT || field->kind == KIND_BITEXT || part == PART_REASON;

    editor_init(editor);
    if (part == PART_REASON)
        editor->limit = NUMBER_REASON_MOST;
    else
        editor->limit = text                       ? field_max(field)
                        : field->kind == KIND_LIST ? LIST_MOST
                                                   : TYPED_MOST;
    editor->lines = text && field->flags & MULTILINE;
    editor->upper = part != PART_REASON && field->flags & UPPERCASE &&
                    (text || field->kind == KIND_CODE || field->kind == KIND_NUMBER);
    editor->half_width = editor->upper || (!text && field->kind != KIND_LIST);
}

struct form_line *form_line_new(struct form *form, const struct field *field,
                                enum form_part part, void *values)
{
    struct form_line *line = memory_new(sizeof *line);

    line->field = field;
    line->part = part;
    line->values = values;
    line->table = NO_TABLE;
    editor_of_field(&line->editor, field, part);
    form_line_fill(form, line);
    return line;
}

void form_line_free(struct form_line *line)
{
    editor_free(&line->editor);
    free(line);
}

/* Places of tables and of the focus move along. */
void form_line_add(struct form *form, struct form_line *line, int at)
{
    if (form->count == form->room) {
        form->room = form->room ? 2 * form->room : 32;
        form->lines = memory_grow(form->lines, (size_t)form->room * sizeof *form->lines);
    }
    memmove(form->lines + at + 1, form->lines + at,
            (size_t)(form->count - at) * sizeof *form->lines);
    form->lines[at] = line;
    form->count++;
    for (int i = 0; i < form->table_count; i++)
        if (form->tables[i].first >= at && i != line->table)
            form->tables[i].first++;
    if (form->focus >= at)
        form->focus++;
}

int form_line_place(const struct form *form, const struct form_line *line)
{
    for (int i = 0; i < form->count; i++)
        if (form->lines[i] == line)
            return i;
    return NO_LINE;
}

bool form_line_editable(const struct form_line *line)
{
    return !line->shown_only && !line->hidden;
}

struct text form_line_trimmed(const struct form_line *line)
{
    struct text t = text_trim(editor_text(&line->editor));

    while (t.len > 0 && t.data[t.len - 1] == '\n')
        t.len--;
    return t;
}

bool form_line_empty(const struct form_line *line)
{
    return form_line_trimmed(line).len == 0;
}

/* A code, a date or a name of a record is typed anew over what stood there; arrows first keep it. */
bool form_line_anew(const struct form_line *line)
{
    switch (line->field->kind) {
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

/* What would be typed anew and does not fit shows its start, not its end. */
void form_line_from_start(struct form_line *line)
{
    if (form_line_anew(line) && line->box.rows > 0 &&
        text_width(editor_text(&line->editor)) >= line->box.columns)
        line->editor.cursor = 0;
}

/* ---- words around it ---- */

struct text form_part_mark(const struct form *form, const struct form_line *line)
{
    bool english = form->language == LANGUAGE_EN;

    return line->part == PART_ZH   ? english ? TEXT("Chi") : TEXT("中")
             : line->part == PART_EN ? english ? TEXT("Eng") : TEXT("英")
                                     : (struct text){ 0 };
}

struct text form_line_label(const struct form *form, const struct form_line *line, bool marked,
                            enum language language, struct arena *arena)
{
    static const struct label reason = L("Reason", "理由");
    struct text label;

    if (line->part == PART_REASON)
        return label_text(arena, &reason, language);
    label = label_text(arena, &line->field->label, language);
    if (!marked || !text_present(form_part_mark(form, line)))
        return label;
    return arena_printf(arena, "%.*s %.*s", (int)label.len, label.data,
                        (int)form_part_mark(form, line).len, form_part_mark(form, line).data);
}

int form_choice_columns(const struct field *field, enum language language)
{
    int widest = 0;

    for (const struct choice *c = field->choices; c && c->code; c++) {
        int width = text_width(text_of(language == LANGUAGE_EN ? c->label.en : c->label.zh));

        widest = width > widest ? width : widest;
    }
    return widest;
}

/* ---- its value ---- */

static struct text *bitext_part(const struct form_line *line)
{
    struct bitext *both = field_place(line->field, line->values);

    return line->part == PART_ZH ? &both->zh : &both->en;
}

/* A record by the number that people quote, where that leads back to it; else by its id. */
static void put_reference(struct buffer *out, const struct form *form,
                          const struct field *field, const struct reference *reference)
{
    const struct lookup *lookup = form->lookup;
    struct reference back = { 0 };
    size_t start = out->len;

    if (lookup && lookup->number && lookup->reference_typed &&
        lookup->number(lookup->context, *reference, out) &&
        lookup->reference_typed(lookup->context, field,
                                (struct text){ (char *)out->data + start, out->len - start },
                                &back) &&
        back.id == reference->id && back.family == reference->family && back.n == reference->n)
        return;
    out->len = start;
    field_kind(field)->print(out, field, reference);
}

/* "60; 586": rows of one field. */
static void put_list(struct buffer *out, const struct form *form, const struct field *field,
                     const struct list *list)
{
    const struct field *item = &field->element->fields[0];

    if (item->kind != KIND_REFERENCE) {
        field_kind(field)->print(out, field, list);
        return;
    }
    for (size_t i = 0; i < list->count; i++) {
        const char *row = (const char *)list->items + i * field->element->size;

        if (i > 0)
            buffer_string(out, "; ");
        if (field_present(item, row))
            put_reference(out, form, item, field_value(item, row));
    }
}

/* By its name in the language of the form, where no other choice bears it. */
static void put_choice(struct buffer *out, const struct form *form, const struct field *field,
                       struct text code)
{
    const struct choice *own = NULL;
    size_t same = 0;

    for (const struct choice *c = field->choices; c && c->code; c++)
        if (text_is(code, c->code))
            own = c;
    for (const struct choice *c = field->choices; own && c && c->code; c++)
        same += form->language == LANGUAGE_EN ? strcmp(c->label.en, own->label.en) == 0
                                              : strcmp(c->label.zh, own->label.zh) == 0;
    if (same != 1)
        buffer_text(out, code);
    else
        buffer_string(out, form->language == LANGUAGE_EN ? own->label.en : own->label.zh);
}

static void put_quantity(struct buffer *out, const struct quantity *quantity)
{
    decimal_print(out, quantity->number, true);
    buffer_byte(out, ' ');
    buffer_text(out, quantity->unit);
}

static void put_value(struct buffer *out, const struct form *form, const struct field *field,
                      const void *value)
{
    switch (field->kind) {
    case KIND_REFERENCE:
        put_reference(out, form, field, value);
        return;
    case KIND_LIST:
        put_list(out, form, field, value);
        return;
    case KIND_CHOICE:
        put_choice(out, form, field, *(const struct text *)value);
        return;
    case KIND_MONEY:
        money_print(out, *(const struct money *)value, true);
        return;
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        put_quantity(out, value);
        return;
    default:
        field_kind(field)->print(out, field, value);
    }
}

/* As a person would type it. */
struct text form_value_typed(const struct form *form, const struct form_line *line,
                             struct arena *arena)
{
    AUTO_BUFFER struct buffer out = { 0 };
    const void *value = field_value(line->field, line->values);
    struct checked_number number;

    if (line->part == PART_ZH || line->part == PART_EN)
        return *bitext_part(line);
    if (!field_present(line->field, line->values))
        return (struct text){ 0 };
    if (line->field->kind == KIND_NUMBER) {
        number = *(const struct checked_number *)value;
        if (line->part == PART_REASON)
            return number.reason;
        number.reason = (struct text){ 0 };
        value = &number;
    }
    put_value(&out, form, line->field, value);
    return arena_text(arena, buffer_as_text(&out));
}

void form_line_fill(struct form *form, struct form_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();

    editor_set(&line->editor, form_value_typed(form, line, arena));
    form_line_decode(form, line);
}

/* ---- what it means ---- */

static struct text without_start(struct text t, struct text start)
{
    if (start.len == 0 || !text_starts(t, start))
        return t;
    return text_trim((struct text){ t.data + start.len, t.len - start.len });
}

/* The words of a code, a choice, a reference, a unit, without what is typed beside them. */
void form_line_decode(struct form *form, struct form_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    const struct field *field = line->field;
    const void *value = field_value(field, line->values);
    static const struct label year_alone = L("the year alone", "只有年份");
    struct text shown, typed = form_value_typed(form, line, arena), unit;

    line->decoded = (struct text){ 0 };
    if (line->part != PART_WHOLE || !field_present(field, line->values))
        return;
    shown = value_show(form->arena, field, value, form->lookup, form->language);
    switch (field->kind) {
    case KIND_CODE:
    case KIND_CHOICE:
    case KIND_REFERENCE:
        line->decoded = without_start(shown, typed);
        return;
    case KIND_FLAG:
        line->decoded = shown;
        return;
    case KIND_MOMENT:
        if (date_month(((const struct moment *)value)->date) == 0)
            line->decoded = label_text(form->arena, &year_alone, form->language);
        return;
    case KIND_LIST:
        if (!text_equal(shown, typed))
            line->decoded = shown;
        return;
    case KIND_QUANTITY:
    case KIND_WEIGHT:
        text_split(shown, ' ', &unit);
        if (!text_equal(unit, ((const struct quantity *)value)->unit))
            line->decoded = unit;
        return;
    default:
        return;
    }
}

/* ---- parsing ---- */

/* What was understood stands in the line as it is written everywhere; texts stay as they were typed. */
static void rewrite(struct form *form, struct form_line *line)
{
    AUTO_ARENA struct arena *arena = arena_new();
    struct text written;

    if (line->part != PART_WHOLE || line->field->kind == KIND_TEXT)
        return;
    written = form_value_typed(form, line, arena);
    if (!text_equal(written, editor_text(&line->editor)))
        editor_replace(&line->editor, written);
}

static struct text kept(struct form *form, const struct form_line *line)
{
    struct text trimmed = form_line_trimmed(line);

    return trimmed.len > 0 ? arena_text(form->arena, trimmed) : (struct text){ 0 };
}

bool form_has_reason(const struct field *field)
{
    return field->kind == KIND_NUMBER && (field->scheme != CHECK_NONE || field->schemes);
}

/* The line behind a number that keeps why its digit is wrong; NULL: the form has none. */
struct form_line *form_line_reason(const struct form *form, const struct form_line *line)
{
    int at = form_line_place(form, line) + 1;

    return line->field->kind == KIND_NUMBER && line->part == PART_WHOLE && at < form->count &&
                   form->lines[at]->part == PART_REASON
               ? form->lines[at]
               : NULL;
}

/* The table that a line's field stands in. */
static void fields_of(const struct form *form, const struct form_line *line,
                      const struct field **fields, size_t *count)
{
    struct act_fields all = act_fields(form->act);

    *fields = all.fields;
    *count = all.count;
    if (line->table == NO_TABLE)
        return;
    *fields = form->tables[line->table].field->element->fields;
    *count = form->tables[line->table].field->element->count;
}

enum check_scheme form_line_scheme(const struct form *form, const struct form_line *line)
{
    const struct field *fields;
    size_t count;

    fields_of(form, line, &fields, &count);
    return field_scheme(line->field, fields, count, line->values);
}

/* "number | reason" may be typed in one; else the reason is what its own line holds. */
static void number_parsed(struct form *form, struct form_line *line)
{
    struct form_line *reason = form_line_reason(form, line);
    struct checked_number *number = field_place(line->field, line->values);

    if (!reason)
        return;
    if (text_empty(number->value)) {
        editor_set(&reason->editor, (struct text){ 0 });
    } else if (!text_empty(number->reason)) {
        editor_set(&reason->editor, number->reason);
        reason->touched = true;
    } else {
        number->reason = kept(form, reason);
    }
    reason->hidden =
        text_empty(number->value) ||
        (text_empty(number->reason) &&
         check_number(form_line_scheme(form, line), number->value, NULL) == CHECK_GOOD);
}

static bool reason_parse(struct form *form, struct form_line *line)
{
    struct checked_number *number = field_place(line->field, line->values);
    int at = form_line_place(form, line) - 1;

    if (text_present(number->value))
        number->reason = kept(form, line);
    if (at >= 0 && text_present(number->value))
        form_line_parse(form, form->lines[at]);
    return true;
}

/* Four digits alone are a year in files; whoever types them means a time of today, but for the years that cases happen in:
 * 1930 is half past seven, 2019 a year, which is then said beside it. */
static struct text of_today(const struct form *form, const struct form_line *line,
                            struct text typed)
{
    int64_t now = form->lookup && form->lookup->now_ms != 0 ? form->lookup->now_ms : now_ms();
    int number = 0;

    if (line->field->kind != KIND_MOMENT || typed.len != 4)
        return typed;
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.data[i] < '0' || typed.data[i] > '9')
            return typed;
        number = number * 10 + (typed.data[i] - '0');
    }
    if (number < CASES_FROM ? number % 100 > 59
                            : number <= date_year(date_of_ms(now, OFFSET_HONG_KONG)) + 1)
        return typed;
    return arena_printf(form->arena, "t %.*s", (int)typed.len, typed.data);
}

static bool whole_parse(struct form *form, struct form_line *line)
{
    const struct kind *kind = field_kind(line->field);
    void *value = field_place(line->field, line->values);

    if (!kind->parse(value, line->field, of_today(form, line, form_line_trimmed(line)),
                     form->lookup, form->arena, &line->fault))
        return false;
    line->fault.id = NULL;
    if (line->field->kind == KIND_NUMBER)
        number_parsed(form, line);
    return true;
}

/* A number whose scheme follows from this choice is judged anew. */
static void check_numbers(struct form *form, const struct form_line *line)
{
    for (int i = 0; line->field->kind == KIND_CHOICE && i < form->count; i++) {
        struct form_line *other = form->lines[i];

        if (other->values == line->values && other->part == PART_WHOLE &&
            other->field->schemes && !form_line_empty(other) &&
            strcmp(other->field->scheme_by, line->field->name) == 0)
            form_line_parse(form, other);
    }
}

bool form_line_parse(struct form *form, struct form_line *line)
{
    const struct field *field = line->field, *fields;
    size_t count;
    bool good;

    line->fault.id = NULL;
    line->warning = false;
    if (line->part == PART_REASON)
        return reason_parse(form, line);
    if (line->part != PART_WHOLE)
        *bitext_part(line) = kept(form, line);
    else if (!whole_parse(form, line))
        return false;
    if (line->table != NO_TABLE)
        form_table_collect(form, line->table);
    rewrite(form, line);
    form_line_decode(form, line);
    fields_of(form, line, &fields, &count);
    good = !field_kind(field)->present(field_value(field, line->values)) ||
           line->part == PART_EN ||
           field_check(field, fields, count, line->values, form->lookup, &line->fault,
                       &line->warning);
    check_numbers(form, line);
    if (good)
        line->fault.id = NULL;
    return good || line->warning;
}

void form_line_typed(struct form *form, struct form_line *line)
{
    line->touched = true;
    line->fault.id = NULL;
    line->decoded = (struct text){ 0 };
    form->dirty = true;
    if (line->table == NO_TABLE)
        return;
    form->tables[line->table].touched = true;
    form_table_room(form, line->table);
}
